/**
 * Corrects the error of a playing player: nothing, a nudge, a burst, a ducked slew, a seek, or a chase at a higher
 * rate.
 */
import {
  AHEAD_WAIT_MAX_MS,
  ControllerState,
  HARD_SEEK_MS,
  NUDGE_MAX_MS,
  QUIET_AFTER_SLEW_MS,
  READ_EVERY_MS,
  UNDUCK_AFTER_MS,
} from './controller-state';
import { type Correction, PLL_MAX, PLL_MAX_SMOOTH, burst, steppedCorrection, duckedSlew } from './rate-corrections';
import type { PlayerAbilities, Target, PlayerReading } from './controller-types';
import type { Obstacle } from './seek-attempts';
import { Settling } from './settling';

const SLEWS_MAX = 3;
/** Even this error is worth a slew while the sound is ducked anyway. */
const SLEW_DUCKED_MS = 2.5;
const PLL_EVERY_MS = 1000;
const STEADY_AFTER_MS = 3000;
const STUCK_RATE = 0.006;
const STUCK_MS = 25_000;
const COARSE_SEEK_MS = 150;
/** Share of the slack of seeks that is added: the coarser a seek, the longer it is put off. */
const COARSE_SEEK_SLACK_SHARE = 0.125;
/** Minimum time between corrections of a player without rates, before a seek and before a pause. */
const COARSE_SEEK_GAP_MS = 10_000;
const PAUSE_GAP_MS = 4000;
/** Reserve of a seek that is to end ahead of the film. */
const SEEK_AHEAD_MS = 50;
/** Rate increase of a player that cannot seek, where the pitch can be kept. */
const CHASE_SHARE = 0.1;

/** Returns the lateness from which a player that has one rate seeks, ms. */
export function coarseSeekMs(can: PlayerAbilities): number {
  return COARSE_SEEK_MS + can.seekSlackMs * COARSE_SEEK_SLACK_SHARE;
}

/** Returns the lateness that a player keeps rather than seek, because its seeks may end early, ms. */
export function lateAllowedMs(can: PlayerAbilities): number {
  return can.seekSlackMs > 0 ? coarseSeekMs(can) : 0;
}

export abstract class Corrections extends ControllerState {
  /** When a player without rates was last paused to wait for the film. */
  private pausedAt = Number.NEGATIVE_INFINITY;

  protected correctError(now: number, e: number, target: Target, reading: PlayerReading, can: PlayerAbilities): number | null {
    const size = Math.abs(e);
    const pauseHelps = can.quantum === 0 && e < 0 && size <= AHEAD_WAIT_MAX_MS + can.seekSlackMs && this.mode === 'tight';
    if (size > HARD_SEEK_MS && !pauseHelps) return this.correctLargeError(now, e, target, reading, can);
    this.seekAttempts.clear();
    if (this.chaseRate !== null) return this.endChase(target);
    if (can.quantum !== null) return this.correctWithRateSteps(now, e, target, reading, can);
    const slew = this.duckedSlewFor(now, e, target, can);
    if (slew !== null) {
      this.slews++;
      this.duck(now);
      return this.beginCorrection(now, 'slew', slew);
    }
    this.unduckWhenDue(now);
    if (this.mode === 'tight' && size > NUDGE_MAX_MS && can.keepsPitch) {
      // A burst is played with the sound on; otherwise repeated bursts would keep the film silent.
      this.unduck(now);
      return this.beginCorrection(now, 'burst', burst(e, target.rate, can.engageLossMs));
    }
    return this.nudge(now, target, reading, this.mode === 'smooth' || size > NUDGE_MAX_MS);
  }

  /** Returns a ducked slew shortly after a discontinuity, when ducking is allowed. */
  private duckedSlewFor(now: number, e: number, target: Target, can: PlayerAbilities): Correction | null {
    const { ducking } = this;
    const worthIt = ducking.on && !this.readings.staircase ? Math.min(SLEW_DUCKED_MS, can.deadBandMs) : can.deadBandMs;
    if (this.mode !== 'tight' || !can.canDuck || Math.abs(e) < worthIt) return null;
    if (!this.isNearDiscontinuity(now) || this.slews >= SLEWS_MAX) return null;
    const slew = duckedSlew(e, target.rate);
    return ducking.allows(now, slew.lastsMs + QUIET_AFTER_SLEW_MS + UNDUCK_AFTER_MS) ? slew : null;
  }

  private correctLargeError(now: number, e: number, target: Target, reading: PlayerReading, can: PlayerAbilities): number | null {
    const obstacle = this.seekAttempts.obstacleTo(reading, target.at(now + this.costs.of('seek')));
    if (obstacle !== null) return this.chase(now, e, target, reading, can, obstacle);
    this.seekAttempts.clearServerObstacle();
    return this.seekToCatchUp(now, target, reading, can);
  }

  /** Follows the timeline without seeking: pauses when ahead, plays faster when behind. */
  private chase(
    now: number,
    e: number,
    target: Target,
    reading: PlayerReading,
    can: PlayerAbilities,
    obstacle: Obstacle,
  ): number | null {
    this.seekAttempts.setObstacle(now, obstacle);
    this.inFlight = null;
    this.unduck(now);
    if (e < 0) {
      this.restore(now, target, reading);
      this.actions.push({ kind: 'pause' });
      return READ_EVERY_MS;
    }
    const share = this.mode === 'tight' && can.keepsPitch ? CHASE_SHARE : PLL_MAX_SMOOTH;
    const rate = can.quantum === null ? target.rate * (1 + share) : target.rate + can.quantum;
    if (this.chaseRate !== rate) this.setRate(rate, true);
    this.chaseRate = rate;
    return null;
  }

  private endChase(target: Target): number {
    this.chaseRate = null;
    this.readings.clear();
    this.setRate(target.rate, true);
    return READ_EVERY_MS;
  }

  private seekToCatchUp(now: number, target: Target, reading: PlayerReading, can: PlayerAbilities): number | null {
    if (!this.seekAttempts.mayCorrect(now, can.seekGapMs)) return null;
    this.restore(now, target, reading);
    this.seeks++;
    const leadMs = this.seekLeadMs(can);
    const to = this.aimAt(target.at(now + this.costs.of('seek') + leadMs));
    // The end of a seek that may be early says nothing about its duration.
    const costSample = can.seekSlackMs > 0 ? null : { kind: 'seek' as const, foreseenMs: -leadMs };
    this.settling = new Settling(now, to, costSample);
    return this.seek(now, to);
  }

  /**
   * Returns by how much a seek is to end ahead of the film. A player without rates gets from there to its position by a
   * pause, but never from behind.
   */
  private seekLeadMs(can: PlayerAbilities): number {
    if (can.quantum !== 0 || this.mode !== 'tight') return 0;
    return SEEK_AHEAD_MS + 2 * this.costs.deviation('seek') + this.costs.of('startResumed');
  }

  /** Corrects a player whose rates come in steps. */
  private correctWithRateSteps(
    now: number,
    e: number,
    target: Target,
    reading: PlayerReading,
    can: PlayerAbilities,
  ): number | null {
    this.unduckWhenDue(now);
    if (can.quantum === 0) return this.correctWithoutRates(now, e, target, reading, can);
    if (reading.rate !== target.rate) {
      this.setRate(target.rate, true);
      return null;
    }
    if (Math.abs(e) <= can.deadBandMs || this.mode !== 'tight') return null;
    const correction = steppedCorrection(e, target.rate, can);
    return correction === null ? null : this.beginCorrection(now, 'burst', correction);
  }

  /** Corrects a player that has one rate: it pauses until the film arrives, or seeks ahead of the film. Both rarely. */
  private correctWithoutRates(
    now: number,
    e: number,
    target: Target,
    reading: PlayerReading,
    can: PlayerAbilities,
  ): number | null {
    const size = Math.abs(e);
    if (this.mode !== 'tight' || size <= can.deadBandMs) return null;
    const { lastSeekAt } = this.seekAttempts;
    if (e < 0) {
      // A seek ends ahead of the film on purpose. A shorter pause than a start takes would leave the player behind.
      const mayPause = lastSeekAt > this.pausedAt || now - this.pausedAt > PAUSE_GAP_MS;
      if (!mayPause || size < this.costs.of('startResumed')) return null;
      this.pausedAt = now;
      this.restore(now, target, reading);
      this.actions.push({ kind: 'pause' });
      return READ_EVERY_MS;
    }
    if (size <= coarseSeekMs(can) || now - Math.max(lastSeekAt, this.pausedAt) <= COARSE_SEEK_GAP_MS) return null;
    return this.correctLargeError(now, e, target, reading, can);
  }

  private nudge(now: number, target: Target, reading: PlayerReading, alone: boolean): number | null {
    const bent = Math.abs(reading.rate / target.rate - 1) > STUCK_RATE;
    this.bentSince = bent ? (this.bentSince ?? now) : null;
    const since = now - this.pllAt;
    if (since < PLL_EVERY_MS - 10) {
      if (this.bentSince !== null && now - this.bentSince > STUCK_MS) return this.restore(now, target, reading);
      return null;
    }
    const calm = this.readings.calm();
    if (calm === null) return null;
    this.pllAt = now;
    const steady = now - this.jumpedAt > STEADY_AFTER_MS && since < 3 * PLL_EVERY_MS;
    const max = alone ? PLL_MAX_SMOOTH : PLL_MAX;
    const share = this.pll.update(calm, Math.min(since, PLL_EVERY_MS), this.readings.staircase, steady, max);
    const rate = target.rate * (1 + share);
    if (Math.abs(rate - reading.rate) > 1e-6) this.setRate(rate, target.rate !== 1);
    return null;
  }
}
