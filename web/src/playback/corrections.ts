/** What is done about the error of a running player: nothing, a nudge, a burst, a slew with the sound down, a seek, or a run after the film. */
import {
  ControllerState,
  HARD_SEEK_MS,
  NUDGE_MAX_MS,
  QUIET_AFTER_SLEW_MS,
  READ_EVERY_MS,
  UNDUCK_AFTER_MS,
} from './controller-state';
import { type Correction, PLL_MAX, PLL_MAX_ALONE, burst, coarse, duckedSlew } from './nudge';
import type { Abilities, Goal, Measured } from './orders';
import type { Obstacle } from './reach';
import { Settling } from './settling';

const SLEWS_MAX = 3;
/** While the sound is down anyway, even this is worth a slew: the less is left for the time when it can be heard. */
const SLEW_DUCKED_MS = 2.5;
const PLL_EVERY_MS = 1000;
const STEADY_AFTER_MS = 3000;
const STUCK_RATE = 0.006;
const STUCK_MS = 25_000;
const COARSE_SEEK_MS = 150;
const COARSE_SEEK_GAP_MS = 10_000;
/** A player that cannot jump runs after the film by so much faster, where that keeps the pitch. */
const TRAIL_SHARE = 0.1;

export abstract class Corrections extends ControllerState {
  protected answer(now: number, e: number, goal: Goal, seen: Measured, can: Abilities): number | null {
    const size = Math.abs(e);
    if (size > HARD_SEEK_MS) return this.farOff(now, e, goal, seen, can);
    this.reach.clear();
    if (this.trailRate !== null) return this.endTrail(goal);
    if (can.quantum !== null) return this.step(now, e, goal, seen, can);
    const slew = this.slewFor(now, e, goal, can);
    if (slew !== null) {
      this.slews++;
      this.duck(now);
      return this.fly(now, 'slew', slew);
    }
    this.unduckWhenDue(now);
    if (this.mode === 'tight' && size > NUDGE_MAX_MS && can.keepsPitch) {
      // A burst runs with the sound on. Were it left down, bursts in a row would keep a film silent.
      this.unduck(now);
      return this.fly(now, 'burst', burst(e, goal.rate, can.engageLossMs));
    }
    return this.nudge(now, goal, seen, this.mode === 'smooth' || size > NUDGE_MAX_MS);
  }

  /** The short way back just after a jump, where the sound may be turned down for it. */
  private slewFor(now: number, e: number, goal: Goal, can: Abilities): Correction | null {
    const { ducking } = this;
    const worthIt = ducking.on && !this.reads.stairs ? Math.min(SLEW_DUCKED_MS, can.deadBandMs) : can.deadBandMs;
    if (this.mode !== 'tight' || !can.canDuck || Math.abs(e) < worthIt) return null;
    if (!this.isFresh(now) || this.slews >= SLEWS_MAX) return null;
    const slew = duckedSlew(e, goal.rate);
    return ducking.allows(now, slew.lastsMs + QUIET_AFTER_SLEW_MS + UNDUCK_AFTER_MS) ? slew : null;
  }

  private farOff(now: number, e: number, goal: Goal, seen: Measured, can: Abilities): number | null {
    const obstacle = this.reach.obstacleTo(seen, goal.at(now + this.costs.of('seek')));
    if (obstacle !== null) return this.trail(now, e, goal, seen, can, obstacle);
    this.reach.opened();
    return this.catchUp(now, goal, seen, can);
  }

  /** It cannot jump: ahead it waits for the film to come by, behind it runs after it. */
  private trail(now: number, e: number, goal: Goal, seen: Measured, can: Abilities, obstacle: Obstacle): number | null {
    this.reach.blocked(now, obstacle);
    this.inFlight = null;
    this.unduck(now);
    if (e < 0) {
      this.restore(now, goal, seen);
      this.acts.push({ kind: 'pause' });
      return READ_EVERY_MS;
    }
    const share = this.mode === 'tight' && can.keepsPitch ? TRAIL_SHARE : PLL_MAX_ALONE;
    const rate = can.quantum === null ? goal.rate * (1 + share) : goal.rate + can.quantum;
    if (this.trailRate !== rate) this.setRate(rate, true);
    this.trailRate = rate;
    return null;
  }

  private endTrail(goal: Goal): number {
    this.trailRate = null;
    this.reads.clear();
    this.setRate(goal.rate, true);
    return READ_EVERY_MS;
  }

  private catchUp(now: number, goal: Goal, seen: Measured, can: Abilities): number | null {
    if (!this.reach.mayCatchUp(now, can.seekGapMs)) return null;
    this.restore(now, goal, seen);
    this.seeks++;
    const to = goal.at(now + this.costs.of('seek'));
    this.settling = new Settling(now, to, { kind: 'seek', foreseenMs: 0 });
    return this.seek(now, to);
  }

  /** A player with steps in its rates. Without any: seldom seeks. */
  private step(now: number, e: number, goal: Goal, seen: Measured, can: Abilities): number | null {
    this.unduckWhenDue(now);
    if (seen.rate !== goal.rate) {
      this.setRate(goal.rate, true);
      return null;
    }
    if (Math.abs(e) <= can.deadBandMs || this.mode !== 'tight') return null;
    const correction = coarse(e, goal.rate, can);
    if (correction !== null) return this.fly(now, 'burst', correction);
    if (can.quantum === 0 && Math.abs(e) > COARSE_SEEK_MS && now - this.reach.lastSeekAt > COARSE_SEEK_GAP_MS) {
      return this.farOff(now, e, goal, seen, can);
    }
    return null;
  }

  private nudge(now: number, goal: Goal, seen: Measured, alone: boolean): number | null {
    const bent = Math.abs(seen.rate / goal.rate - 1) > STUCK_RATE;
    this.bentSince = bent ? (this.bentSince ?? now) : null;
    const since = now - this.pllAt;
    if (since < PLL_EVERY_MS - 10) {
      if (this.bentSince !== null && now - this.bentSince > STUCK_MS) return this.restore(now, goal, seen);
      return null;
    }
    const calm = this.reads.calm();
    if (calm === null) return null;
    this.pllAt = now;
    const steady = now - this.jumpedAt > STEADY_AFTER_MS && since < 3 * PLL_EVERY_MS;
    const max = alone ? PLL_MAX_ALONE : PLL_MAX;
    const share = this.pll.step(calm, Math.min(since, PLL_EVERY_MS), this.reads.stairs, steady, max);
    const rate = goal.rate * (1 + share);
    if (Math.abs(rate - seen.rate) > 1e-6) this.setRate(rate, goal.rate !== 1);
    return null;
  }
}
