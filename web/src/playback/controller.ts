/**
 * Decides what a player has to do to reach the timeline's position: wait, start, pause, seek, or change its rate a
 * little (docs/SYNC.md, "The controller").
 *
 * Pure: takes local time, target and reading, returns one decision. `e = target - position` in milliseconds, positive
 * when the player is behind. At most one correction is in flight, and every new target first restores rate and volume.
 */
import { Calibration } from './calibration';
import { AHEAD_WAIT_MAX_MS, HARD_SEEK_MS, READ_EVERY_MS } from './controller-state';
import { Corrections, lateAllowedMs } from './corrections';
import type { Costs } from './costs';
import type { PlayerAbilities, PlayerAction, Target, PlayerReading, Decision } from './controller-types';
import type { Obstacle } from './seek-attempts';
import { Settling } from './settling';

export type { Mode } from './controller-state';

/** Less than one frame: a seek would cost more than it gains, and the next start corrects it. */
const PAUSED_TOLERANCE_MS = 38;
const PAUSED_SEEKS_MAX = 3;
const PAUSED_RETRY_MS = 250;
const REDIRECT_S = 0.3;
/** A start this close needs no timer. */
const START_NOW_MS = 3;
/** Allowed lateness of a common start without a seek, and the reserve added to a seek before one. */
const START_SLACK_MS = 60;
/** A player ahead by at most this starts later instead of seeking, which would take as long. */
const AHEAD_SLACK_MS = 150;
/** Beyond this lateness a seek is faster than catching up. */
const LATE_MAX_MS = 250;
/** A start that may miss by more than this begins with the sound ducked. */
const UNSURE_MS = 8;
const LEARNED_MISS_MAX_MS = 300;
const END_S = 0.15;
/** Ducking time that a start needs until its error is known. */
const START_DUCKED_MS = 500;

export class Controller extends Corrections {
  /** Whether the start cost may be measured while the room is paused. */
  mayCalibrate = false;
  private readonly calibration: Calibration;

  constructor(costs: Costs) {
    super(costs);
    this.calibration = new Calibration(costs);
  }

  /** Starts with another film: its readings are void, but the costs belong to the device. */
  reset(): void {
    this.targetKey = '';
    this.resetMeasurements();
    this.seekAttempts.reset();
    this.liveEdge.reset();
    this.startKind = 'startAfterSeek';
    this.wasStalled = false;
    this.staircaseDetector.clear();
  }

  /** Discards readings, because the player jumped, stalled or was moved. */
  discontinuity(now: number, position: number): void {
    this.readings.clear();
    this.staircaseDetector.clear();
    this.markDiscontinuity(now);
    if (this.inFlight === null && this.settling === null && this.seekAttempts.pending === null) {
      this.settling = new Settling(now, position, null);
    }
  }

  /** Whether a correction larger than a nudge is in flight. */
  get correcting(): boolean {
    return this.inFlight !== null || this.settling !== null || this.seekAttempts.pending !== null;
  }

  /** Returns why the player cannot follow; null while it can, or while that is uncertain. */
  stuck(now: number): Obstacle | null {
    return this.seekAttempts.stuck(now);
  }

  decide(now: number, target: Target, reading: PlayerReading, can: PlayerAbilities): Decision {
    this.actions = [];
    this.readings.staircase ||= can.staircase;
    this.seekSlackMs = can.seekSlackMs;
    let current = reading;
    if (this.ducking.overdue(now)) this.endOverdueDucking(now, target, reading);
    if (target.key !== this.targetKey) current = this.onNewTarget(now, target, reading);
    const wakeInMs = this.decideActions(now, target, current, can);
    return { actions: this.actions, wakeInMs };
  }

  private decideActions(now: number, target: Target, reading: PlayerReading, can: PlayerAbilities): number | null {
    if (!reading.ready) return null;
    if (reading.live !== null) return this.decideLive(now, target, reading);
    if (reading.seeking) return this.awaitSeek(now, target, reading);
    this.mayRedirectSeek = false;
    const { pending } = this.seekAttempts;
    this.seekAttempts.onSeekEnded();
    if (pending !== null) this.onSeekEnded(now, reading, pending.since);
    return target.playing ? this.decidePlaying(now, target, reading, can) : this.decidePaused(now, target, reading, can);
  }

  /** Ends everything in flight, because it was meant for the previous target. */
  private onNewTarget(now: number, target: Target, reading: PlayerReading): PlayerReading {
    this.targetKey = target.key;
    this.mayRedirectSeek = reading.seeking;
    this.calibration.abort();
    this.resetMeasurements();
    this.seekAttempts.resetAttempts();
    this.unduck(now);
    if (reading.rate !== target.rate) this.setRate(target.rate, true);
    return { ...reading, rate: target.rate };
  }

  private resetMeasurements(): void {
    this.readings.clear();
    this.settling = null;
    this.inFlight = null;
    this.quietUntil = 0;
    this.slews = 0;
    this.discontinuityAt = Number.NEGATIVE_INFINITY;
    this.pllAt = Number.NEGATIVE_INFINITY;
    this.bentSince = null;
    this.pausedSeeks = 0;
    this.chaseRate = null;
    this.error = null;
  }

  private decideLive(now: number, target: Target, reading: PlayerReading): number | null {
    this.error = null;
    this.settling = null;
    this.inFlight = null;
    this.unduck(now);
    const decision = this.liveEdge.decide(now, target, reading);
    this.actions.push(...decision.actions);
    return decision.wakeInMs;
  }

  private awaitSeek(now: number, target: Target, reading: PlayerReading): number | null {
    const { seekAttempts } = this;
    this.readings.clear();
    const to = target.playing ? this.startPosition(now, target) : this.aimAt(target.at(now));
    const { mayRedirectSeek } = this;
    this.mayRedirectSeek = false;
    if (mayRedirectSeek && (seekAttempts.pending === null || Math.abs(seekAttempts.pending.to - to) > REDIRECT_S)) {
      if (seekAttempts.obstacleTo(reading, to) === null) return this.seek(now, to);
    }
    const again = seekAttempts.checkHungSeek(now) === 'again' && seekAttempts.obstacleTo(reading, to) === null;
    if (again) return this.seek(now, to);
    return seekAttempts.pending === null ? null : READ_EVERY_MS;
  }

  private onSeekEnded(now: number, reading: PlayerReading, since: number): void {
    // The duration of a seek while paused is measured directly. While playing, it is learned from the remaining error.
    if (reading.paused) this.costs.learn('seek', now - since - this.costs.of('seek'));
    this.readings.clear();
    this.markDiscontinuity(now);
  }

  // --- paused ------------------------------------------------------------------------------------

  private decidePaused(now: number, target: Target, reading: PlayerReading, can: PlayerAbilities): number | null {
    this.error = null;
    this.settling = null;
    // Where the volume is fixed, the measurement would be heard. A player with rate steps needs it anyway, because its
    // start costs so much.
    if ((this.mayCalibrate && (can.canDuck || can.quantum !== null)) || this.calibration.running) {
      const decision = this.calibration.decide(now, reading);
      if (decision !== null) {
        for (const action of decision.actions) this.applyCalibration(now, action);
        return decision.wakeInMs;
      }
    }
    // Pause and seek together, so that only the final frame is seen.
    if (!reading.paused) this.actions.push({ kind: 'pause' });
    this.unduck(now);
    if (reading.rate !== target.rate) this.setRate(target.rate, true);
    const to = target.at(now);
    const ahead = (reading.position - to) * 1000;
    const off = Math.max(-ahead - lateAllowedMs(can), ahead - can.seekSlackMs);
    if (off <= PAUSED_TOLERANCE_MS) this.seekAttempts.clear();
    const obstacle = this.seekAttempts.obstacleTo(reading, to) ?? (this.pausedSeeks >= PAUSED_SEEKS_MAX ? 'player' : null);
    if (obstacle !== null) this.acceptPosition(now, off, obstacle);
    if (off <= PAUSED_TOLERANCE_MS || obstacle !== null) return reading.paused ? null : READ_EVERY_MS;
    const since = now - this.seekAttempts.lastSeekAt;
    if (since < PAUSED_RETRY_MS) return PAUSED_RETRY_MS - since;
    this.pausedSeeks++;
    return this.seek(now, this.aimAt(to));
  }

  /** Leaves the player where it is: close enough for the next start, or visibly elsewhere. */
  private acceptPosition(now: number, off: number, obstacle: Obstacle): void {
    if (off > HARD_SEEK_MS) this.seekAttempts.setObstacle(now, obstacle);
    else this.seekAttempts.clear();
  }

  private applyCalibration(now: number, action: PlayerAction): void {
    if (action.kind === 'seek') this.seek(now, action.to);
    else if (action.kind !== 'duck') this.actions.push(action);
    else if (action.on) this.duck(now);
    else this.unduck(now);
  }

  // --- playing -----------------------------------------------------------------------------------

  private decidePlaying(now: number, target: Target, reading: PlayerReading, can: PlayerAbilities): number | null {
    const end = reading.duration > 0 && target.at(now) >= reading.duration - END_S;
    if (end && (reading.ended || reading.paused)) {
      this.restore(now, target, reading);
      return null;
    }
    if (reading.paused) return this.prepareStart(now, target, reading, can);
    if (this.settling === null && target.startsIn(now) > can.settleMs) {
      // Already playing before the common start.
      this.actions.push({ kind: 'pause' });
      return READ_EVERY_MS;
    }
    if (reading.stalled) return this.onStalled(now, target, reading);
    if (this.wasStalled) {
      this.wasStalled = false;
      this.markDiscontinuity(now);
      this.settling = new Settling(now, reading.position, null);
    }
    if (this.settling !== null && !this.settle(now, target, reading, can, this.settling)) return READ_EVERY_MS;
    return this.decideCorrection(now, target, reading, can);
  }

  /** Restores rate and volume and waits: the position during a stall is not final. */
  private onStalled(now: number, target: Target, reading: PlayerReading): number | null {
    this.wasStalled = true;
    this.restore(now, target, reading);
    this.readings.clear();
    this.settling = null;
    this.error = null;
    return null;
  }

  /** Prepares a paused player for a timeline that plays or will: seek first, then start early by the start cost. */
  private prepareStart(now: number, target: Target, reading: PlayerReading, can: PlayerAbilities): number | null {
    const untilStart = Math.max(0, target.startsIn(now));
    const ahead = ((reading.position - target.at(now + untilStart)) * 1000) / target.rate;
    // When to call play: the film moves `cost` later, from its current position.
    const wait = untilStart + ahead - this.costs.of(this.startKind);
    const [aheadMax, lateMax] = untilStart > 0 ? [AHEAD_SLACK_MS, START_SLACK_MS] : [AHEAD_WAIT_MAX_MS, LATE_MAX_MS];
    const near = ahead <= aheadMax + can.seekSlackMs && wait >= -Math.max(lateMax, lateAllowedMs(can));
    if (near) this.seekAttempts.clear();
    if (near || this.seekAttempts.tooSoon(now)) {
      if (wait > START_NOW_MS) return wait;
      if (wait >= -HARD_SEEK_MS) return this.start(now, target, reading, can, Math.max(0, -wait));
      return READ_EVERY_MS;
    }
    const to = this.startPosition(now, target);
    const obstacle = this.seekAttempts.obstacleTo(reading, to);
    if (obstacle === null) {
      this.seekAttempts.clearServerObstacle();
      return this.seek(now, to);
    }
    this.acceptPosition(now, Math.abs(wait), obstacle);
    // Ahead: wait until the timeline arrives. Behind: play on, so that the viewer sees the film anyway.
    return wait > START_NOW_MS ? wait : this.start(now, target, reading, can, Math.max(0, -wait));
  }

  /**
   * Returns the position to seek to before a start: the timeline's start, or where it will be after a seek and a start.
   */
  private startPosition(now: number, target: Target): number {
    const { costs } = this;
    const done = costs.of('seek') + 2 * costs.deviation('seek') + costs.of('startAfterSeek') + START_SLACK_MS;
    return this.aimAt(target.at(now + Math.max(target.startsIn(now), done)));
  }

  private start(now: number, target: Target, reading: PlayerReading, can: PlayerAbilities, lateMs: number): number {
    const kind = this.startKind;
    this.markDiscontinuity(now);
    this.settling = new Settling(now, reading.position, { kind, foreseenMs: lateMs * target.rate });
    this.startKind = 'startResumed';
    const unsure = lateMs + this.costs.deviation(kind) > UNSURE_MS;
    const mendable = can.canDuck && lateMs <= HARD_SEEK_MS && this.ducking.allows(now, START_DUCKED_MS);
    if (unsure && mendable && this.mode === 'tight') this.duck(now);
    this.actions.push({ kind: 'play' });
    return READ_EVERY_MS;
  }

  /** Returns whether readings are reliable. The first reliable one teaches what the last action cost. */
  private settle(now: number, target: Target, reading: PlayerReading, can: PlayerAbilities, settling: Settling): boolean {
    const staircase = this.staircaseDetector.feed(reading.position, now);
    if (staircase !== null) this.readings.staircase = staircase || can.staircase;
    if (!settling.over(now, reading.position, can.settleMs)) return false;
    this.readings.add(this.errorMs(target, reading));
    const e = this.readings.estimate();
    if (e === null) return false;
    this.settling = null;
    this.markDiscontinuity(now);
    const { costSample } = settling;
    const miss = costSample === null ? 0 : e - costSample.foreseenMs;
    if (costSample !== null && Math.abs(miss) < (costSample.kind === 'seek' ? 10 * LEARNED_MISS_MAX_MS : LEARNED_MISS_MAX_MS)) {
      this.costs.learn(costSample.kind, miss);
    }
    return true;
  }

  private decideCorrection(now: number, target: Target, reading: PlayerReading, can: PlayerAbilities): number | null {
    const flying = this.inFlight;
    if (flying !== null) {
      if (now < flying.until - 1) return flying.until - now;
      this.endCorrection(now, target, can, flying);
    }
    if (now < this.quietUntil) return Math.max(1, Math.min(READ_EVERY_MS, this.quietUntil - now));
    if (this.readings.add(this.errorMs(target, reading))) {
      this.readings.clear();
      this.markDiscontinuity(now);
      return READ_EVERY_MS;
    }
    const e = this.readings.estimate();
    if (e === null) return READ_EVERY_MS;
    this.error = e;
    if (this.mode === 'free') return this.restore(now, target, reading);
    return this.correctError(now, e, target, reading, can);
  }
}
