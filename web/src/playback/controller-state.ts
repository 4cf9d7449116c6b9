/** What the controller knows of its player, and the single acts that it orders. */
import type { CostKind, Costs } from './costs';
import { Ducking } from './ducking';
import { LiveEdge } from './live';
import { type Correction, Pll } from './nudge';
import type { Abilities, Act, Goal, Measured } from './orders';
import { Reach } from './reach';
import { ErrorReads, StairWatch } from './reads';
import type { Settling } from './settling';

/** tight: all that brings the player into step. smooth: only what cannot be heard. free: nothing between two commands. */
export type Mode = 'tight' | 'smooth' | 'free';

export type InFlight = { kind: 'slew' | 'burst'; until: number };

export const HARD_SEEK_MS = 900;
export const NUDGE_MAX_MS = 40;
const FRESH_MS = 1500;
export const QUIET_AFTER_SLEW_MS = 130;
const QUIET_AFTER_BURST_MS = 160;
export const READ_EVERY_MS = 18;
export const UNDUCK_AFTER_MS = 90;

export abstract class ControllerState {
  mode: Mode = 'tight';
  /** The error the last decision saw, in ms; null while there is none to see. */
  error: number | null = null;
  /** Seeks that corrected a running player. */
  seeks = 0;

  protected readonly reads = new ErrorReads();
  protected readonly stairs = new StairWatch();
  protected readonly pll = new Pll();
  protected acts: Act[] = [];
  protected motion = '';
  protected settling: Settling | null = null;
  protected inFlight: InFlight | null = null;
  protected quietUntil = 0;
  protected freshAt = Number.NEGATIVE_INFINITY;
  protected jumpedAt = Number.NEGATIVE_INFINITY;
  protected slews = 0;
  protected pllAt = Number.NEGATIVE_INFINITY;
  protected bentSince: number | null = null;
  protected readonly ducking = new Ducking();
  protected readonly reach = new Reach();
  protected readonly liveEdge = new LiveEdge();
  /** The rate at which a player that cannot jump runs after the film. */
  protected trailRate: number | null = null;
  /** A new command came while a seek was under way: that seek may lead to the wrong place. */
  protected redirect = false;
  protected startKind: CostKind = 'startAfterSeek';
  protected pausedTries = 0;
  protected wasStalled = false;

  constructor(readonly costs: Costs) {}

  protected errorOf(goal: Goal, seen: Measured): number {
    return (goal.at(seen.readAt) - seen.position) * 1000;
  }

  protected fly(now: number, kind: InFlight['kind'], correction: Correction): number {
    this.inFlight = { kind, until: now + correction.lastsMs };
    this.reads.clear();
    this.setRate(correction.rate, correction.keepPitch);
    return correction.lastsMs;
  }

  protected land(now: number, goal: Goal, can: Abilities, flying: InFlight): void {
    this.inFlight = null;
    this.reads.clear();
    this.setRate(goal.rate, goal.rate !== 1 || flying.kind === 'burst');
    const quiet = flying.kind === 'slew' ? QUIET_AFTER_SLEW_MS : QUIET_AFTER_BURST_MS;
    this.quietUntil = now + Math.max(quiet, can.quantum === null ? 0 : can.settleMs);
    if (flying.kind === 'slew') {
      this.freshAt = now;
      this.ducking.dueAt = this.quietUntil + UNDUCK_AFTER_MS;
    }
    this.jumpedAt = now;
  }

  protected fresh(now: number): void {
    if (now - this.freshAt > FRESH_MS) this.slews = 0;
    this.freshAt = now;
    this.jumpedAt = now;
  }

  protected isFresh(now: number): boolean {
    return now - this.freshAt <= FRESH_MS;
  }

  protected seek(now: number, to: number): number {
    this.reach.sought(now, to);
    this.startKind = 'startAfterSeek';
    this.reads.clear();
    this.acts.push({ kind: 'seek', to });
    return READ_EVERY_MS;
  }

  protected setRate(rate: number, keepPitch: boolean): void {
    this.acts.push({ kind: 'rate', rate, keepPitch });
  }

  /** Ends whatever bends the rate or the volume. */
  protected restore(now: number, goal: Goal, seen: Measured): null {
    this.inFlight = null;
    this.bentSince = null;
    this.trailRate = null;
    this.unduck(now);
    if (seen.rate !== goal.rate) this.setRate(goal.rate, true);
    return null;
  }

  protected duck(now: number): void {
    if (!this.ducking.on) this.acts.push({ kind: 'duck', on: true });
    this.ducking.begin(now);
  }

  protected unduck(now: number): void {
    if (!this.ducking.on) return;
    this.ducking.end(now);
    this.acts.push({ kind: 'duck', on: false });
  }

  /** It has been down for as long as it may: a correction that counts on that ends with it. */
  protected soundBack(now: number, goal: Goal, seen: Measured): void {
    if (this.inFlight?.kind === 'slew') this.restore(now, goal, seen);
    this.unduck(now);
  }

  /** The sound comes back once the error is seen to be small, or cannot be mended out of hearing. */
  protected unduckWhenDue(now: number): void {
    if (now >= this.ducking.dueAt) this.unduck(now);
  }
}
