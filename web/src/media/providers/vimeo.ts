/**
 * Vimeo's player in a frame, by the messages of Vimeo's own Player SDK (github.com/vimeo/player.js). Copies of that SDK
 * are bundled by countless sites, so the messages are as stable as its documented methods.
 */
import { ELEMENT_ABILITIES } from '../element-player';
import type { MediaProblem } from '../player';
import { AskedPositions } from './asked-positions';
import { FrameChannel, fieldsOf } from './frame-channel';
import { type OpenProvider, type ProviderTraits, isSeconds } from './provider-api';
import { type ProviderReason, explainByStatus, providerProblem } from './provider-problems';
import { FINE_STEP, RateProbe } from './rate-probe';

const ORIGIN = 'https://player.vimeo.com';
const NAME = 'Vimeo';
const EVENTS = ['playing', 'pause', 'ended', 'timeupdate', 'seeked', 'bufferstart', 'bufferend', 'durationchange', 'playbackratechange', 'error']; // prettier-ignore

const TRAITS: ProviderTraits = {
  abilities: {
    ...ELEMENT_ABILITIES,
    quantum: FINE_STEP,
    deadBandMs: 20,
    staircase: false,
    settleMs: 350,
    seekGapMs: 4000,
    canDuck: false,
    startGuessMs: 250,
    resumeGuessMs: 100,
    seekGuessMs: 400,
  },
  earlySeek: 'starts',
  reportsSeekEnd: true,
  reportGapMs: 900,
  presumesAdverts: false,
  reportsViewerActions: true,
};

/** Reasons by the names of the SDK's errors. */
const REASONS = new Map<unknown, ProviderReason>([
  ['NotFoundError', 'gone'],
  ['PrivacyError', 'private'],
  ['PasswordError', 'password'],
]);

export function openVimeo({ id, hash }: { id: string; hash: string | null }): OpenProvider {
  return (mount, signals) => {
    const address = new URL(`/video/${id}`, ORIGIN);
    const settings = { controls: '0', dnt: '1', autopause: '0', playsinline: '1', title: '0', byline: '0', portrait: '0', keyboard: '0', pip: '0' }; // prettier-ignore
    for (const [name, value] of Object.entries(settings)) address.searchParams.set(name, value);
    if (hash !== null) address.searchParams.set('h', hash);

    const asked = new AskedPositions();
    const rates = new RateProbe({
      set: (rate) => call('setPlaybackRate', rate),
      done: (fine) => signals.ready(fine ? FINE_STEP : 0),
    });
    const channel = new FrameChannel(mount, address, ORIGIN, 'Vimeo video', (message) => {
      if (typeof message['event'] === 'string') onEvent(message['event'], fieldsOf(message['data']));
      else if (typeof message['method'] === 'string') onAnswer(message['method'], message['value']);
    });
    const call = (method: string, value?: unknown) => channel.post(value === undefined ? { method } : { method, value });

    function onEvent(event: string, data: Readonly<Record<string, unknown>>): void {
      const { seconds, duration, playbackRate } = data;
      if (event === 'timeupdate' && isSeconds(seconds)) signals.position(seconds);
      if (isSeconds(duration) && duration > 0) signals.duration(duration);
      if (event === 'ready') onReady();
      else if (event === 'playing') signals.phase('playing');
      else if (event === 'pause') signals.phase('paused');
      else if (event === 'ended') signals.phase('ended');
      else if (event === 'bufferstart') signals.buffering(true);
      else if (event === 'bufferend') signals.buffering(false);
      else if (event === 'seeked' && isSeconds(seconds)) signals.seekEnded(seconds);
      else if (event === 'playbackratechange' && !rates.running && isSeconds(playbackRate)) signals.rate(playbackRate);
      else if (event === 'error') onError(data);
    }

    function onReady(): void {
      for (const event of EVENTS) call('addEventListener', event);
      call('getDuration');
      rates.start();
    }

    function onAnswer(method: string, value: unknown): void {
      if (method === 'getCurrentTime') {
        const at = asked.answered();
        if (isSeconds(value)) signals.position(value, at);
      } else if (method === 'getDuration' && isSeconds(value)) signals.duration(value);
      else if (method === 'setPlaybackRate') rates.answer(value);
    }

    function onError({ method, name }: Readonly<Record<string, unknown>>): void {
      const reason = REASONS.get(name);
      if (method === 'setPlaybackRate') rates.answer(null);
      else if (reason !== undefined) signals.problem(providerProblem(NAME, reason));
      else if (method === 'ready') signals.problem(providerProblem(NAME, 'other'));
      else if (method === 'play' && name === 'NotAllowedError') signals.blocked();
    }

    return {
      view: channel.frame,
      traits: TRAITS,
      play: () => call('play'),
      pause: () => call('pause'),
      seek: (to) => call('setCurrentTime', to),
      setRate: (rate) => call('setPlaybackRate', rate),
      setVolume(level, muted) {
        call('setVolume', level);
        call('setMuted', muted);
      },
      askPosition() {
        asked.ask();
        call('getCurrentTime');
      },
      explainSilence: () => explainSilence(id, hash),
      destroy() {
        rates.stop();
        channel.close();
      },
    };
  };
}

/** Vimeo's oEmbed address answers 404 for a missing video, and 403 for one that other sites may not show. */
function explainSilence(id: string, hash: string | null): Promise<MediaProblem> {
  const video = encodeURIComponent(`https://vimeo.com/${id}${hash === null ? '' : `/${hash}`}`);
  return explainByStatus(NAME, `https://vimeo.com/api/oembed.json?url=${video}`);
}
