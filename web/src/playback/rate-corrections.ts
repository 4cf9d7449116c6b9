/**
 * Corrections by playback rate. `e` is the error in ms of film, positive when the player is behind. Rates are seconds
 * of film per second; `room` is the room's rate.
 */
import type { PlayerAbilities } from './controller-types';

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

/** Returns a fast, short correction for ducked sound: between a quarter and twice the rate. */
export function duckedSlew(e: number, room: number): Correction {
  const lastsMs = Math.max(SLEW_MIN_MS, e > 0 ? e / room : -e / (SLEW_SHARE_BACK * room));
  return { rate: room + e / lastsMs, keepPitch: room !== 1, lastsMs };
}

/**
 * Returns a correction with the sound on: 4 to 10 percent with the pitch kept, including what the browser loses when
 * that begins.
 */
export function burst(e: number, room: number, engageLossMs: number): Correction {
  const share = Math.min(BURST_SHARE_MAX, Math.max(BURST_SHARE_MIN, Math.abs(e) / BURST_SHARE_MS)) * room;
  const loss = room === 1 ? engageLossMs : 0;
  const work = e > 0 ? e + loss : Math.max(-e - loss, BURST_WORK_MIN_MS);
  return { rate: room + Math.sign(e) * share, keepPitch: true, lastsMs: work / share };
}

/**
 * Returns a correction in rate steps for a counted time; null when there are no steps, or the error is too small for
 * one.
 */
export function steppedCorrection(
  e: number,
  room: number,
  can: Pick<PlayerAbilities, 'quantum' | 'engageLossMs'>,
): Correction | null {
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
/** Within a quarter of a frame the correction stays below one cent. */
const GENTLE_BAND_MS = 4;
const GENTLE_BAND_STAIRS_MS = 12;
const GENTLE_MAX = 5.5e-4;
/** 4.8 cents: below what listeners tell apart in music. */
export const PLL_MAX = 0.0028;
/** Limit for smooth mode, where the loop has to correct everything. */
export const PLL_MAX_SMOOTH = 0.005;

/**
 * Phase-locked loop: an inaudible rate change in proportion to the error, plus an integral part for a constant
 * difference between the sound clock and the server's clock.
 */
export class Pll {
  /** Learned clock difference; kept across films. */
  private integral = 0;

  /**
   * Returns the share by which to play faster.
   * @param steady whether the last jump is long enough ago that a lasting error comes from the clocks
   */
  update(e: number, dtMs: number, staircase: boolean, steady: boolean, max: number): number {
    const tau = staircase ? TAU_STAIRS_MS : TAU_MS;
    if (steady && Math.abs(e) < (staircase ? INTEGRAL_BAND_STAIRS_MS : INTEGRAL_BAND_MS)) {
      this.integral = clamp(this.integral + (e * dtMs) / (tau * INTEGRAL_TAU_MS), INTEGRAL_MAX);
    }
    const gentle = Math.abs(e) < (staircase ? GENTLE_BAND_STAIRS_MS : GENTLE_BAND_MS);
    return clamp(this.integral + clamp(e / tau, gentle ? GENTLE_MAX : max), max);
  }
}

function clamp(value: number, size: number): number {
  return Math.min(size, Math.max(-size, value));
}
