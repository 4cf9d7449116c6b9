/**
 * Player of a file of the server's library. When its link has become another one, it goes on from there at the same
 * place, as soon as what is loaded is used up, and the room does not notice.
 */
import { effect } from '@preact/signals';
import { ElementPlayer } from '../media/element-player';
import { missingPart } from '../media/missing-part';
import type { MediaProblem, PlayerEvents } from '../media/player';
import { siteAddress } from '../net/base-path';
import type { FilmLink } from './film-link';
import { BROKEN_OFF, FORMAT, TOO_MANY, problemOfStatus } from './library-words';

export interface LibraryPlayerPorts {
  link: FilmLink;
  after(ms: number, run: () => void): () => void;
  /** Returns the status with which an address is answered; null without an answer. */
  statusOf(address: string): Promise<number | null>;
  /** Shows why the film does not go on for now; null when it does. */
  onWait(text: string | null): void;
}

const DECODE_ERROR = 3;
const NOT_SUPPORTED = 4;
const HAVE_FUTURE_DATA = 3;
/** How long a film stands still before the server is asked for the reason, ms. */
const ASKED_AFTER_MS = 1500;
/** Pauses between attempts to load the film again. */
const RETRY_MS = [0, 500, 1000, 2000, 4000, 8000] as const;
/** Attempts at a link that the server answers, before the film counts as broken off. */
const TRIES_MAX = 8;

export class LibraryPlayer extends ElementPlayer {
  /** The address that the element loads. */
  private address: string;
  /** Whether the element loads from another link, and its events are not the viewer's. */
  private moving = false;
  private tries = 0;
  private cancelInquiry: (() => void) | null = null;
  private recovering = false;

  constructor(
    media: HTMLMediaElement,
    events: PlayerEvents,
    private readonly ports: LibraryPlayerPorts,
  ) {
    super(media, media, events, '');
    this.address = siteAddress(ports.link.current.peek().url);
    const on = (name: string, run: () => void) => media.addEventListener(name, run, { signal: this.destroyed });
    on('waiting', () => this.onStall());
    on('pause', () => this.moveIfNewer());
    for (const name of ['playing', 'canplay', 'seeked']) on(name, () => this.onGoesOn());
    media.src = this.address;
    const stop = effect(() => {
      void ports.link.current.value;
      if (media.paused || media.readyState < HAVE_FUTURE_DATA) this.moveIfNewer();
    });
    this.destroyed.addEventListener('abort', () => {
      stop();
      this.cancelInquiry?.();
      ports.link.end();
    });
  }

  protected override onMediaEvent(what: 'play' | 'pause' | 'seek'): void {
    if (this.moving) this.events.onChange();
    else super.onMediaEvent(what);
  }

  protected override failed(): Promise<void> {
    if (this.media.error?.code === DECODE_ERROR) {
      this.events.onProblem(FORMAT);
      return Promise.resolve();
    }
    return this.recover();
  }

  private get newest(): string {
    return siteAddress(this.ports.link.current.peek().url);
  }

  private moveIfNewer(): void {
    if (!this.moving && this.newest !== this.address && !this.destroyed.aborted) this.load();
  }

  /** Loads the film from its newest link, at the same place and rate. */
  private load(): void {
    const { media } = this;
    const { currentTime, playbackRate } = media;
    const played = !media.paused;
    this.address = this.newest;
    this.moving = true;
    media.src = this.address;
    // At once, so that the first request is for this place.
    if (currentTime > 0) media.currentTime = currentTime;
    media.defaultPlaybackRate = 1;
    media.playbackRate = playbackRate;
    if (played) this.play();
    this.events.onChange();
  }

  private onGoesOn(): void {
    if (this.media.readyState < HAVE_FUTURE_DATA) return;
    if (this.moving) {
      this.moving = false;
      this.events.onDiscontinuity();
    }
    this.tries = 0;
    this.cancelInquiry?.();
    this.cancelInquiry = null;
    this.ports.onWait(null);
  }

  private onStall(): void {
    if (!this.moving && this.newest !== this.address) this.load();
    else this.cancelInquiry ??= this.ports.after(ASKED_AFTER_MS, () => void this.inquire());
  }

  /** Asks for the reason of a stall; browsers ask for a part again and again without an error. */
  private async inquire(): Promise<void> {
    this.cancelInquiry = null;
    if (this.destroyed.aborted || this.media.error !== null || this.media.readyState >= HAVE_FUTURE_DATA) return;
    await this.ports.link.renew();
    if (this.destroyed.aborted || this.newest !== this.address) return;
    const status = await this.ports.statusOf(this.address);
    if (this.destroyed.aborted || this.media.readyState >= HAVE_FUTURE_DATA) return;
    const problem = problemOfStatus(status);
    if (problem !== null) this.events.onProblem(problem);
    else this.onStall();
  }

  /** Loads the film again after an error, until it is known to be in vain. */
  private async recover(): Promise<void> {
    if (this.recovering) return;
    this.recovering = true;
    const problem = await this.findWay();
    this.recovering = false;
    if (this.destroyed.aborted) return;
    if (problem === null) this.load();
    else this.events.onProblem(problem);
  }

  /** Waits until the film can be loaded again; returns why not otherwise. */
  private async findWay(): Promise<MediaProblem | null> {
    let notSupported = this.media.error?.code === NOT_SUPPORTED;
    for (;;) {
      if (this.newest !== this.address) return null;
      await this.ports.link.next(RETRY_MS[Math.min(this.tries++, RETRY_MS.length - 1)]!);
      if (this.destroyed.aborted) return null;
      const answer = await this.ports.link.renew();
      if (this.destroyed.aborted || this.newest !== this.address) return null;
      if (answer.kind === 'final') return answer.problem;
      const status = await this.ports.statusOf(this.address);
      const problem = problemOfStatus(status);
      // Without an answer about the link, a void one may be replaced by the next.
      if (problem !== null && answer.kind !== 'later') return problem;
      this.ports.onWait(status === 503 ? TOO_MANY : null);
      if (status === null || status >= 400) {
        // That was the reason of the error.
        notSupported = false;
        continue;
      }
      if (notSupported) return FORMAT;
      return this.tries > TRIES_MAX ? BROKEN_OFF : null;
    }
  }
}

export function openLibraryFile(
  kind: 'video' | 'audio',
  mount: HTMLElement,
  events: PlayerEvents,
  ports: LibraryPlayerPorts,
): LibraryPlayer {
  const media = document.createElement(kind);
  media.preload = 'auto';
  if (media instanceof HTMLVideoElement) media.playsInline = true;
  const player = new LibraryPlayer(media, events, ports);
  if (media instanceof HTMLVideoElement) player.missing = () => missingPart(media);
  mount.append(media);
  return player;
}
