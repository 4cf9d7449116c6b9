/**
 * Decides what a player has to do to be where the timeline says: wait, start, stop, seek or run a little faster or slower.
 *
 * Pure: local time, the target and what was measured come in, one order comes out. `e = target - position` in milliseconds,
 * positive when the player is behind. One correction is in flight at any time, and every new state first restores the rate.
 */
import { type Abilities, type Goal, type Measured, type Order, NOTHING } from './orders';
import { ErrorReads } from './reads';

const HARD_SEEK_MS = 900;
const BURST_FROM_MS = 40;
const COST_START_MS = 60;
const COST_MAX_MS = 4000;
const PAUSED_TOLERANCE_MS = 20;
const PAUSED_TRIES = 3;
const SEEK_PATIENCE_MS = 8000;
/** A seek before a start aims this much ahead, so that the start can be awaited. */
const PREPARE_MARGIN_MS = 80;

type Correction = { kind: 'burst'; until: number } | { kind: 'fine' };

export class Controller {
  private reads = new ErrorReads();
  private startCost = COST_START_MS;
  private seekCost = 150;
  private correction: Correction | null = null;
  private quietUntil = 0;
  private lastSeekAt = Number.NEGATIVE_INFINITY;
  private seekAwaited: { since: number; aim: number } | null = null;
  /** What the next settled error teaches: the cost of a start, of a seek, or nothing. */
  private lesson: 'start' | 'seek' | null = null;
  private lessons = 0;
  private pausedTries = 0;
  private motion = '';

  /** The error the last decision saw, in ms; null while there is none to see. */
  error: number | null = null;

  /** Forgets one film's measurements; the costs are the device's and stay. */
  reset(): void {
    this.discontinuity(0, 0);
    this.seekAwaited = null;
    this.pausedTries = 0;
    this.motion = '';
    this.error = null;
  }

  /** The player stood still, jumped or was moved: what was read before says nothing now. */
  discontinuity(now: number, settleMs: number): void {
    this.reads.clear();
    this.correction = null;
    this.quietUntil = Math.max(this.quietUntil, now + settleMs);
  }

  decide(now: number, goal: Goal, seen: Measured, can: Abilities): Order {
    if (goal.key !== this.motion) return this.newMotion(now, goal, seen);
    if (!seen.ready) return NOTHING;
    if (seen.seeking) return this.awaitSeek(now);
    if (this.seekAwaited !== null) this.seekArrived(now, seen, can);
    return goal.playing ? this.run(now, goal, seen, can) : this.hold(now, goal, seen);
  }

  private newMotion(now: number, goal: Goal, seen: Measured): Order {
    this.motion = goal.key;
    this.reads.clear();
    this.correction = null;
    this.quietUntil = now;
    this.pausedTries = 0;
    this.lesson = null;
    this.error = null;
    // A new command may need a seek right after the last one's.
    this.lastSeekAt = Number.NEGATIVE_INFINITY;
    return seen.rate !== goal.rate
      ? { kind: 'rate', rate: goal.rate, keepPitch: true, again: true }
      : { kind: 'none', again: true };
  }

  private awaitSeek(now: number): Order {
    if (this.seekAwaited !== null && now - this.seekAwaited.since > SEEK_PATIENCE_MS) this.seekAwaited = null;
    this.reads.clear();
    return NOTHING;
  }

  private seekArrived(now: number, seen: Measured, can: Abilities): void {
    if (seen.paused && this.seekAwaited !== null) {
      // How long a paused seek takes is plain to see; one while playing is learned from the error it leaves.
      this.seekCost += 0.4 * (Math.min(COST_MAX_MS, now - this.seekAwaited.since) - this.seekCost);
    }
    this.seekAwaited = null;
    this.discontinuity(now, can.settleMs);
  }

  /** Paused: stand exactly there. */
  private hold(now: number, goal: Goal, seen: Measured): Order {
    this.error = null;
    if (!seen.paused) return { kind: 'pause' };
    if (seen.rate !== goal.rate) return { kind: 'rate', rate: goal.rate, keepPitch: true };
    const off = (goal.at(now) - seen.position) * 1000;
    if (Math.abs(off) <= PAUSED_TOLERANCE_MS || this.pausedTries >= PAUSED_TRIES) return NOTHING;
    if (now - this.lastSeekAt < 250) return NOTHING;
    this.pausedTries++;
    return this.seek(now, goal.at(now));
  }

  private run(now: number, goal: Goal, seen: Measured, can: Abilities): Order {
    const end = seen.duration > 0 && goal.at(now) >= seen.duration - 0.15;
    if (end && (seen.ended || seen.paused)) return NOTHING;
    if (seen.paused) return this.begin(now, goal, seen);
    if (seen.stalled) {
      this.discontinuity(now, can.settleMs);
      this.error = null;
      return NOTHING;
    }
    return this.correct(now, goal, seen, can);
  }

  /** Paused, but the timeline runs or is about to: be at the place first, then start when the timeline passes it. */
  private begin(now: number, goal: Goal, seen: Measured): Order {
    const untilStart = goal.startsIn(now);
    const aim = untilStart > 0 ? goal.at(now + untilStart) : goal.at(now + this.startCost);
    const ahead = (seen.position - aim) * 1000;
    if (untilStart > 0) {
      if (Math.abs(ahead) > BURST_FROM_MS && untilStart > 30 && now - this.lastSeekAt > 1000) return this.seek(now, aim);
      return untilStart <= this.startCost ? this.start(now) : { kind: 'none', wakeInMs: untilStart - this.startCost };
    }
    // The timeline runs already. A little ahead: wait for it. Far off: a seek to where it will be.
    if (ahead >= -BURST_FROM_MS && ahead <= 1500) {
      const wait = ahead / goal.rate;
      return wait <= 4 ? this.start(now) : { kind: 'none', wakeInMs: wait };
    }
    if (Math.abs(ahead) < 250 && ahead < 0) return this.start(now);
    if (now - this.lastSeekAt < 1500) return ahead < 0 && ahead > -HARD_SEEK_MS ? this.start(now) : NOTHING;
    return this.seek(now, goal.at(now + this.seekCost + this.startCost + PREPARE_MARGIN_MS));
  }

  private correct(now: number, goal: Goal, seen: Measured, can: Abilities): Order {
    if (this.correction?.kind === 'burst') {
      if (now < this.correction.until - 4) return { kind: 'none', wakeInMs: this.correction.until - now };
      this.discontinuity(now, can.settleMs);
      return { kind: 'rate', rate: goal.rate, keepPitch: true };
    }
    if (now < this.quietUntil) return NOTHING;
    this.reads.add((goal.at(seen.readAt) - seen.position) * 1000);
    const e = this.reads.estimate(can.stairMs);
    if (e === null) return NOTHING;
    this.error = e;
    this.learn(e);
    const size = Math.abs(e);
    if (size > HARD_SEEK_MS) return this.jump(now, goal, can);
    if (can.quantum !== null) return this.coarse(now, e, goal, seen, can);
    if (size > BURST_FROM_MS) return this.burst(now, e, goal, can);
    return this.fine(e, goal, seen, can);
  }

  private jump(now: number, goal: Goal, can: Abilities): Order {
    if (now - this.lastSeekAt < can.seekGapMs) return NOTHING;
    this.lesson = 'seek';
    this.correction = null;
    return this.seek(now, goal.at(now + this.seekCost));
  }

  /** 40 to 900 ms: up to a tenth faster or slower, with the pitch kept, for as long as it takes and no longer. */
  private burst(now: number, e: number, goal: Goal, can: Abilities): Order {
    const share = Math.min(0.1, Math.max(0.04, Math.abs(e) / 1500));
    const work = e > 0 ? e + can.engageLossMs : Math.max(-e - can.engageLossMs, 5);
    const lastsMs = work / share;
    this.correction = { kind: 'burst', until: now + lastsMs };
    this.reads.clear();
    return { kind: 'rate', rate: goal.rate * (1 + Math.sign(e) * share), keepPitch: true, wakeInMs: lastsMs };
  }

  /** Below 40 ms: a rate nobody hears, in proportion to the error; with a dead band and hysteresis. */
  private fine(e: number, goal: Goal, seen: Measured, can: Abilities): Order {
    const active = this.correction?.kind === 'fine';
    if (Math.abs(e) <= (active ? can.deadBandMs / 4 : can.deadBandMs)) {
      this.correction = null;
      return seen.rate === goal.rate ? NOTHING : { kind: 'rate', rate: goal.rate, keepPitch: goal.rate !== 1 };
    }
    this.correction = { kind: 'fine' };
    const bend = Math.min(0.02, Math.max(-0.02, e / 2500));
    return { kind: 'rate', rate: goal.rate * (1 + bend), keepPitch: goal.rate !== 1 };
  }

  /** A player with steps in its rates: one step for a counted time. Without any: seldom seeks. */
  private coarse(now: number, e: number, goal: Goal, seen: Measured, can: Abilities): Order {
    if (seen.rate !== goal.rate) return { kind: 'rate', rate: goal.rate, keepPitch: true };
    const size = Math.abs(e);
    if (can.quantum === null || can.quantum <= 0) {
      return size > 150 && now - this.lastSeekAt > 10_000 ? this.jump(now, goal, can) : NOTHING;
    }
    if (size <= can.deadBandMs) return NOTHING;
    const lastsMs = Math.max(80, size / can.quantum);
    this.correction = { kind: 'burst', until: now + lastsMs };
    this.reads.clear();
    return { kind: 'rate', rate: goal.rate + Math.sign(e) * can.quantum, keepPitch: true, wakeInMs: lastsMs };
  }

  private start(now: number): Order {
    this.lesson ??= 'start';
    this.discontinuity(now, 0);
    this.quietUntil = now + 250;
    return { kind: 'play' };
  }

  private seek(now: number, to: number): Order {
    this.lastSeekAt = now;
    this.seekAwaited = { since: now, aim: to };
    this.reads.clear();
    this.quietUntil = now + 120;
    return { kind: 'seek', to };
  }

  private learn(e: number): void {
    if (this.lesson === null) return;
    const gain = this.lessons++ < 3 ? 0.6 : 0.35;
    if (this.lesson === 'start' && Math.abs(e) < 300) this.startCost = clampCost(this.startCost + gain * e);
    if (this.lesson === 'seek' && Math.abs(e) < COST_MAX_MS) this.seekCost = clampCost(this.seekCost + gain * e);
    this.lesson = null;
  }
}

function clampCost(ms: number): number {
  return Math.min(COST_MAX_MS, Math.max(0, ms));
}
