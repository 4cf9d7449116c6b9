/**
 * Player for YouTube's IFrame API. Rates come in steps and seeks have no end event. An unstarted player cannot be
 * sought without starting it, and a blocked start is silent.
 */
import type { PlayerAbilities, PlayerReading } from '../playback/controller-types';
import { OwnActions, type Player, type PlayerEvents } from './player';
import type { MediaTracks } from './tracks';
import { youtubeProblem } from './youtube-problems';
import { smallestStep } from './rate-steps';
import { YoutubeClock } from './youtube-clock';

/** The used part of the documented IFrame player. */
export interface YoutubeApi {
  playVideo(): void;
  pauseVideo(): void;
  seekTo(seconds: number, allowSeekAhead: boolean): void;
  getCurrentTime(): number;
  getDuration(): number;
  getPlayerState(): number;
  getPlaybackRate(): number;
  setPlaybackRate(rate: number): void;
  getAvailablePlaybackRates(): number[];
  getVideoLoadedFraction(): number;
  /** Undocumented: `isLive` is true for broadcasts. */
  getVideoData?(): { isLive?: boolean };
  setVolume(volume: number): void;
  mute(): void;
  unMute(): void;
  addEventListener(name: string, run: (event: { data: number }) => void): void;
}

export interface YoutubeElement extends HTMLElement {
  api: YoutubeApi | null;
  loadComplete: Promise<void>;
  config: Record<string, unknown> | null;
  error: { code: number } | null;
  textTracks?: TextTrackList;
}

const YOUTUBE: PlayerAbilities = {
  quantum: 0.25,
  deadBandMs: 45,
  engageLossMs: 0,
  staircase: false,
  settleMs: 600,
  seekGapMs: 4000,
  seekSlackMs: 0,
  canDuck: false,
  keepsPitch: true,
  startGuessMs: 300,
  resumeGuessMs: 120,
  seekGuessMs: 400,
};
/** Overrides for a player that reports the time of its readings. */
const TIMED: Partial<PlayerAbilities> = { deadBandMs: 15, settleMs: 350 };
const UNSTARTED = -1;
const ENDED = 0;
const PLAYING = 1;
const PAUSED = 2;
const BUFFERING = 3;
const CUED = 5;
const SEEK_TIMEOUT_MS = 2500;
const BLOCKED_AFTER_MS = 3000;
const FINE_STEP = 0.05;
const PROBE_MS = 400;
/** How long a pause may take before it is asked for again, and before a seek no longer waits for it. */
const PAUSE_TIMEOUT_MS = 500;

export class YoutubePlayer implements Player {
  private readonly ownActions = new OwnActions();
  private readonly clock: YoutubeClock;
  private api: YoutubeApi | null = null;
  private waitingSeek: number | null = null;
  private seekingTo: { to: number; until: number } | null = null;
  /** Until when a pause is under way. */
  private pausingUntil = 0;
  /** A seek that waits for it. */
  private seekOncePaused: number | null = null;
  private quantum = 0.25;
  private probe: 'none' | 'running' | 'done' = 'none';
  private startTimer = 0;
  private volume = { level: 1, muted: false };
  private destroyed = false;
  private lastState = UNSTARTED;

  constructor(
    readonly view: YoutubeElement,
    private readonly events: PlayerEvents,
  ) {
    this.clock = new YoutubeClock(() => view.shadowRoot?.querySelector('iframe')?.contentWindow ?? null);
    view.addEventListener('error', () => events.onProblem(youtubeProblem(view.error?.code ?? 0)));
    void view.loadComplete.then(() => this.onLoaded());
  }

  abilities(): PlayerAbilities {
    return { ...YOUTUBE, ...(this.clock.isReporting && TIMED), quantum: this.quantum };
  }

  measure(): PlayerReading {
    const api = this.api;
    let readAt = performance.now();
    if (api === null) {
      return {
        ready: false,
        canPlay: false,
        position: 0,
        readAt,
        paused: true,
        seeking: false,
        stalled: false,
        ended: false,
        rate: 1,
        duration: 0,
        seekable: null,
        live: null,
      };
    }
    if (this.seekOncePaused !== null && readAt > this.pausingUntil) this.seekNow(api, this.seekOncePaused);
    const state = api.getPlayerState();
    // Starting, but not playing yet: a seek now would restart the start.
    const starting = this.startTimer !== 0 && state !== PLAYING;
    const report = state === PLAYING ? this.clock.fresh : null;
    let position = this.waitingSeek ?? api.getCurrentTime();
    if (this.seekingTo !== null) {
      const arrived = Math.abs(position - this.seekingTo.to) < 0.6 && state !== BUFFERING;
      if (arrived || readAt > this.seekingTo.until) this.seekingTo = null;
    } else if (report !== null) {
      ({ position, at: readAt } = report);
    }
    return {
      ready: true,
      canPlay: state !== BUFFERING,
      position,
      readAt,
      paused: !starting && (state === UNSTARTED || state === ENDED || state === PAUSED || state === CUED),
      seeking: this.seekingTo !== null || this.seekOncePaused !== null,
      stalled: state === BUFFERING || starting,
      ended: state === ENDED,
      rate: this.probe === 'running' ? 1 : api.getPlaybackRate(),
      duration: api.getDuration() || 0,
      seekable: null,
      live: api.getVideoData?.().isLive === true ? { edge: null } : null,
    };
  }

  play(): void {
    const api = this.api;
    if (api === null || this.startTimer !== 0) return;
    const first = this.waitingSeek ?? this.seekOncePaused;
    if (first !== null) api.seekTo(first, true);
    this.waitingSeek = null;
    this.endPause();
    this.ownActions.expect('play');
    api.playVideo();
    this.startTimer = window.setTimeout(() => {
      this.startTimer = 0;
      const state = api.getPlayerState();
      if (state === UNSTARTED || state === CUED) this.onStartBlocked();
    }, BLOCKED_AFTER_MS);
  }

  pause(): void {
    this.clearStartTimer();
    const now = performance.now();
    if (now < this.pausingUntil) return;
    this.pausingUntil = now + PAUSE_TIMEOUT_MS;
    this.ownActions.clear('pause');
    this.ownActions.expect('pause');
    this.api?.pauseVideo();
  }

  seek(to: number): void {
    const api = this.api;
    if (api === null) return;
    const state = api.getPlayerState();
    if (state === UNSTARTED || state === CUED || state === ENDED) {
      this.waitingSeek = to;
      return;
    }
    // Documented: a player that is sought before it has paused plays on.
    if (state !== PAUSED && performance.now() < this.pausingUntil) {
      this.seekOncePaused = to;
      return;
    }
    this.seekNow(api, to);
  }

  private seekNow(api: YoutubeApi, to: number): void {
    this.seekOncePaused = null;
    this.ownActions.expect('seek');
    this.clock.clear();
    this.seekingTo = { to, until: performance.now() + SEEK_TIMEOUT_MS };
    api.seekTo(to, true);
  }

  setRate(rate: number): void {
    if (this.probe === 'running') return;
    this.clock.clear();
    this.api?.setPlaybackRate(rate);
  }

  setVolume(level: number, muted: boolean): void {
    this.volume = { level, muted };
    this.api?.setVolume(level * 100);
    if (muted) this.api?.mute();
    else this.api?.unMute();
  }

  /** Does nothing: its volume changes too slowly to hide a correction. */
  duck(): void {}

  bufferedTo(): number {
    return this.api === null ? 0 : this.api.getVideoLoadedFraction() * (this.api.getDuration() || 0);
  }

  /** YouTube draws its captions in its own frame. */
  async openTracks(): Promise<MediaTracks> {
    const [{ NativeTracks }] = await Promise.all([import('./native-tracks'), this.view.loadComplete]);
    return new NativeTracks(this.view.textTracks!, null, true);
  }

  readonly pictureInPicture = null;

  destroy(): void {
    this.destroyed = true;
    this.clock.stop();
    this.clearStartTimer();
    this.api?.pauseVideo();
    this.api = null;
    this.view.removeAttribute('src');
    this.view.remove();
  }

  private onLoaded(): void {
    const api = this.view.api;
    if (this.destroyed || api === null) return;
    this.api = api;
    this.quantum = smallestStep(api.getAvailablePlaybackRates());
    this.setVolume(this.volume.level, this.volume.muted);
    api.addEventListener('onStateChange', ({ data }) => this.onStateChange(data));
    api.addEventListener('onAutoplayBlocked', () => this.onStartBlocked());
    this.events.onChange();
  }

  private onStateChange(state: number): void {
    if (this.destroyed) return;
    this.clock.clear();
    if (state === PLAYING) {
      this.clearStartTimer();
      if (!this.ownActions.consume('play') && this.lastState === PAUSED) this.events.onExternalAction('play');
      this.events.onDiscontinuity();
      this.probeRates();
    } else if (state === PAUSED) {
      const { seekOncePaused } = this;
      this.endPause();
      if (seekOncePaused !== null && this.api !== null) this.seekNow(this.api, seekOncePaused);
      if (!this.ownActions.consume('pause') && this.seekingTo === null) this.events.onExternalAction('pause');
    } else if (state === BUFFERING) {
      this.events.onDiscontinuity();
    }
    if (state !== BUFFERING) this.lastState = state;
    this.events.onChange();
  }

  /** Tries a fractional rate, because not every player takes one. */
  private probeRates(): void {
    const api = this.api;
    if (api === null || this.probe !== 'none') return;
    this.probe = 'running';
    api.setPlaybackRate(1 + FINE_STEP);
    window.setTimeout(() => {
      if (this.destroyed) return;
      if (Math.abs(api.getPlaybackRate() - (1 + FINE_STEP)) < 0.01) this.quantum = FINE_STEP;
      api.setPlaybackRate(1);
      this.probe = 'done';
      this.events.onDiscontinuity();
    }, PROBE_MS);
  }

  private onStartBlocked(): void {
    this.clearStartTimer();
    this.ownActions.clear();
    this.events.onBlocked();
  }

  private endPause(): void {
    this.pausingUntil = 0;
    this.seekOncePaused = null;
  }

  private clearStartTimer(): void {
    window.clearTimeout(this.startTimer);
    this.startTimer = 0;
  }
}
