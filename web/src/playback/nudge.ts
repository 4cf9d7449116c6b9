/**
 * Corrections by rate, as plain arithmetic. `e` is the error in ms of film, positive when the player is behind; rates are seconds of
 * film per second, `room` being the room's own.
 */
import type { Abilities } from './orders';

export interface Correction {
  rate: number;
  keepPitch: boolean;
  lastsMs: number;
}

const SLEW_MIN_MS = 200;
const SLEW_SHARE_BACK = 0.75;
const BURST_SHARE_MIN = 0.04;
const BURST_SHARE_MAX = 0.1;
const BURST_SHARE_MS = 1500;
const BURST_WORK_MIN_MS = 5;
const COARSE_LASTS_MIN_MS = 80;
const COARSE_LASTS_AIM_MS = 2500;
const COARSE_RATE_MAX = 2;
const COARSE_RATE_MIN = 0.5;

/** Fast and short, while the sound is turned down: at most twice as fast, at least a quarter as fast. */
export function duckedSlew(e: number, room: number): Correction {
  const lastsMs = Math.max(SLEW_MIN_MS, e > 0 ? e / room : -e / (SLEW_SHARE_BACK * room));
  return { rate: room + e / lastsMs, keepPitch: room !== 1, lastsMs };
}

/** With the sound on: 4 to 10 percent with the pitch kept. What the browser loses when that begins is reckoned in. */
export function burst(e: number, room: number, engageLossMs: number): Correction {
  const share = Math.min(BURST_SHARE_MAX, Math.max(BURST_SHARE_MIN, Math.abs(e) / BURST_SHARE_MS)) * room;
  const loss = room === 1 ? engageLossMs : 0;
  const work = e > 0 ? e + loss : Math.max(-e - loss, BURST_WORK_MIN_MS);
  return { rate: room + Math.sign(e) * share, keepPitch: true, lastsMs: work / share };
}

/** A player with steps in its rates: so many steps for a counted time. Null when it has none, or the error is too small for one. */
export function coarse(e: number, room: number, can: Pick<Abilities, 'quantum' | 'engageLossMs'>): Correction | null {
  const step = can.quantum;
  if (step === null || step <= 0) return null;
  const count = Math.max(1, Math.round(Math.abs(e) / (step * COARSE_LASTS_AIM_MS)));
  const rate = Math.min(COARSE_RATE_MAX, Math.max(COARSE_RATE_MIN, room + Math.sign(e) * count * step));
  const share = Math.abs(rate - room);
  const work = e > 0 ? e + can.engageLossMs : -e - can.engageLossMs;
  if (share === 0 || work / share < COARSE_LASTS_MIN_MS) return null;
  return { rate, keepPitch: true, lastsMs: work / share };
}

const TAU_MS = 2500;
const TAU_STAIRS_MS = 5000;
const INTEGRAL_TAU_MS = 20_000;
const INTEGRAL_MAX = 3e-4;
const INTEGRAL_BAND_MS = 6;
const INTEGRAL_BAND_STAIRS_MS = 15;
/** Within a quarter of a frame there is no haste: less than one cent. */
const GENTLE_BAND_MS = 4;
const GENTLE_BAND_STAIRS_MS = 12;
const GENTLE_MAX = 5.5e-4;
/** 4.8 cents: below what listeners tell apart in music. */
export const PLL_MAX = 0.0028;
/** For people who would rather hear nothing at all than be in step at once: it has to do everything there. */
export const PLL_MAX_ALONE = 0.005;

/**
 * The phase-locked loop: a rate that nobody hears, in proportion to the error, plus what a constant difference between this device's
 * sound clock and the server's needs.
 */
export class Pll {
  /** What the device's clock is off by, as learned; it outlives every film. */
  private integral = 0;

  /** The share by which to run faster. `steady`: long enough since the last jump that a lasting error is a clock's. */
  step(e: number, dtMs: number, stairs: boolean, steady: boolean, max: number): number {
    const tau = stairs ? TAU_STAIRS_MS : TAU_MS;
    if (steady && Math.abs(e) < (stairs ? INTEGRAL_BAND_STAIRS_MS : INTEGRAL_BAND_MS)) {
      this.integral = clamp(this.integral + (e * dtMs) / (tau * INTEGRAL_TAU_MS), INTEGRAL_MAX);
    }
    const gentle = Math.abs(e) < (stairs ? GENTLE_BAND_STAIRS_MS : GENTLE_BAND_MS);
    return clamp(this.integral + clamp(e / tau, gentle ? GENTLE_MAX : max), max);
  }

  /** What to run at while nothing is known of the error. */
  get idle(): number {
    return this.integral;
  }
}

function clamp(value: number, size: number): number {
  return Math.min(size, Math.max(-size, value));
}
