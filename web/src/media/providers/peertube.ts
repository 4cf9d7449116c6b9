/**
 * A PeerTube player in a frame, by the messages of PeerTube's embed API: JSON-RPC in the form of the library jschannel.
 * Every instance has its own host, so the page's policy cannot name it. The player is framed by `peertube.html` of this
 * site, whose own policy allows the one host, and which passes the messages on.
 */
import { siteAddress } from '../../net/base-path';
import { ELEMENT_ABILITIES } from '../element-player';
import { smallestStep } from '../rate-steps';
import { AskedPositions } from './asked-positions';
import { FrameChannel, fieldsOf } from './frame-channel';
import { type OpenProvider, type ProviderTraits, isSeconds } from './provider-api';
import { explainByStatus } from './provider-problems';
import { FINE_STEP, RateProbe } from './rate-probe';

const NAME = 'PeerTube';
const SCOPE = 'peertube::';
/** A frame that answers none of so many calls is not waited for. */
const OPEN_CALLS_MAX = 200;

const TRAITS: ProviderTraits = {
  abilities: {
    ...ELEMENT_ABILITIES,
    quantum: 0.25,
    deadBandMs: 25,
    staircase: false,
    settleMs: 400,
    seekGapMs: 4000,
    canDuck: false,
    startGuessMs: 200,
    resumeGuessMs: 80,
    seekGuessMs: 500,
  },
  earlySeek: 'works',
  reportsSeekEnd: false,
  reportGapMs: 900,
  presumesAdverts: false,
  reportsViewerActions: true,
};

export function openPeertube({ origin, id }: { origin: string; id: string }): OpenProvider {
  return (mount, signals) => {
    const address = new URL(siteAddress('/peertube.html'), location.href);
    address.search = new URLSearchParams({ origin, id }).toString();

    const asked = new AskedPositions();
    const answers = new Map<number, (result: unknown) => void>();
    let ids = 0;
    let connected = false;
    let isReady = false;
    let offeredStep = 0;
    const rates = new RateProbe({
      set: (rate) => {
        call('setPlaybackRate', rate);
        if (rate !== 1) call('getPlaybackRate', undefined, (found) => rates.answer(found));
      },
      done: (fine) => signals.ready(fine ? FINE_STEP : offeredStep),
    });
    const channel = new FrameChannel(
      mount,
      address,
      location.origin,
      'PeerTube video',
      ({ id: answered, method, params, result }) => {
        if (typeof method === 'string') onNotice(method, params);
        else if (typeof answered === 'number') onAnswer(answered, result);
      },
    );
    // Messages of jschannel are text.
    const post = (message: object) => channel.post(JSON.stringify(message));

    function call(method: string, params?: unknown, onResult?: (result: unknown) => void): void {
      const call = ++ids;
      if (answers.size >= OPEN_CALLS_MAX) answers.clear();
      if (onResult !== undefined) answers.set(call, onResult);
      post({ id: call, method: SCOPE + method, params });
    }

    function onAnswer(call: number, result: unknown): void {
      answers.get(call)?.(result);
      answers.delete(call);
    }

    function onNotice(method: string, params: unknown): void {
      if (method === `${SCOPE}__ready`) onConnected(params);
      else if (method === `${SCOPE}ready`) onReady();
      else if (method === `${SCOPE}playbackStatusChange`) onPhase(params);
      else if (method === `${SCOPE}playbackStatusUpdate`) onStatus(fieldsOf(params));
    }

    /** Both sides send `ping` when they are there; the later one is answered with `pong`. */
    function onConnected(params: unknown): void {
      if (params === 'ping') post({ method: `${SCOPE}__ready`, params: 'pong' });
      if (connected) return;
      connected = true;
      call('isReady', undefined, (ready) => ready === true && onReady());
    }

    function onReady(): void {
      if (isReady) return;
      isReady = true;
      call('getPlaybackRates', undefined, (offered) => {
        const list = Array.isArray(offered) ? offered.filter((rate) => typeof rate === 'number') : [];
        offeredStep = smallestStep(list);
        rates.start();
      });
    }

    function onPhase(phase: unknown): void {
      if (phase === 'playing' || phase === 'paused' || phase === 'ended') signals.phase(phase);
    }

    function onStatus({ position, duration, playbackState }: Readonly<Record<string, unknown>>): void {
      onPhase(playbackState);
      if (isSeconds(duration) && duration > 0) signals.duration(duration);
      // The text form of an endless duration.
      if (duration === null && playbackState === 'playing' && isSeconds(position) && position > 0) signals.live();
      if (isSeconds(position)) signals.position(position);
    }

    return {
      view: channel.frame,
      traits: TRAITS,
      play: () => call('play'),
      pause: () => call('pause'),
      seek: (to) => call('seek', to),
      setRate: (rate) => call('setPlaybackRate', rate),
      // The API cannot mute.
      setVolume: (level, muted) => call('setVolume', muted ? 0 : level),
      askPosition() {
        asked.ask();
        call('getCurrentTime', undefined, (position) => {
          const at = asked.answered();
          if (isSeconds(position)) signals.position(position, at);
        });
      },
      explainSilence: () => explainByStatus(NAME, `${origin}/api/v1/videos/${id}`),
      destroy() {
        rates.stop();
        channel.close();
      },
    };
  };
}
