/**
 * Twitch's player in a frame, by the messages that its embed script and `twitch-video-element` exchange with it. It has
 * one rate, seeks to the start of a segment, and does not say when it shows an advertisement.
 */
import { ELEMENT_DEFAULTS } from '../../playback/controller-types';
import { FrameChannel, fieldsOf } from './frame-channel';
import { type OpenProvider, type ProviderTraits, isSeconds } from './provider-api';
import { providerProblem } from './provider-problems';

const ORIGIN = 'https://player.twitch.tv';
const NAME = 'Twitch';
const COMMANDS = 'twitch-embed-player-proxy';
const EVENTS = 'twitch-embed';
const PAUSE = 2;
const PLAY = 3;
const SEEK = 4;
const SET_MUTED = 10;
const SET_VOLUME = 11;

const TRAITS: ProviderTraits = {
  abilities: {
    ...ELEMENT_DEFAULTS,
    quantum: 0,
    deadBandMs: 60,
    settleMs: 1200,
    seekGapMs: 8000,
    seekSlackMs: 2000,
    canDuck: false,
    startGuessMs: 400,
    resumeGuessMs: 150,
    seekGuessMs: 1200,
  },
  earlySeek: 'ignored',
  reportsSeekEnd: false,
  reportGapMs: 2500,
  presumesAdverts: true,
  reportsViewerActions: false,
};

export type TwitchVideo = { type: 'video' | 'channel' | 'clip'; id: string };

export function openTwitch({ type, id }: TwitchVideo): OpenProvider {
  return (mount, signals) => {
    const address = new URL('/', ORIGIN);
    if (type === 'channel') address.searchParams.set('channel', id);
    else address.searchParams.set('video', `v${id}`);
    const settings = { parent: location.hostname, autoplay: 'false', controls: 'false', muted: 'false' };
    for (const [name, value] of Object.entries(settings)) address.searchParams.set(name, value);

    const channel = new FrameChannel(mount, address, ORIGIN, 'Twitch video', ({ namespace, eventName, params }) => {
      if (namespace === EVENTS) onEvent(eventName);
      else if (namespace === COMMANDS && eventName === 'UPDATE_STATE') onState(fieldsOf(params));
    });
    const command = (eventName: number, params?: unknown) => channel.post({ namespace: COMMANDS, eventName, params });

    function onEvent(event: unknown): void {
      if (event === 'ready') {
        if (type === 'channel') signals.live();
        signals.ready(0);
      } else if (event === 'playing') signals.phase('playing');
      else if (event === 'pause') signals.phase('paused');
      else if (event === 'ended') signals.phase('ended');
      else if (event === 'playbackBlocked') signals.blocked();
      else if (event === 'offline' && type === 'channel') signals.problem(providerProblem(NAME, 'offline'));
      else if (event === 'error') signals.problem(providerProblem(NAME, 'other'));
    }

    function onState({ playback, currentTime, duration }: Readonly<Record<string, unknown>>): void {
      if (playback === 'Playing') signals.phase('playing');
      else if (playback === 'Idle') signals.phase('paused');
      else if (playback === 'Ended') signals.phase('ended');
      if (playback !== undefined) signals.buffering(playback === 'Buffering');
      if (isSeconds(duration) && duration > 0) signals.duration(duration);
      if (isSeconds(currentTime)) signals.position(currentTime);
    }

    return {
      view: channel.frame,
      traits: TRAITS,
      play: () => command(PLAY),
      pause: () => command(PAUSE),
      seek: (to) => command(SEEK, to),
      setRate: () => undefined,
      setVolume(level, muted) {
        command(SET_VOLUME, level);
        command(SET_MUTED, muted);
      },
      explainSilence: () => Promise.resolve(providerProblem(NAME, 'silent')),
      destroy: () => channel.close(),
    };
  };
}

/**
 * Returns whether Twitch plays on a page. It asks for https or the host `localhost`, and for a domain name in `parent`,
 * which an address in numbers is not.
 */
export function playsTwitch({ protocol, hostname }: Pick<Location, 'protocol' | 'hostname'>): boolean {
  if (hostname === 'localhost') return true;
  return protocol === 'https:' && !/^[\d.]+$|^\[/.test(hostname);
}
