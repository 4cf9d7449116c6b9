/**
 * Player for the players of other sites, which run in a frame and are reached by messages. Commands take effect late and
 * positions arrive in steps, so a position is the last known one, moved on while reports show that the film moves.
 */
import type { PlayerAbilities, PlayerReading } from '../../playback/controller-types';
import { OwnActions, type Player, type PlayerEvents } from '../player';
import { MOVED_S, Movement } from './movement';
import type { OpenProvider, ProviderApi, ProviderPhase, ProviderSignals } from './provider-api';

type Phase = 'loading' | 'unstarted' | ProviderPhase;

const READY_TIMEOUT_MS = 15_000;
const BLOCKED_AFTER_MS = 3000;
const SEEK_TIMEOUT_MS = 4000;
const ASK_MS = 100;
/** Every so many requests while nothing moves. */
const ASK_STILL_EVERY = 10;
/** A start that takes longer counts as a stall. */
const SLOW_START_MS = 1500;
const ADVERT_AFTER_MS = 3000;
/** A paused player shows no progress at the end of its seek, so its first reports are not believed. */
const PAUSED_SEEK_MS = 250;
const AT_END_S = 0.5;
const SEEK_EARLY_S = 0.4;
const SEEK_LATE_S = 0.75;

interface Seek {
  to: number;
  since: number;
  /** The last position near the goal. */
  near: number | null;
}

export class ProviderPlayer implements Player {
  readonly view: HTMLElement;
  readonly captions = { available: false, on: false };
  readonly pictureInPicture = null;
  private readonly api: ProviderApi;
  private readonly ownActions = new OwnActions();
  private readonly movement = new Movement();
  private phase: Phase = 'loading';
  private quantum = 0;
  private duration = 0;
  private isLive = false;
  private buffering = false;
  private advert = false;
  private failed = false;
  /** Whether a start was tried; before that, some players take no seek. */
  private started = false;
  /** Whether the player runs without sound, only to take its first seek. */
  private priming = false;
  /** The first seek, while the player is not ready for it. */
  private waitingSeek: number | null = null;
  private seeking: Seek | null = null;
  private startTimer = 0;
  private asked = 0;
  private volume = { level: 1, muted: false };
  private destroyed = false;
  private readonly readyTimer = window.setTimeout(() => void this.onSilence(), READY_TIMEOUT_MS);
  private readonly askTimer = window.setInterval(() => this.ask(), ASK_MS);

  constructor(
    open: OpenProvider,
    mount: HTMLElement,
    private readonly events: PlayerEvents,
  ) {
    this.api = open(mount, this.signals());
    this.view = this.api.view;
  }

  abilities(): PlayerAbilities {
    return { ...this.api.traits.abilities, quantum: this.quantum };
  }

  measure(): PlayerReading {
    const now = performance.now();
    this.checkProgress(now);
    const starting = this.startTimer !== 0;
    const shouldMove = starting || this.priming || this.phase === 'playing';
    const advert = this.phase === 'playing' && (this.advert || this.isAdvertPresumed(now));
    return {
      ready: this.phase !== 'loading' && !this.failed,
      canPlay: !this.buffering && !this.isSeeking,
      position: this.waitingSeek ?? this.movement.position,
      readAt: now,
      paused: !shouldMove,
      seeking: this.isSeeking,
      stalled: advert || (shouldMove && this.isStalled(now)),
      ended: this.phase === 'ended',
      rate: this.movement.rate,
      duration: this.isLive ? 0 : this.duration,
      seekable: null,
      live: this.isLive ? { edge: null } : null,
      advert,
    };
  }

  play(): void {
    if (this.phase === 'loading' || this.phase === 'playing' || this.startTimer !== 0) return;
    this.start();
  }

  pause(): void {
    this.clearStartTimer();
    this.ownActions.expect('pause');
    this.api.pause();
  }

  seek(to: number): void {
    if (this.phase === 'loading') return;
    if (this.waitingSeek !== null) this.waitingSeek = to;
    else if (this.started || this.api.traits.earlySeek === 'works') this.beginSeek(to);
    else this.prime(to);
  }

  setRate(rate: number): void {
    if (this.quantum === 0 || rate === this.movement.rate) return;
    this.movement.rate = rate;
    this.api.setRate(rate);
  }

  setVolume(level: number, muted: boolean): void {
    this.volume = { level, muted };
    if (this.phase !== 'loading' && !this.priming) this.api.setVolume(level, muted);
  }

  /** Does nothing: the volume of a frame changes too late to hide a correction. */
  duck(): void {}

  bufferedTo(): number {
    return this.movement.position;
  }

  /** Does nothing: the provider shows captions in its own frame. */
  showCaptions(): void {}
  liftCaptions(): void {}

  destroy(): void {
    this.destroyed = true;
    this.clearStartTimer();
    window.clearTimeout(this.readyTimer);
    window.clearInterval(this.askTimer);
    this.api.destroy();
  }

  private signals(): ProviderSignals {
    const whileAlive =
      <Args extends unknown[]>(run: (...args: Args) => void) =>
      (...args: Args) => {
        if (!this.destroyed) run(...args);
      };
    return {
      ready: whileAlive((quantum) => this.onReady(quantum)),
      phase: whileAlive((phase) => this.onPhase(phase)),
      position: whileAlive((position, at = performance.now()) => this.onPosition(position, at)),
      duration: whileAlive((seconds) => {
        if (seconds === this.duration) return;
        this.duration = seconds;
        this.events.onChange();
      }),
      live: whileAlive(() => {
        this.isLive = true;
      }),
      buffering: whileAlive((on) => this.onBuffering(on)),
      seekEnded: whileAlive((position) => this.endSeek(position)),
      rate: whileAlive((rate) => {
        if (rate !== this.movement.rate) this.movement.rate = rate;
      }),
      advert: whileAlive((on) => this.onAdvert(on)),
      blocked: whileAlive(() => this.onStartBlocked()),
      problem: whileAlive((problem) => this.fail(problem)),
    };
  }

  private onReady(quantum: number): void {
    if (this.phase !== 'loading') return;
    window.clearTimeout(this.readyTimer);
    this.quantum = quantum;
    this.phase = 'unstarted';
    this.api.setVolume(this.volume.level, this.volume.muted);
    this.events.onChange();
  }

  private async onSilence(): Promise<void> {
    const problem = await this.api.explainSilence();
    if (!this.destroyed && this.phase === 'loading') this.fail(problem);
  }

  private fail(problem: Parameters<PlayerEvents['onProblem']>[0]): void {
    this.failed = true;
    window.clearTimeout(this.readyTimer);
    this.clearStartTimer();
    this.events.onProblem(problem);
  }

  private onPhase(phase: ProviderPhase): void {
    const before = this.phase;
    if (before === 'loading' || before === phase) return;
    if (phase === 'paused' && !this.started) return;
    if (phase === 'playing') this.onPlaying(before);
    else this.onStopped(phase, before);
    this.events.onChange();
  }

  private onPlaying(before: Phase): void {
    const own = this.ownActions.consume('play');
    this.phase = 'playing';
    if (this.startTimer === 0) this.movement.expect(false);
    this.clearStartTimer();
    if (!own && !this.advert && before === 'paused' && this.api.traits.reportsViewerActions) this.events.onExternalAction('play');
  }

  private onStopped(phase: 'paused' | 'ended', before: Phase): void {
    const { position } = this.movement;
    this.movement.hold(phase === 'ended' && this.duration > 0 ? this.duration : position);
    this.phase = phase;
    this.buffering = false;
    // Some players pause at the end before they say that the film has ended.
    const atEnd = phase === 'ended' || (this.duration > 0 && position >= this.duration - AT_END_S);
    if (atEnd) this.ownActions.clear('pause');
    else if (!this.ownActions.consume('pause') && before === 'playing' && this.seeking === null && !this.advert) {
      if (this.api.traits.reportsViewerActions) this.events.onExternalAction('pause');
    }
    this.ask(true);
  }

  private onBuffering(on: boolean): void {
    // Players also buffer while they start or seek, which says nothing about a stall.
    if (on && this.movement.isMoving) {
      this.movement.expect(true);
      this.events.onDiscontinuity();
    }
    this.buffering = on && this.phase === 'playing';
    this.events.onChange();
  }

  private onAdvert(on: boolean): void {
    if (on === this.advert) return;
    this.advert = on;
    this.clearStartTimer();
    this.movement.expect(true);
    this.events.onDiscontinuity();
    this.events.onChange();
  }

  private onStartBlocked(): void {
    this.clearStartTimer();
    if (this.phase === 'playing' || this.advert) return;
    if (this.priming) this.endPriming();
    this.ownActions.clear();
    this.events.onBlocked();
  }

  private start(): void {
    this.started = true;
    this.movement.expect(false);
    this.startTimer = window.setTimeout(() => this.onStartBlocked(), BLOCKED_AFTER_MS);
    this.ownActions.expect('play');
    this.api.play();
  }

  /** Runs a player that takes no seek before its first start, without sound, until it is at the position. */
  private prime(to: number): void {
    this.priming = true;
    this.api.setVolume(this.volume.level, true);
    if (this.api.traits.earlySeek === 'ignored') {
      this.waitingSeek = to;
      this.start();
    } else {
      this.started = true;
      this.ownActions.expect('play');
      this.beginSeek(to);
    }
  }

  private endPriming(): void {
    this.priming = false;
    this.api.setVolume(this.volume.level, this.volume.muted);
    this.pause();
  }

  // --- position ----------------------------------------------------------------------------------

  private onPosition(position: number, at: number): void {
    if (this.phase === 'loading') return;
    if (this.seeking !== null) this.watchSeek(this.seeking, position, at);
    else if (this.phase !== 'playing' || this.advert) this.movement.hold(position);
    else if (this.movement.report(position, at)) this.onMoved();
  }

  private onMoved(): void {
    if (this.waitingSeek !== null) this.beginSeek(this.waitingSeek);
    this.events.onDiscontinuity();
    this.events.onChange();
  }

  private checkProgress(now: number): void {
    const { seeking } = this;
    if (seeking !== null && now - seeking.since > SEEK_TIMEOUT_MS) this.endSeek(seeking.near ?? seeking.to);
    if (!this.isLive && this.movement.stopWithout(this.api.traits.reportGapMs, now)) this.events.onDiscontinuity();
  }

  private get isSeeking(): boolean {
    return this.seeking !== null || this.waitingSeek !== null;
  }

  private isStalled(now: number): boolean {
    if (this.movement.isMoving || this.isSeeking) return false;
    if (this.isLive) return this.buffering;
    return this.movement.hasStopped || this.movement.standsFor(now) > SLOW_START_MS;
  }

  private isAdvertPresumed(now: number): boolean {
    const { presumesAdverts } = this.api.traits;
    if (!presumesAdverts || this.isLive || this.buffering || this.seeking !== null) return false;
    return this.movement.standsFor(now) > ADVERT_AFTER_MS;
  }

  // --- seeks -------------------------------------------------------------------------------------

  private beginSeek(to: number): void {
    this.seeking = { to, since: performance.now(), near: null };
    this.waitingSeek = null;
    this.movement.hold(to);
    this.api.seek(to);
  }

  /** Looks for the end of a seek in the positions: near the goal, and moving if the film plays. */
  private watchSeek(seek: Seek, position: number, at: number): void {
    const { reportsSeekEnd, abilities } = this.api.traits;
    const early = SEEK_EARLY_S + abilities.seekSlackMs / 1000;
    if (reportsSeekEnd || position < seek.to - early || position > seek.to + SEEK_LATE_S) return;
    const { near } = seek;
    seek.near = position;
    if (this.phase === 'playing' && near !== null && position - near >= MOVED_S) {
      this.endSeek(near);
      this.onPosition(position, at);
    } else if (this.phase !== 'playing' && performance.now() - seek.since >= PAUSED_SEEK_MS) {
      this.endSeek(position);
    }
  }

  private endSeek(position: number): void {
    if (this.seeking === null) return;
    this.seeking = null;
    this.movement.expect(false, position);
    if (this.priming) this.endPriming();
    this.events.onDiscontinuity();
    this.events.onChange();
  }

  private ask(now = false): void {
    if (this.phase === 'loading' || this.api.askPosition === undefined) return;
    const often = this.phase === 'playing' || this.startTimer !== 0 || this.seeking !== null;
    if (now || often || this.asked % ASK_STILL_EVERY === 0) this.api.askPosition();
    this.asked++;
  }

  private clearStartTimer(): void {
    window.clearTimeout(this.startTimer);
    this.startTimer = 0;
  }
}
