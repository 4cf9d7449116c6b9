/**
 * Decides what a player has to do to be where the timeline says: wait, start, stop, seek or run a little faster or slower
 * (docs/SYNC.md, section 5).
 *
 * Pure: local time, the target and what was measured come in, one order comes out. `e = target - position` in milliseconds,
 * positive when the player is behind. One correction is in flight at any time, and every new state first restores rate and volume.
 */
import { Calibration } from './calibration';
import { HARD_SEEK_MS, READ_EVERY_MS } from './controller-state';
import { Corrections } from './corrections';
import type { Costs } from './costs';
import type { Abilities, Act, Goal, Measured, Order } from './orders';
import type { Obstacle } from './reach';
import { Settling } from './settling';

export type { Mode } from './controller-state';

/** Less than a frame of a film: a seek would cost more than it mends, and the next start makes it good. */
const PAUSED_TOLERANCE_MS = 38;
const PAUSED_TRIES = 3;
const PAUSED_RETRY_MS = 250;
const REDIRECT_S = 0.3;
/** A start this exact needs no timer. */
const START_NOW_MS = 3;
/** So late a common start may be called without a seek first, and so much time a seek before one is given to spare. */
const START_SLACK_MS = 60;
/** Ahead by no more than this, a player just starts later than the others: a seek would take as long. */
const AHEAD_SLACK_MS = 150;
/** Later than this, a seek to where the film will be is quicker than to run after it. */
const LATE_MAX_MS = 250;
const AHEAD_WAIT_MAX_MS = 1500;
/** A start that may miss by more than this begins with the sound down. */
const UNSURE_MS = 8;
const LESSON_MAX_MS = 300;
const END_S = 0.15;
/** What a start with the sound down takes until its error is known. */
const START_DUCKED_MS = 500;

export class Controller extends Corrections {
  /** Whether the lobby may be used to find out what a start costs. */
  mayCalibrate = false;
  private readonly calibration: Calibration;

  constructor(costs: Costs) {
    super(costs);
    this.calibration = new Calibration(costs);
  }

  /** Another film: its measurements say nothing; the costs are the device's and stay. */
  reset(): void {
    this.motion = '';
    this.forget();
    this.reach.reset();
    this.liveEdge.reset();
    this.startKind = 'startAfterSeek';
    this.wasStalled = false;
    this.stairs.clear();
  }

  /** The player stood still, jumped or was moved: what was read before says nothing now. */
  discontinuity(now: number, position: number): void {
    this.reads.clear();
    this.stairs.clear();
    this.fresh(now);
    if (this.inFlight === null && this.settling === null && this.reach.awaited === null) {
      this.settling = new Settling(now, position, null);
    }
  }

  /** Whether a correction that is more than a nudge is under way. */
  get correcting(): boolean {
    return this.inFlight !== null || this.settling !== null || this.reach.awaited !== null;
  }

  /** Why the player cannot follow the film; null while it can, or while that is not sure yet. */
  stuck(now: number): Obstacle | null {
    return this.reach.stuck(now);
  }

  decide(now: number, goal: Goal, seen: Measured, can: Abilities): Order {
    this.acts = [];
    this.reads.stairs ||= can.stairs;
    let is = seen;
    if (this.ducking.overdue(now)) this.soundBack(now, goal, seen);
    if (goal.key !== this.motion) is = this.newMotion(now, goal, seen);
    const wakeInMs = this.next(now, goal, is, can);
    return { acts: this.acts, wakeInMs };
  }

  private next(now: number, goal: Goal, seen: Measured, can: Abilities): number | null {
    if (!seen.ready) return null;
    if (seen.live !== null) return this.live(now, goal, seen);
    if (seen.seeking) return this.awaitSeek(now, goal, seen);
    this.redirect = false;
    const { awaited } = this.reach;
    this.reach.arrived();
    if (awaited !== null) this.seekArrived(now, seen, awaited.since);
    return goal.playing ? this.run(now, goal, seen, can) : this.hold(now, goal, seen, can);
  }

  /** First of all: nothing of what was under way may outlive the state it was meant for. */
  private newMotion(now: number, goal: Goal, seen: Measured): Measured {
    this.motion = goal.key;
    this.redirect = seen.seeking;
    this.calibration.abort();
    this.forget();
    this.reach.newCommand();
    this.unduck(now);
    if (seen.rate !== goal.rate) this.setRate(goal.rate, true);
    return { ...seen, rate: goal.rate };
  }

  private forget(): void {
    this.reads.clear();
    this.settling = null;
    this.inFlight = null;
    this.quietUntil = 0;
    this.slews = 0;
    this.freshAt = Number.NEGATIVE_INFINITY;
    this.pllAt = Number.NEGATIVE_INFINITY;
    this.bentSince = null;
    this.pausedTries = 0;
    this.trailRate = null;
    this.error = null;
  }

  private live(now: number, goal: Goal, seen: Measured): number | null {
    this.error = null;
    this.settling = null;
    this.inFlight = null;
    this.unduck(now);
    const order = this.liveEdge.decide(now, goal, seen);
    this.acts.push(...order.acts);
    return order.wakeInMs;
  }

  private awaitSeek(now: number, goal: Goal, seen: Measured): number | null {
    const { reach } = this;
    this.reads.clear();
    const to = goal.playing ? this.startPlace(now, goal) : goal.at(now);
    const { redirect } = this;
    this.redirect = false;
    if (redirect && (reach.awaited === null || Math.abs(reach.awaited.to - to) > REDIRECT_S)) {
      if (reach.obstacleTo(seen, to) === null) return this.seek(now, to);
    }
    const again = reach.seeking(now) === 'again' && reach.obstacleTo(seen, to) === null;
    if (again) return this.seek(now, to);
    return reach.awaited === null ? null : READ_EVERY_MS;
  }

  private seekArrived(now: number, seen: Measured, since: number): void {
    // How long a paused seek takes is plain to see; one while playing is learned from the error it leaves.
    if (seen.paused) this.costs.learn('seek', now - since - this.costs.of('seek'));
    this.reads.clear();
    this.fresh(now);
  }

  // --- standing --------------------------------------------------------------------------------

  private hold(now: number, goal: Goal, seen: Measured, can: Abilities): number | null {
    this.error = null;
    this.settling = null;
    // On a device whose volume is fixed it would be heard. A coarse player's start costs so much that it has to be known.
    if ((this.mayCalibrate && (can.canDuck || can.quantum !== null)) || this.calibration.running) {
      const order = this.calibration.decide(now, seen);
      if (order !== null) {
        for (const act of order.acts) this.calibrationAct(now, act);
        return order.wakeInMs;
      }
    }
    // Stopped and moved in one go: the picture that people see last is the one they keep.
    if (!seen.paused) this.acts.push({ kind: 'pause' });
    this.unduck(now);
    if (seen.rate !== goal.rate) this.setRate(goal.rate, true);
    const to = goal.at(now);
    const off = Math.abs(to - seen.position) * 1000;
    if (off <= PAUSED_TOLERANCE_MS) this.reach.clear();
    const obstacle = this.reach.obstacleTo(seen, to) ?? (this.pausedTries >= PAUSED_TRIES ? 'player' : null);
    if (obstacle !== null) this.stopShort(now, off, obstacle);
    if (off <= PAUSED_TOLERANCE_MS || obstacle !== null) return seen.paused ? null : READ_EVERY_MS;
    const since = now - this.reach.lastSeekAt;
    if (since < PAUSED_RETRY_MS) return PAUSED_RETRY_MS - since;
    this.pausedTries++;
    return this.seek(now, to);
  }

  /** It stays where it is: near enough for the next start, or visibly elsewhere. */
  private stopShort(now: number, off: number, obstacle: Obstacle): void {
    if (off > HARD_SEEK_MS) this.reach.blocked(now, obstacle);
    else this.reach.clear();
  }

  private calibrationAct(now: number, act: Act): void {
    if (act.kind === 'seek') this.seek(now, act.to);
    else if (act.kind !== 'duck') this.acts.push(act);
    else if (act.on) this.duck(now);
    else this.unduck(now);
  }

  // --- moving ----------------------------------------------------------------------------------

  private run(now: number, goal: Goal, seen: Measured, can: Abilities): number | null {
    const end = seen.duration > 0 && goal.at(now) >= seen.duration - END_S;
    if (end && (seen.ended || seen.paused)) {
      this.restore(now, goal, seen);
      return null;
    }
    if (seen.paused) return this.begin(now, goal, seen, can);
    if (this.settling === null && goal.startsIn(now) > can.settleMs) {
      // It runs, and the common start is still to come.
      this.acts.push({ kind: 'pause' });
      return READ_EVERY_MS;
    }
    if (seen.stalled) return this.standStill(now, goal, seen);
    if (this.wasStalled) {
      this.wasStalled = false;
      this.fresh(now);
      this.settling = new Settling(now, seen.position, null);
    }
    if (this.settling !== null && !this.settle(now, goal, seen, can, this.settling)) return READ_EVERY_MS;
    return this.correct(now, goal, seen, can);
  }

  /** Nothing to play: a correction now would be for a position that is not the last word. */
  private standStill(now: number, goal: Goal, seen: Measured): number | null {
    this.wasStalled = true;
    this.restore(now, goal, seen);
    this.reads.clear();
    this.settling = null;
    this.error = null;
    return null;
  }

  /** Paused, but the timeline runs or is about to: be at the place first, then start so that the film moves when it must. */
  private begin(now: number, goal: Goal, seen: Measured, can: Abilities): number | null {
    const untilStart = Math.max(0, goal.startsIn(now));
    const ahead = ((seen.position - goal.at(now + untilStart)) * 1000) / goal.rate;
    // The moment to call play: the film moves `cost` later, from where it stands.
    const wait = untilStart + ahead - this.costs.of(this.startKind);
    const near =
      untilStart > 0 ? ahead <= AHEAD_SLACK_MS && wait >= -START_SLACK_MS : ahead <= AHEAD_WAIT_MAX_MS && wait >= -LATE_MAX_MS;
    if (near) this.reach.clear();
    if (near || this.reach.tooSoon(now)) {
      if (wait > START_NOW_MS) return wait;
      if (wait >= -HARD_SEEK_MS) return this.start(now, goal, seen, can, Math.max(0, -wait));
      return READ_EVERY_MS;
    }
    const to = this.startPlace(now, goal);
    const obstacle = this.reach.obstacleTo(seen, to);
    if (obstacle === null) {
      this.reach.opened();
      return this.seek(now, to);
    }
    this.stopShort(now, Math.abs(wait), obstacle);
    // Ahead it waits for the film to come by. Behind it plays on: somebody who cannot be there sees the film all the same.
    return wait > START_NOW_MS ? wait : this.start(now, goal, seen, can, Math.max(0, -wait));
  }

  /** To where the film begins, if there is time until then. Else to where it will be when a seek and a start are done. */
  private startPlace(now: number, goal: Goal): number {
    const { costs } = this;
    const done = costs.of('seek') + 2 * costs.deviation('seek') + costs.of('startAfterSeek') + START_SLACK_MS;
    return goal.at(now + Math.max(goal.startsIn(now), done));
  }

  private start(now: number, goal: Goal, seen: Measured, can: Abilities, lateMs: number): number {
    const kind = this.startKind;
    this.fresh(now);
    this.settling = new Settling(now, seen.position, { kind, foreseenMs: lateMs * goal.rate });
    this.startKind = 'startResumed';
    const unsure = lateMs + this.costs.deviation(kind) > UNSURE_MS;
    const mendable = can.canDuck && lateMs <= HARD_SEEK_MS && this.ducking.allows(now, START_DUCKED_MS);
    if (unsure && mendable && this.mode === 'tight') this.duck(now);
    this.acts.push({ kind: 'play' });
    return READ_EVERY_MS;
  }

  /** Whether reads can be believed; when they can for the first time, they teach what the act before took. */
  private settle(now: number, goal: Goal, seen: Measured, can: Abilities, settling: Settling): boolean {
    const stairs = this.stairs.feed(seen.position, now);
    if (stairs !== null) this.reads.stairs = stairs || can.stairs;
    if (!settling.over(now, seen.position, can.settleMs)) return false;
    this.reads.add(this.errorOf(goal, seen));
    const e = this.reads.estimate();
    if (e === null) return false;
    this.settling = null;
    this.fresh(now);
    const { lesson } = settling;
    const miss = lesson === null ? 0 : e - lesson.foreseenMs;
    if (lesson !== null && Math.abs(miss) < (lesson.kind === 'seek' ? 10 * LESSON_MAX_MS : LESSON_MAX_MS)) {
      this.costs.learn(lesson.kind, miss);
    }
    return true;
  }

  private correct(now: number, goal: Goal, seen: Measured, can: Abilities): number | null {
    const flying = this.inFlight;
    if (flying !== null) {
      if (now < flying.until - 1) return flying.until - now;
      this.land(now, goal, can, flying);
    }
    if (now < this.quietUntil) return Math.max(1, Math.min(READ_EVERY_MS, this.quietUntil - now));
    if (this.reads.add(this.errorOf(goal, seen))) {
      this.reads.clear();
      this.fresh(now);
      return READ_EVERY_MS;
    }
    const e = this.reads.estimate();
    if (e === null) return READ_EVERY_MS;
    this.error = e;
    if (this.mode === 'free') return this.restore(now, goal, seen);
    return this.answer(now, e, goal, seen, can);
  }
}
