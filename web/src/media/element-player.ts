/** Player around an HTML media element: files directly, HLS and DASH through the element of their library. */
import {
  type PlayerAbilities,
  ELEMENT_DEFAULTS,
  type PlayerReading,
  type ProgrammeTime,
  type TimeSpan,
} from '../playback/controller-types';
import { volumeCanBeSet } from './browser-features';
import { FIREFOX_REST_RATE, firefoxRate } from './firefox-rate';
import type { MissingPart } from './missing-part';
import { LIBRARY_MISSING, OwnActions, type Player, type PlayerEvents } from './player';
import type { MediaTracks } from './tracks';

const isFirefox = /Firefox\//.test(navigator.userAgent);
const isChromium = /Chrome\//.test(navigator.userAgent);
const HAVE_METADATA = 1;
const HAVE_FUTURE_DATA = 3;

/** Chromium loses 22 ms when the rate leaves 1 with the pitch kept. Firefox reports its position in steps of 40 ms. */
export const ELEMENT_ABILITIES: PlayerAbilities = {
  ...ELEMENT_DEFAULTS,
  engageLossMs: isChromium ? 22 : 0,
  staircase: isFirefox,
  deadBandMs: isFirefox ? 12 : ELEMENT_DEFAULTS.deadBandMs,
};

/** Distance from the end of a broadcast at which it plays when the library names no position. */
const LIVE_DELAY_S = 12;
/** A volume of 0 would make the position jump; a hundredth does not. */
const DUCKED = 0.01;

export class ElementPlayer implements Player {
  private readonly ownActions = new OwnActions();
  private readonly off = new AbortController();
  /** Aborted when the player is destroyed. */
  readonly destroyed = this.off.signal;
  private wantsPlay = false;
  private volume = 1;
  private ducked = false;
  /** Returns the best position of a broadcast, as the library sees it. */
  liveEdge: () => number | null = () => null;
  /** Returns the programme time of the stream; null while it has none. */
  programme: () => ProgrammeTime | null = () => null;
  missing?: () => MissingPart | null;
  /** Returns the tracks that the browser has found; a library offers its own instead. */
  openTracks: () => Promise<MediaTracks> = async () => (await import('./native-tracks')).NativeTracks.of(this.media);

  /**
   * @param endlessIsLive whether a film of this kind without a duration is a broadcast, and not a file without an index
   */
  constructor(
    readonly view: HTMLElement,
    protected readonly media: HTMLMediaElement,
    protected readonly events: PlayerEvents,
    private readonly source: string,
    private readonly endlessIsLive = false,
  ) {
    const on = (name: string, run: () => void) => media.addEventListener(name, run, { signal: this.off.signal });
    for (const name of ['loadedmetadata', 'durationchange', 'progress', 'canplay', 'ended', 'waiting', 'ratechange']) {
      on(name, () => events.onChange());
    }
    on('play', () => this.onMediaEvent('play'));
    on('pause', () => {
      // The browser pauses a film that has ended, and one that it cannot load any further. Neither is an act of the viewer.
      if (media.ended || media.error !== null) this.ownActions.clear('pause');
      else this.onMediaEvent('pause');
    });
    on('seeking', () => this.onMediaEvent('seek'));
    on('seeked', () => {
      this.ownActions.clear('seek');
      events.onDiscontinuity();
    });
    on('waiting', () => events.onDiscontinuity());
    on('playing', () => events.onDiscontinuity());
    on('error', () => void this.failed());
  }

  abilities(): PlayerAbilities {
    const { canDuck, keepsPitch } = ELEMENT_ABILITIES;
    return {
      ...ELEMENT_ABILITIES,
      canDuck: canDuck && volumeCanBeSet(),
      keepsPitch: keepsPitch && 'preservesPitch' in this.media,
    };
  }

  measure(): PlayerReading {
    const { media } = this;
    const readAt = performance.now();
    return {
      ready: media.readyState >= HAVE_METADATA && media.error === null,
      canPlay: media.readyState >= HAVE_FUTURE_DATA,
      position: media.currentTime,
      readAt,
      paused: media.paused,
      seeking: media.seeking,
      stalled: !media.paused && !media.seeking && media.readyState < HAVE_FUTURE_DATA && !media.ended,
      ended: media.ended,
      rate: media.playbackRate === FIREFOX_REST_RATE ? 1 : media.playbackRate,
      duration: Number.isFinite(media.duration) ? media.duration : 0,
      seekable: stretches(media.seekable),
      live: this.endlessIsLive && media.duration === Number.POSITIVE_INFINITY ? { edge: this.edge() } : null,
      programme: this.programme(),
    };
  }

  play(): void {
    if (this.wantsPlay && !this.media.paused) return;
    this.wantsPlay = true;
    if (this.media.paused) this.ownActions.expect('play');
    this.media.play().catch((problem: unknown) => {
      this.ownActions.clear('play');
      if (problem instanceof DOMException && problem.name === 'NotAllowedError') this.events.onBlocked();
    });
  }

  pause(): void {
    this.wantsPlay = false;
    if (this.media.paused) return;
    this.ownActions.expect('pause');
    this.media.pause();
  }

  seek(to: number): void {
    this.ownActions.expect('seek');
    this.media.currentTime = to;
  }

  setRate(rate: number, keepPitch: boolean): void {
    const { media } = this;
    const next = isFirefox ? firefoxRate(rate, media.playbackRate) : rate;
    const pitch = keepPitch && next !== FIREFOX_REST_RATE;
    if ('preservesPitch' in media && media.preservesPitch !== pitch) media.preservesPitch = pitch;
    media.playbackRate = next;
  }

  setVolume(volume: number, muted: boolean): void {
    this.volume = volume;
    this.media.muted = muted;
    this.duck(this.ducked);
  }

  duck(on: boolean): void {
    this.ducked = on;
    // Has no effect where the volume is fixed; no correction relies on it there.
    this.media.volume = this.volume * (on ? DUCKED : 1);
  }

  bufferedTo(): number {
    const { buffered, currentTime } = this.media;
    for (let i = 0; i < buffered.length; i++) {
      if (buffered.start(i) <= currentTime + 0.5 && buffered.end(i) >= currentTime) return buffered.end(i);
    }
    return 0;
  }

  get video(): HTMLVideoElement | null {
    return this.media instanceof HTMLVideoElement ? this.media : null;
  }

  get pictureInPicture(): (() => Promise<void>) | null {
    const { media } = this;
    if (!(media instanceof HTMLVideoElement) || document.pictureInPictureEnabled !== true) return null;
    if (typeof media.requestPictureInPicture !== 'function') return null;
    return async () => {
      if (document.pictureInPictureElement === media) await document.exitPictureInPicture();
      else await media.requestPictureInPicture();
    };
  }

  destroy(): void {
    this.off.abort();
    this.media.pause();
    this.media.removeAttribute('src');
    this.view.remove();
  }

  private edge(): number | null {
    const known = this.liveEdge();
    if (known !== null) return known;
    const last = stretches(this.media.seekable).at(-1);
    return last === undefined || !Number.isFinite(last.end) ? null : Math.max(last.start, last.end - LIVE_DELAY_S);
  }

  protected onMediaEvent(what: 'play' | 'pause' | 'seek'): void {
    if (!this.ownActions.consume(what)) this.events.onExternalAction(what);
    this.events.onChange();
  }

  protected async failed(): Promise<void> {
    const code = this.media.error?.code ?? 0;
    const problem = async () => (await import('./media-problems')).fileProblem(this.source, code);
    // Without a connection to this site its code does not load either.
    this.events.onProblem(await problem().catch(() => LIBRARY_MISSING));
  }
}

function stretches(ranges: TimeRanges): TimeSpan[] {
  return Array.from({ length: ranges.length }, (_, i) => ({ start: ranges.start(i), end: ranges.end(i) }));
}
