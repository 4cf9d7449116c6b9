/** A small world for the playback: a clock that jumps from event to event, and a player that takes its time for everything. */
import type { Player } from '../../src/media/player';
import { Driver } from '../../src/playback/driver';
import { type Abilities, EXACT, type Measured } from '../../src/playback/orders';
import { targetAt } from '../../src/playback/timeline';
import type { Timeline } from '../../src/protocol/messages';
import { aTimeline } from './wire';
import type { Chance } from './random';

export class World {
  now = 1000;
  private queue: { at: number; order: number; run: () => void }[] = [];
  private count = 0;

  after(ms: number, run: () => void): () => void {
    const entry = { at: this.now + Math.max(0, ms), order: this.count++, run };
    this.queue.push(entry);
    return () => void (this.queue = this.queue.filter((one) => one !== entry));
  }

  runUntil(end: number): void {
    for (;;) {
      const next = this.queue.filter((one) => one.at <= end).sort((a, b) => a.at - b.at || a.order - b.order)[0];
      if (next === undefined) break;
      this.queue = this.queue.filter((one) => one !== next);
      this.now = next.at;
      next.run();
    }
    this.now = end;
  }
}

export interface Habits {
  abilities: Abilities;
  startMs: () => number;
  seekMs: () => number;
  /** Rates on offer; null: any. */
  rates: number[] | null;
  duration: number;
}

export class SimPlayer implements Player {
  readonly view = null as never;
  readonly captions = { available: false, on: false };
  readonly pictureInPicture = null;
  seeks = 0;
  starts = 0;
  volumes = 0;
  rate = 1;
  paused = true;
  private moving = false;
  private seeking = false;
  private stalled = false;
  private anchor = { position: 0, at: 0 };
  private cancel: (() => void) | null = null;
  onDiscontinuity: () => void = () => undefined;

  constructor(
    private readonly world: World,
    readonly habits: Habits,
  ) {}

  /** Where the film really is. */
  get truth(): number {
    const run = this.moving ? ((this.world.now - this.anchor.at) / 1000) * this.rate : 0;
    return Math.min(this.habits.duration, this.anchor.position + run);
  }

  abilities(): Abilities {
    return this.habits.abilities;
  }

  measure(): Measured {
    const { stairMs } = this.habits.abilities;
    const told = stairMs > 0 ? (Math.floor((this.truth * 1000) / stairMs) * stairMs) / 1000 : this.truth;
    const ended = !this.paused && this.truth >= this.habits.duration;
    return {
      ready: true,
      position: told,
      readAt: this.world.now,
      paused: this.paused,
      seeking: this.seeking,
      stalled: this.stalled && !this.paused && !this.seeking,
      ended,
      rate: this.rate,
      duration: this.habits.duration,
    };
  }

  play(): void {
    if (!this.paused) return;
    this.starts++;
    this.paused = false;
    if (!this.seeking && !this.stalled) this.moveIn(this.habits.startMs());
  }

  pause(): void {
    this.settle();
    this.paused = true;
    this.moving = false;
    if (!this.seeking && !this.stalled) this.cancel?.();
  }

  seek(to: number): void {
    this.seeks++;
    this.settle();
    this.moving = false;
    this.seeking = true;
    this.cancel?.();
    this.cancel = this.world.after(this.habits.seekMs(), () => {
      this.seeking = false;
      this.stalled = false;
      this.anchor = { position: Math.min(to, this.habits.duration), at: this.world.now };
      if (!this.paused) this.moveIn(5);
      this.onDiscontinuity();
    });
  }

  setRate(rate: number, keepPitch: boolean): void {
    this.settle();
    const { rates, abilities } = this.habits;
    const next = rates === null ? rate : nearest(rates, rate);
    if (keepPitch && this.rate === 1 && next !== 1 && this.moving) this.anchor.position -= abilities.engageLossMs / 1000;
    this.rate = next;
  }

  setVolume(): void {
    this.volumes++;
  }

  bufferedTo(): number {
    return this.habits.duration;
  }

  showCaptions(): void {}
  destroy(): void {}

  /** The network has nothing more for so long. */
  stall(ms: number): void {
    if (this.seeking || this.stalled || this.paused) return;
    this.settle();
    this.moving = false;
    this.stalled = true;
    this.onDiscontinuity();
    this.cancel?.();
    this.cancel = this.world.after(ms, () => {
      this.stalled = false;
      if (!this.paused) this.moveIn(0);
    });
  }

  private moveIn(ms: number): void {
    this.cancel?.();
    this.cancel = this.world.after(ms, () => {
      if (this.paused || this.seeking) return;
      this.anchor.at = this.world.now;
      this.moving = true;
      this.onDiscontinuity();
    });
  }

  private settle(): void {
    this.anchor = { position: this.truth, at: this.world.now };
  }
}

/** As documented for YouTube: what is not on offer is rounded towards 1. */
function nearest(rates: number[], wanted: number): number {
  const fits = rates.filter((rate) => (wanted >= 1 ? rate >= 1 && rate <= wanted + 1e-9 : rate <= 1 && rate >= wanted - 1e-9));
  return wanted >= 1 ? Math.max(...fits) : Math.min(...fits);
}

export const PLAYERS: Record<string, (c: Chance) => Habits> = {
  exact: (c) => ({ abilities: { ...EXACT, engageLossMs: 22 }, startMs: () => c.between(40, 90), seekMs: () => c.between(70, 260), rates: null, duration: 600 }),
  'in stairs': (c) => ({ abilities: { ...EXACT, stairMs: 40 }, startMs: () => c.between(20, 80), seekMs: () => c.between(70, 260), rates: null, duration: 600 }),
  'slow to seek': (c) => ({ abilities: { ...EXACT, engageLossMs: 22 }, startMs: () => c.between(40, 200), seekMs: () => c.between(900, 1400), rates: null, duration: 600 }),
  'coarse, quarters': (c) => ({
    abilities: { quantum: 0.25, deadBandMs: 45, engageLossMs: 0, stairMs: 0, settleMs: 600, seekGapMs: 4000 },
    startMs: () => c.between(200, 350), seekMs: () => c.between(250, 450), rates: [0.25, 0.5, 0.75, 1, 1.25, 1.5, 1.75, 2], duration: 600,
  }),
  'coarse, no rates': (c) => ({
    abilities: { quantum: 0, deadBandMs: 45, engageLossMs: 0, stairMs: 0, settleMs: 600, seekGapMs: 4000 },
    startMs: () => c.between(200, 350), seekMs: () => c.between(250, 450), rates: [1], duration: 600,
  }),
}; // prettier-ignore

/** One viewer: a driver with its heartbeat, a player, and a server clock that is ahead by some seconds. */
export class Viewer {
  readonly driver: Driver;
  readonly offset: number;
  private cancelWake: (() => void) | null = null;
  timeline: Timeline = aTimeline();
  errors: number[] = [];

  constructor(
    readonly world: World,
    readonly player: SimPlayer,
    c: Chance,
  ) {
    this.offset = c.between(-5000, 5000) + 1e9;
    this.driver = new Driver({
      now: () => world.now,
      serverAt: (local) => local + this.offset,
      wakeIn: (ms) => {
        this.cancelWake?.();
        this.cancelWake = world.after(ms, () => this.driver.tick());
      },
    });
    player.onDiscontinuity = () => this.driver.discontinuity();
    const beat = () => {
      this.driver.tick();
      world.after(100 + c.between(0, 6), beat);
    };
    world.after(c.between(0, 100), beat);
    const look = () => {
      if (this.timeline.phase === 'playing') this.errors.push(this.error());
      world.after(50, look);
    };
    look();
    this.driver.attach(player, 'sim');
  }

  get serverNow(): number {
    return this.world.now + this.offset;
  }

  /** How far the film really is behind, in ms. */
  error(): number {
    return (targetAt(this.timeline, this.serverNow) - this.player.truth) * 1000;
  }

  follow(over: Partial<Timeline>): void {
    this.timeline = { ...this.timeline, seq: this.timeline.seq + 1, duration: this.player.habits.duration, ...over };
    this.driver.follow(this.timeline);
  }
}
