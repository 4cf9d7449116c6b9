/**
 * Players that take their time for everything, after what real ones were measured to do (docs/SYNC.md): a start and a seek cost what
 * they cost on that device, give or take; the position says nothing just after a start; a change of rate with kept pitch loses a
 * little; every device's sound clock runs at its own pace.
 */
import type { Player } from '../../src/media/player';
import { type Abilities, EXACT, type Measured } from '../../src/playback/orders';
import type { Chance } from '../support/random';
import type { World } from './world';

export interface Habits {
  abilities: Abilities;
  /** From play() to moving, after a seek and else. */
  startAfterSeekMs: () => number;
  startResumedMs: () => number;
  seekMs: (farS: number) => number;
  /** How far a reading may be off, and for how long after a start it is nonsense. */
  noiseMs: number;
  nonsenseMs: number;
  /** Height of the steps the position is told in; 0: none. */
  stairMs: number;
  /** Age of the reading that is told. */
  staleMs: () => number;
  /** Rates on offer; null: any. */
  rates: number[] | null;
  engageLossMs: () => number;
  duration: number;
}

export class SimPlayer implements Player {
  readonly view = null as never;
  readonly captions = { available: false, on: false };
  readonly pictureInPicture = null;
  seeks = 0;
  starts = 0;
  rate = 1;
  keepPitch = true;
  ducked = false;
  paused = true;
  /** The film's own pace: seconds of film per true second at rate 1. */
  pace = 1;
  /** Where it can be sent to; what lies outside leads to the nearest end, as browsers do. Null: everywhere. */
  seekable: { start: number; end: number }[] | null = null;
  /** Seeks that never end. */
  hangs = false;
  /** Stretches of time in which the film moved with its sound down, ms. */
  readonly lowered: { from: number; to: number }[] = [];
  private loweredSince: number | null = null;
  private moving = false;
  private seeking = false;
  private stalled = false;
  private sought = true;
  private movedAt = Number.NEGATIVE_INFINITY;
  private anchor = { position: 0, at: 0 };
  private cancel: (() => void) | null = null;
  private wait = 0;
  onDiscontinuity: () => void = () => undefined;

  constructor(
    private readonly world: World,
    readonly habits: Habits,
    private readonly c: Chance,
    private readonly localNow: () => number = () => world.now,
  ) {}

  /** Where the film really is, s. */
  get truth(): number {
    return this.truthAt(this.world.now);
  }

  get standsStill(): boolean {
    return !this.moving;
  }

  get isStalled(): boolean {
    return this.stalled;
  }

  abilities(): Abilities {
    return this.habits.abilities;
  }

  measure(): Measured {
    return {
      ready: true,
      canPlay: !this.seeking && !this.stalled,
      position: this.told(),
      readAt: this.localNow(),
      paused: this.paused,
      seeking: this.seeking,
      stalled: this.stalled && !this.paused && !this.seeking,
      ended: !this.paused && this.truth >= this.habits.duration,
      rate: this.rate,
      duration: this.habits.duration,
      seekable: this.seekable,
      live: null,
    };
  }

  play(): void {
    if (!this.paused) return;
    this.starts++;
    this.paused = false;
    const { startAfterSeekMs, startResumedMs } = this.habits;
    this.wait = this.sought ? startAfterSeekMs() : startResumedMs();
    this.sought = false;
    if (!this.seeking && !this.stalled) this.moveIn(this.wait);
  }

  pause(): void {
    this.settle();
    this.paused = true;
    this.moving = false;
    if (!this.seeking && !this.stalled) this.cancel?.();
  }

  seek(wanted: number): void {
    this.seeks++;
    const to = this.nearest(wanted);
    this.settle();
    const far = Math.abs(to - this.anchor.position);
    this.moving = false;
    this.seeking = true;
    this.sought = true;
    this.anchor = { position: Math.min(Math.max(0, to), this.habits.duration), at: this.world.now };
    this.cancel?.();
    if (this.hangs) return;
    this.cancel = this.world.after(this.habits.seekMs(far), () => {
      this.seeking = false;
      this.stalled = false;
      if (!this.paused) this.moveIn(5);
      this.onDiscontinuity();
    });
  }

  setRate(rate: number, keepPitch: boolean): void {
    this.settle();
    const { rates } = this.habits;
    const next = rates === null ? rate : nearest(rates, rate);
    if (keepPitch && this.rate === 1 && Math.abs(next - 1) > 0.001 && this.moving) {
      this.anchor.position -= this.habits.engageLossMs() / 1000;
    }
    this.rate = next;
    this.keepPitch = keepPitch;
  }

  duck(on: boolean): void {
    if (on && !this.ducked) this.loweredSince = this.world.now;
    if (!on && this.loweredSince !== null) this.lowered.push({ from: this.loweredSince, to: this.world.now });
    if (!on) this.loweredSince = null;
    this.ducked = on;
  }

  setVolume(): void {}

  /** The most that the sound was down within any stretch of so long, ms. */
  loweredMost(windowMs: number): number {
    const all = this.loweredSince === null ? this.lowered : [...this.lowered, { from: this.loweredSince, to: this.world.now }];
    let most = 0;
    for (const { to: end } of all) {
      let sum = 0;
      for (const { from, to } of all) sum += Math.max(0, Math.min(to, end) - Math.max(from, end - windowMs));
      most = Math.max(most, sum);
    }
    return most;
  }

  private nearest(wanted: number): number {
    if (this.seekable === null) return wanted;
    const places = this.seekable.map(({ start, end }) => Math.min(end, Math.max(start, wanted)));
    return places.sort((a, b) => Math.abs(a - wanted) - Math.abs(b - wanted))[0] ?? this.truth;
  }

  bufferedTo(): number {
    return this.habits.duration;
  }

  showCaptions(): void {}
  liftCaptions(): void {}
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

  /** The sound device lost or repeated a little. */
  glitch(ms: number): void {
    this.settle();
    if (this.moving) this.anchor.position = Math.max(0, this.anchor.position + ms / 1000);
  }

  private truthAt(now: number): number {
    // With kept pitch a rate this close to 1 is ignored by the browser.
    const rate = this.keepPitch && Math.abs(this.rate - 1) <= 0.001 ? 1 : this.rate;
    const run = this.moving ? ((now - this.anchor.at) / 1000) * rate * this.pace : 0;
    return Math.min(this.habits.duration, this.anchor.position + run);
  }

  private told(): number {
    const { noiseMs, nonsenseMs, stairMs, staleMs } = this.habits;
    if (!this.moving) return this.anchor.position;
    const now = this.world.now;
    if (now - this.movedAt < nonsenseMs) return Math.max(0, this.truth + this.c.between(-40, 20) / 1000);
    const read = this.truthAt(Math.max(this.anchor.at, now - staleMs()));
    if (stairMs > 0) return (Math.floor((read * 1000) / stairMs) * stairMs) / 1000;
    return read + (this.c.between(-1, 1) * noiseMs) / 1000;
  }

  private moveIn(ms: number): void {
    this.cancel?.();
    this.cancel = this.world.after(ms, () => {
      if (this.paused || this.seeking) return;
      this.anchor.at = this.world.now;
      this.moving = true;
      this.movedAt = this.world.now;
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

const QUARTERS = [0.25, 0.5, 0.75, 1, 1.25, 1.5, 1.75, 2];
const TWENTIETHS = Array.from({ length: 36 }, (_, i) => Math.round((0.25 + i * 0.05) * 100) / 100);

/** A value of the device's own, and a little chance each time. */
function about(c: Chance, low: number, high: number, jitter: number): () => number {
  const own = c.between(low, high);
  return () => Math.max(1, own + jitter * c.bell());
}

function file(c: Chance): Habits {
  const near = about(c, 73, 156, 12);
  const far = about(c, 102, 259, 20);
  return {
    abilities: EXACT,
    startAfterSeekMs: about(c, 60, 88, 4),
    startResumedMs: about(c, 2, 12, 2),
    seekMs: (s) => (s < 30 ? near() : far()),
    noiseMs: 0.3,
    nonsenseMs: 75,
    stairMs: 0,
    staleMs: () => 0,
    rates: null,
    engageLossMs: () => 22 + 2 * c.bell(),
    duration: 3600,
  };
}

function youtube(c: Chance, rates: number[], quantum: number): Habits {
  return {
    ...file(c),
    abilities: { ...EXACT, quantum, deadBandMs: 15, engageLossMs: 0, settleMs: 600, seekGapMs: 4000, canDuck: false, startGuessMs: 300,
      resumeGuessMs: 120, seekGuessMs: 400 },
    startAfterSeekMs: about(c, 200, 350, 30),
    startResumedMs: about(c, 60, 200, 20),
    seekMs: about(c, 250, 450, 40),
    noiseMs: 4,
    nonsenseMs: 200,
    rates,
    engageLossMs: () => 0,
  }; // prettier-ignore
}

export const DEVICES: Record<string, (c: Chance) => Habits> = {
  file,
  'file in stairs': (c) => ({
    ...file(c),
    abilities: { ...EXACT, engageLossMs: 0, deadBandMs: 12, stairs: true },
    stairMs: 40,
    engageLossMs: () => 0,
  }),
  'slow file': (c) => ({ ...file(c), startAfterSeekMs: about(c, 100, 200, 30), seekMs: about(c, 900, 1400, 120) }),
  'twentieths': (c) => youtube(c, TWENTIETHS, 0.05),
  'quarters': (c) => youtube(c, QUARTERS, 0.25),
  'no rates': (c) => youtube(c, [1], 0),
}; // prettier-ignore
