/** The state of the controller, and its single actions. */
import type { CostKind, Costs } from './costs';
import { Ducking } from './ducking';
import { LiveEdge } from './live-edge';
import { type Correction, Pll } from './rate-corrections';
import type { PlayerAbilities, PlayerAction, Target, PlayerReading } from './controller-types';
import { SeekAttempts } from './seek-attempts';
import { ErrorReadings, StaircaseDetector } from './error-readings';
import type { Settling } from './settling';

/** tight: all corrections. smooth: only inaudible ones. free: none between two commands. */
export type Mode = 'tight' | 'smooth' | 'free';

export type InFlight = { kind: 'slew' | 'burst'; until: number };

export const HARD_SEEK_MS = 900;
/** A paused player ahead by at most this waits for the film. */
export const AHEAD_WAIT_MAX_MS = 1500;
export const NUDGE_MAX_MS = 40;
const NEAR_DISCONTINUITY_MS = 1500;
export const QUIET_AFTER_SLEW_MS = 130;
const QUIET_AFTER_BURST_MS = 160;
export const READ_EVERY_MS = 18;
export const UNDUCK_AFTER_MS = 90;

export abstract class ControllerState {
  mode: Mode = 'tight';
  /** Error at the last decision, ms; null while unknown. */
  error: number | null = null;
  /** Corrective seeks of a playing player. */
  seeks = 0;

  protected readonly readings = new ErrorReadings();
  protected readonly staircaseDetector = new StaircaseDetector();
  protected readonly pll = new Pll();
  protected actions: PlayerAction[] = [];
  protected targetKey = '';
  protected settling: Settling | null = null;
  protected inFlight: InFlight | null = null;
  protected quietUntil = 0;
  protected discontinuityAt = Number.NEGATIVE_INFINITY;
  protected jumpedAt = Number.NEGATIVE_INFINITY;
  protected slews = 0;
  protected pllAt = Number.NEGATIVE_INFINITY;
  protected bentSince: number | null = null;
  protected readonly ducking = new Ducking();
  protected readonly seekAttempts = new SeekAttempts();
  protected readonly liveEdge = new LiveEdge();
  /** Rate at which a player that cannot seek catches up; null when it does not. */
  protected chaseRate: number | null = null;
  /** A new command came during a seek, which may now lead to the wrong position. */
  protected mayRedirectSeek = false;
  protected startKind: CostKind = 'startAfterSeek';
  protected pausedSeeks = 0;
  protected wasStalled = false;
  protected seekSlackMs = 0;

  constructor(readonly costs: Costs) {}

  protected errorMs(target: Target, reading: PlayerReading): number {
    return (target.at(reading.readAt) - reading.position) * 1000;
  }

  protected beginCorrection(now: number, kind: InFlight['kind'], correction: Correction): number {
    this.inFlight = { kind, until: now + correction.lastsMs };
    this.readings.clear();
    this.setRate(correction.rate, correction.keepPitch);
    return correction.lastsMs;
  }

  protected endCorrection(now: number, target: Target, can: PlayerAbilities, flying: InFlight): void {
    this.inFlight = null;
    this.readings.clear();
    this.setRate(target.rate, target.rate !== 1 || flying.kind === 'burst');
    const quiet = flying.kind === 'slew' ? QUIET_AFTER_SLEW_MS : QUIET_AFTER_BURST_MS;
    this.quietUntil = now + Math.max(quiet, can.quantum === null ? 0 : can.settleMs);
    if (flying.kind === 'slew') {
      this.discontinuityAt = now;
      this.ducking.dueAt = this.quietUntil + UNDUCK_AFTER_MS;
    }
    this.jumpedAt = now;
  }

  protected markDiscontinuity(now: number): void {
    if (now - this.discontinuityAt > NEAR_DISCONTINUITY_MS) this.slews = 0;
    this.discontinuityAt = now;
    this.jumpedAt = now;
  }

  protected isNearDiscontinuity(now: number): boolean {
    return now - this.discontinuityAt <= NEAR_DISCONTINUITY_MS;
  }

  protected seek(now: number, to: number): number {
    this.seekAttempts.onSeek(now, to);
    this.startKind = 'startAfterSeek';
    this.readings.clear();
    this.actions.push({ kind: 'seek', to });
    return READ_EVERY_MS;
  }

  /** Returns where to seek so as to end there or later, where a pause gets the player to it. */
  protected aimAt(position: number): number {
    return position + this.seekSlackMs / 1000;
  }

  protected setRate(rate: number, keepPitch: boolean): void {
    this.actions.push({ kind: 'rate', rate, keepPitch });
  }

  /** Restores rate and volume. */
  protected restore(now: number, target: Target, reading: PlayerReading): null {
    this.inFlight = null;
    this.bentSince = null;
    this.chaseRate = null;
    this.unduck(now);
    if (reading.rate !== target.rate) this.setRate(target.rate, true);
    return null;
  }

  protected duck(now: number): void {
    if (!this.ducking.on) this.actions.push({ kind: 'duck', on: true });
    this.ducking.begin(now);
  }

  protected unduck(now: number): void {
    if (!this.ducking.on) return;
    this.ducking.end(now);
    this.actions.push({ kind: 'duck', on: false });
  }

  /** The time limit for ducking is reached: a slew that relies on it ends too. */
  protected endOverdueDucking(now: number, target: Target, reading: PlayerReading): void {
    if (this.inFlight?.kind === 'slew') this.restore(now, target, reading);
    this.unduck(now);
  }

  /** Restores the volume once the error is small, or cannot be corrected inaudibly. */
  protected unduckWhenDue(now: number): void {
    if (now >= this.ducking.dueAt) this.unduck(now);
  }
}
