/** A player around an HTML media element: files directly, HLS and DASH through the element their library wraps. */
import { type Abilities, EXACT, type Measured, type Stretch } from '../playback/orders';
import { volumeCanBeSet } from './features';
import { CaptionLift } from './captions';
import { fileProblem } from './problems';
import { OwnActs, type Player, type PlayerEvents } from './player';

const isFirefox = /Firefox\//.test(navigator.userAgent);
const isChromium = /Chrome\//.test(navigator.userAgent);
const HAVE_METADATA = 1;
const HAVE_FUTURE_DATA = 3;

/** Chromium loses 22 ms when the rate leaves 1 with the pitch kept; Firefox tells its position in stairs of 40 ms. */
export const ELEMENT_ABILITIES: Abilities = {
  ...EXACT,
  engageLossMs: isChromium ? 22 : 0,
  stairs: isFirefox,
  deadBandMs: isFirefox ? 12 : EXACT.deadBandMs,
};

/** So far behind the end of what a broadcast offers it is played where its library says nothing. */
const LIVE_DELAY_S = 12;
/** Silence would make the position jump; a hundredth does not. */
const DUCKED = 0.01;

export class ElementPlayer implements Player {
  private readonly own = new OwnActs();
  private readonly off = new AbortController();
  private wantsPlay = false;
  private captionsWanted = false;
  private readonly captionLift = new CaptionLift();
  private volume = 1;
  private ducked = false;
  /** Where a broadcast is best played, as the library below sees it. */
  liveEdge: () => number | null = () => null;

  /** `endlessIsLive`: a film of this kind whose length is without end is a broadcast, and no file without an index. */
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
    on('play', () => this.heard('play'));
    on('pause', () => {
      if (media.ended) this.own.clear('pause');
      else this.heard('pause');
    });
    on('seeking', () => this.heard('seek'));
    on('seeked', () => {
      this.own.clear('seek');
      events.onDiscontinuity();
    });
    on('waiting', () => events.onDiscontinuity());
    on('playing', () => events.onDiscontinuity());
    on('error', () => void this.failed());
    for (const name of ['addtrack', 'removetrack', 'change']) {
      media.textTracks.addEventListener(name, () => this.tracksChanged(), { signal: this.off.signal });
    }
  }

  abilities(): Abilities {
    const { canDuck, keepsPitch } = ELEMENT_ABILITIES;
    return {
      ...ELEMENT_ABILITIES,
      canDuck: canDuck && volumeCanBeSet(),
      keepsPitch: keepsPitch && 'preservesPitch' in this.media,
    };
  }

  measure(): Measured {
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
      rate: media.playbackRate,
      duration: Number.isFinite(media.duration) ? media.duration : 0,
      seekable: stretches(media.seekable),
      live: this.endlessIsLive && media.duration === Number.POSITIVE_INFINITY ? { edge: this.edge() } : null,
    };
  }

  play(): void {
    if (this.wantsPlay && !this.media.paused) return;
    this.wantsPlay = true;
    if (this.media.paused) this.own.lay('play');
    this.media.play().catch((problem: unknown) => {
      this.own.clear('play');
      if (problem instanceof DOMException && problem.name === 'NotAllowedError') this.events.onBlocked();
    });
  }

  pause(): void {
    this.wantsPlay = false;
    if (this.media.paused) return;
    this.own.lay('pause');
    this.media.pause();
  }

  seek(to: number): void {
    this.own.lay('seek');
    this.media.currentTime = to;
  }

  setRate(rate: number, keepPitch: boolean): void {
    if ('preservesPitch' in this.media && this.media.preservesPitch !== keepPitch) this.media.preservesPitch = keepPitch;
    this.media.playbackRate = rate;
  }

  setVolume(volume: number, muted: boolean): void {
    this.volume = volume;
    this.media.muted = muted;
    this.duck(this.ducked);
  }

  duck(on: boolean): void {
    this.ducked = on;
    // Where the volume cannot be set this does nothing, and no correction counts on it.
    this.media.volume = this.volume * (on ? DUCKED : 1);
  }

  bufferedTo(): number {
    const { buffered, currentTime } = this.media;
    for (let i = 0; i < buffered.length; i++) {
      if (buffered.start(i) <= currentTime + 0.5 && buffered.end(i) >= currentTime) return buffered.end(i);
    }
    return 0;
  }

  get captions(): { available: boolean; on: boolean } {
    const tracks = this.captionTracks();
    return { available: tracks.length > 0, on: tracks.some((track) => track.mode === 'showing') };
  }

  showCaptions(on: boolean): void {
    this.captionsWanted = on;
    const [first, ...rest] = this.captionTracks();
    if (first !== undefined) first.mode = on ? 'showing' : 'disabled';
    for (const track of rest) track.mode = 'disabled';
    this.events.onChange();
  }

  liftCaptions(share: number): void {
    this.captionLift.set(this.captionTracks(), share);
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

  private captionTracks(): TextTrack[] {
    return Array.from(this.media.textTracks).filter((track) => track.kind === 'subtitles' || track.kind === 'captions');
  }

  private tracksChanged(): void {
    for (const track of this.captionTracks()) track.oncuechange = () => this.captionLift.look(track);
    if (this.captionsWanted && !this.captions.on) this.showCaptions(true);
    this.events.onChange();
  }

  private heard(what: 'play' | 'pause' | 'seek'): void {
    if (!this.own.take(what)) this.events.onForeign(what);
    this.events.onChange();
  }

  private async failed(): Promise<void> {
    const code = this.media.error?.code ?? 0;
    this.events.onProblem(await fileProblem(this.source, code));
  }
}

function stretches(ranges: TimeRanges): Stretch[] {
  return Array.from({ length: ranges.length }, (_, i) => ({ start: ranges.start(i), end: ranges.end(i) }));
}
