/**
 * Simulated players with the measured behaviour of real ones (docs/SYNC.md). Starts and seeks take time with jitter,
 * and the position is unreliable after a start. A rate change with kept pitch loses a little, and every device's sound
 * clock has its own speed.
 */
import { FIREFOX_REST_RATE, firefoxRate } from '../../src/media/firefox-rate';
import type { Player } from '../../src/media/player';
import {
  type PlayerAbilities,
  ELEMENT_DEFAULTS,
  type PlayerReading,
  type ProgrammeTime,
} from '../../src/playback/controller-types';
import type { Random } from '../support/random';
import type { VirtualTime } from './virtual-time';

export interface DeviceProfile {
  abilities: PlayerAbilities;
  /** Time from play() to movement, after a seek and otherwise. */
  startAfterSeekMs: () => number;
  startResumedMs: () => number;
  seekMs: (farS: number) => number;
  /** Noise of a reading, and how long readings are nonsense after a start. */
  noiseMs: number;
  nonsenseMs: number;
  /** Height of the position's steps; 0: none. */
  stairMs: number;
  /** Age of the reported reading. */
  staleMs: () => number;
  /** Offered rates; null: any. */
  rates: number[] | null;
  engageLossMs: () => number;
  duration: number;
  /** Whether it treats rates as Firefox does. */
  firefox?: boolean;
}

export class SimPlayer implements Player {
  readonly view = null as never;
  readonly pictureInPicture = null;
  seeks = 0;
  starts = 0;
  rate = 1;
  private elementRate = 1;
  keepPitch = true;
  ducked = false;
  paused = true;
  /** The film's own speed: seconds of film per true second at rate 1. */
  pace = 1;
  /** How far the sound is ahead of the position: what Firefox drops on the way back to a rate of 1, until the next seek. */
  soundAheadMs = 0;
  /** Where it can seek to; other seeks end at the nearest edge, as in browsers. Null: anywhere. */
  seekable: { start: number; end: number }[] | null = null;
  /** The state of a broadcast; null for other films. */
  live: PlayerReading['live'] = null;
  programme: ProgrammeTime | null = null;
  /** Whether seeks never end. */
  hangs = false;
  /** Times during which the film played with ducked sound, ms. */
  readonly duckedSpans: { from: number; to: number }[] = [];
  private duckedSince: number | null = null;
  private moving = false;
  private seeking = false;
  private stalled = false;
  private seekedSinceStart = true;
  private movedAt = Number.NEGATIVE_INFINITY;
  private anchor = { position: 0, at: 0 };
  private cancel: (() => void) | null = null;
  private wait = 0;
  onDiscontinuity: () => void = () => undefined;

  constructor(
    private readonly world: VirtualTime,
    readonly profile: DeviceProfile,
    private readonly c: Random,
    private readonly localNow: () => number = () => world.now,
  ) {}

  /** True position of the film, s. */
  get truePosition(): number {
    return this.truePositionAt(this.world.now);
  }

  get isStanding(): boolean {
    return !this.moving;
  }

  get isStalled(): boolean {
    return this.stalled;
  }

  abilities(): PlayerAbilities {
    return this.profile.abilities;
  }

  measure(): PlayerReading {
    return {
      ready: true,
      canPlay: !this.seeking && !this.stalled,
      position: this.reportedPosition(),
      readAt: this.localNow(),
      paused: this.paused,
      seeking: this.seeking,
      stalled: this.stalled && !this.paused && !this.seeking,
      ended: !this.paused && this.truePosition >= this.profile.duration,
      rate: this.rate,
      duration: this.live === null ? this.profile.duration : 0,
      seekable: this.seekable,
      live: this.live,
      programme: this.programme,
    };
  }

  play(): void {
    if (!this.paused) return;
    this.starts++;
    this.paused = false;
    const { startAfterSeekMs, startResumedMs } = this.profile;
    this.wait = this.seekedSinceStart ? startAfterSeekMs() : startResumedMs();
    this.seekedSinceStart = false;
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
    this.soundAheadMs = 0;
    this.seekedSinceStart = true;
    this.anchor = { position: Math.min(Math.max(0, to), this.profile.duration), at: this.world.now };
    this.cancel?.();
    if (this.hangs) return;
    this.cancel = this.world.after(this.profile.seekMs(far), () => {
      this.seeking = false;
      this.stalled = false;
      if (!this.paused) this.moveIn(5);
      this.onDiscontinuity();
    });
  }

  setRate(rate: number, keepPitch: boolean): void {
    this.settle();
    const { rates, firefox } = this.profile;
    const next = firefox === true ? firefoxRate(rate, this.elementRate) : rates === null ? rate : nearest(rates, rate);
    // Whole samples a second.
    const isOne = (speed: number) => Math.trunc(48_000 / speed) === 48_000;
    if (firefox === true && isOne(next) && !isOne(this.elementRate)) this.soundAheadMs += 25;
    this.elementRate = next;
    if (keepPitch && this.rate === 1 && Math.abs(next - 1) > 0.001 && this.moving) {
      this.anchor.position -= this.profile.engageLossMs() / 1000;
    }
    this.rate = next === FIREFOX_REST_RATE ? 1 : next;
    this.keepPitch = keepPitch && next !== FIREFOX_REST_RATE;
  }

  duck(on: boolean): void {
    if (on && !this.ducked) this.duckedSince = this.world.now;
    if (!on && this.duckedSince !== null) this.duckedSpans.push({ from: this.duckedSince, to: this.world.now });
    if (!on) this.duckedSince = null;
    this.ducked = on;
  }

  setVolume(): void {}

  /** Returns the longest ducked time within any window, ms. */
  duckedMostMs(windowMs: number): number {
    const all =
      this.duckedSince === null ? this.duckedSpans : [...this.duckedSpans, { from: this.duckedSince, to: this.world.now }];
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
    return places.sort((a, b) => Math.abs(a - wanted) - Math.abs(b - wanted))[0] ?? this.truePosition;
  }

  bufferedTo(): number {
    return this.profile.duration;
  }

  destroy(): void {}

  /** Simulates missing data. */
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

  /** Simulates a sound device that opens late: the film stands, and the player does not say so. */
  freeze(ms: number): void {
    this.settle();
    this.moving = false;
    this.cancel = this.world.after(ms, () => {
      this.anchor.at = this.world.now;
      this.moving = !this.paused && !this.seeking;
    });
  }

  /** Simulates lost or repeated sound. */
  glitch(ms: number): void {
    this.settle();
    if (this.moving) this.anchor.position = Math.max(0, this.anchor.position + ms / 1000);
  }

  private truePositionAt(now: number): number {
    // With kept pitch, browsers ignore a rate this close to 1.
    const rate = this.keepPitch && Math.abs(this.rate - 1) <= 0.001 ? 1 : this.rate;
    const run = this.moving ? ((now - this.anchor.at) / 1000) * rate * this.pace : 0;
    return Math.min(this.profile.duration, this.anchor.position + run);
  }

  private reportedPosition(): number {
    const { noiseMs, nonsenseMs, stairMs, staleMs } = this.profile;
    if (!this.moving) return this.anchor.position;
    const now = this.world.now;
    if (now - this.movedAt < nonsenseMs) return Math.max(0, this.truePosition + this.c.between(-40, 20) / 1000);
    const read = this.truePositionAt(Math.max(this.anchor.at, now - staleMs()));
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
    this.anchor = { position: this.truePosition, at: this.world.now };
  }
}

/** Rounds towards 1, as documented for YouTube. */
function nearest(rates: number[], wanted: number): number {
  const fits = rates.filter((rate) => (wanted >= 1 ? rate >= 1 && rate <= wanted + 1e-9 : rate <= 1 && rate >= wanted - 1e-9));
  return wanted >= 1 ? Math.max(...fits) : Math.min(...fits);
}

const QUARTERS = [0.25, 0.5, 0.75, 1, 1.25, 1.5, 1.75, 2];
const TWENTIETHS = Array.from({ length: 36 }, (_, i) => Math.round((0.25 + i * 0.05) * 100) / 100);

/** Returns values around a random mean of the device, with jitter. */
function jittered(c: Random, low: number, high: number, jitter: number): () => number {
  const own = c.between(low, high);
  return () => Math.max(1, own + jitter * c.bell());
}

function file(c: Random): DeviceProfile {
  const near = jittered(c, 73, 156, 12);
  const far = jittered(c, 102, 259, 20);
  return {
    abilities: ELEMENT_DEFAULTS,
    startAfterSeekMs: jittered(c, 60, 88, 4),
    startResumedMs: jittered(c, 2, 12, 2),
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

function youtube(c: Random, rates: number[], quantum: number): DeviceProfile {
  return {
    ...file(c),
    abilities: { ...ELEMENT_DEFAULTS, quantum, deadBandMs: 15, engageLossMs: 0, settleMs: 600, seekGapMs: 4000, canDuck: false, startGuessMs: 300,
      resumeGuessMs: 120, seekGuessMs: 400 },
    startAfterSeekMs: jittered(c, 200, 350, 30),
    startResumedMs: jittered(c, 60, 200, 20),
    seekMs: jittered(c, 250, 450, 40),
    noiseMs: 4,
    nonsenseMs: 200,
    rates,
    engageLossMs: () => 0,
  }; // prettier-ignore
}

export const DEVICES: Record<string, (c: Random) => DeviceProfile> = {
  file,
  'file in stairs': (c) => ({
    ...file(c),
    abilities: { ...ELEMENT_DEFAULTS, engageLossMs: 0, deadBandMs: 12, staircase: true },
    stairMs: 40,
    engageLossMs: () => 0,
  }),
  'Firefox': (c) => ({
    ...file(c),
    abilities: { ...ELEMENT_DEFAULTS, engageLossMs: 0, deadBandMs: 12, staircase: true },
    stairMs: 40,
    engageLossMs: () => 0,
    firefox: true,
  }),
  'slow file': (c) => ({ ...file(c), startAfterSeekMs: jittered(c, 100, 200, 30), seekMs: jittered(c, 900, 1400, 120) }),
  'twentieths': (c) => youtube(c, TWENTIETHS, 0.05),
  'quarters': (c) => youtube(c, QUARTERS, 0.25),
  'no rates': (c) => youtube(c, [1], 0),
}; // prettier-ignore
