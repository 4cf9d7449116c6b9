/**
 * Dailymotion's player by its documented Web SDK, the only way to control it: frames without the SDK take no messages.
 * It has one rate.
 */
import { ELEMENT_DEFAULTS } from '../../playback/controller-types';
import { scriptLoader } from '../provider-script';
import { fieldsOf } from './frame-channel';
import { type OpenProvider, type ProviderTraits, isSeconds } from './provider-api';
import { type ProviderReason, providerProblem } from './provider-problems';

const NAME = 'Dailymotion';

/** The used part of the SDK. */
interface Sdk {
  createPlayer(containerId: string, options: { video: string; params?: Record<string, unknown> }): Promise<SdkPlayer>;
  /** Names of events; they changed between versions of the SDK. */
  events: Readonly<Record<string, string>>;
  onScriptLoaded?: () => void;
}
interface SdkPlayer {
  play(): unknown;
  pause(): unknown;
  seek(to: number): unknown;
  setMute(on: boolean): unknown;
  setVolume(level: number): unknown;
  getState(): Promise<unknown>;
  on(event: string, run: (state: unknown) => void): void;
  destroy?(): unknown;
}

const page = window as unknown as { dailymotion?: Partial<Sdk> };

const loadSdk = scriptLoader({
  name: 'The SDK of Dailymotion',
  address: 'https://geo.dailymotion.com/libs/player.js',
  isLoaded: () => page.dailymotion?.createPlayer !== undefined,
  onLoaded: (run) => {
    page.dailymotion = { onScriptLoaded: run };
  },
});

const TRAITS: ProviderTraits = {
  abilities: {
    ...ELEMENT_DEFAULTS,
    quantum: 0,
    deadBandMs: 60,
    settleMs: 700,
    seekGapMs: 6000,
    canDuck: false,
    startGuessMs: 350,
    resumeGuessMs: 150,
    seekGuessMs: 600,
  },
  earlySeek: 'ignored',
  reportsSeekEnd: true,
  reportGapMs: 1500,
  presumesAdverts: false,
  reportsViewerActions: false,
};

/** Reasons by words in the code or text of an error, because the SDK documents no list of codes. */
const REASONS: readonly [RegExp, ProviderReason][] = [
  [/password/i, 'password'],
  [/geo|country|region/i, 'region'],
  [/explicit|adult|\bage\b/i, 'adult'],
  [/not.?found|deleted|removed|no longer|DM00[12]\b/i, 'gone'],
  [/private/i, 'private'],
  [/embed|domain|referr?er/i, 'embedding'],
];

let containers = 0;

/** Loads the SDK; rejects when it cannot be loaded. */
export async function prepareDailymotion(): Promise<void> {
  await loadSdk();
}

/** Requires `prepareDailymotion`. */
export function openDailymotion({ id }: { id: string }): OpenProvider {
  return (mount, signals) => {
    const view = document.createElement('div');
    const container = document.createElement('div');
    container.id = `dailymotion-${++containers}`;
    view.append(container);
    mount.append(view);

    let player: SdkPlayer | null = null;
    let destroyed = false;
    const sdk = page.dailymotion as Sdk;
    void sdk
      .createPlayer(container.id, { video: id, params: { mute: false } })
      .then((made) => {
        if (destroyed) void made.destroy?.();
        else void onCreated(made);
      })
      .catch((problem: unknown) => signals.problem(providerProblem(NAME, reasonOf(problem))));

    async function onCreated(made: SdkPlayer): Promise<void> {
      player = made;
      const on = (event: string, run: (state: Readonly<Record<string, unknown>>) => void) => {
        const name = sdk.events[event];
        if (name !== undefined) made.on(name, (state) => run(fieldsOf(state)));
      };
      on('VIDEO_PLAYING', () => signals.phase('playing'));
      on('VIDEO_PAUSE', () => signals.phase('paused'));
      on('VIDEO_END', () => signals.phase('ended'));
      on('VIDEO_BUFFERING', () => signals.buffering(true));
      on('VIDEO_SEEKEND', ({ videoTime }) => isSeconds(videoTime) && signals.seekEnded(videoTime));
      on('VIDEO_TIMECHANGE', ({ videoTime }) => {
        signals.buffering(false);
        if (isSeconds(videoTime)) signals.position(videoTime);
      });
      on('VIDEO_DURATIONCHANGE', onState);
      on('PLAYER_ERROR', onState);
      on('PLAYER_CRITICALPATHREADY', onState);
      on('PLAYER_PLAYBACKPERMISSION', ({ playerPlaybackPermissionReason: reason }) => {
        // A muted start would leave the viewer without sound, and no sign of it.
        if (reason === 'allowedFallbackMuted') made.pause();
        if (reason === 'allowedFallbackMuted' || reason === 'rejectedByBrowser') signals.blocked();
      });
      on('AD_START', () => signals.advert(true));
      on('AD_END', () => signals.advert(false));
      onState(fieldsOf(await made.getState()));
      signals.ready(0);
    }

    function onState(state: Readonly<Record<string, unknown>>): void {
      const { videoDuration, playerError, videoIsPasswordRequired } = state;
      if (isSeconds(videoDuration) && videoDuration > 0) signals.duration(videoDuration);
      if (videoIsPasswordRequired === true) signals.problem(providerProblem(NAME, 'password'));
      else if (playerError !== null && playerError !== undefined) {
        signals.problem(providerProblem(NAME, reasonOf(playerError)));
      }
    }

    return {
      view,
      traits: TRAITS,
      play: () => void player?.play(),
      pause: () => void player?.pause(),
      seek: (to) => void player?.seek(to),
      setRate: () => undefined,
      setVolume(level, muted) {
        void player?.setVolume(level);
        void player?.setMute(muted);
      },
      explainSilence: () => Promise.resolve(providerProblem(NAME, 'silent')),
      destroy() {
        destroyed = true;
        void player?.destroy?.();
        view.remove();
      },
    };
  };
}

function reasonOf(problem: unknown): ProviderReason {
  const { code, title, message } = fieldsOf(problem);
  const text = [problem, code, title, message].filter((part) => typeof part === 'string').join(' ');
  return REASONS.find(([words]) => words.test(text))?.[1] ?? 'other';
}
