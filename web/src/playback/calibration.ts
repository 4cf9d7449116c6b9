/**
 * Finds out what a start costs on this device before it matters: in the lobby, unheard, the film runs for half a second and goes
 * back. What the position lacks against the time that passed is what the start took.
 */
import type { Costs } from './costs';
import type { Act, Measured } from './orders';

const RUN_MS = 450;
const STILL_MS = 400;
const FILM_MIN_S = 5;

export class Calibration {
  private stillSince: number | null = null;
  private run: { since: number; from: number } | null = null;
  private over = false;

  constructor(private readonly costs: Costs) {}

  get running(): boolean {
    return this.run !== null;
  }

  /** The acts of now, or null when there is nothing to find out. */
  decide(now: number, seen: Measured): { acts: Act[]; wakeInMs: number } | null {
    if (this.run !== null) return this.watch(now, seen, this.run);
    if (this.over || this.costs.known('startAfterSeek') || !seen.canPlay || seen.duration < FILM_MIN_S) return null;
    if (seen.position > seen.duration - FILM_MIN_S) return null;
    this.stillSince ??= now;
    if (now - this.stillSince < STILL_MS) return null;
    this.run = { since: now, from: seen.position };
    return { acts: [{ kind: 'duck', on: true }, { kind: 'play' }], wakeInMs: RUN_MS };
  }

  /** Something else is wanted of the player now. */
  abort(): void {
    if (this.run !== null) this.over = true;
    this.run = null;
    this.stillSince = null;
  }

  private watch(now: number, seen: Measured, run: { since: number; from: number }): { acts: Act[]; wakeInMs: number } {
    const elapsed = now - run.since;
    if (elapsed < RUN_MS && !seen.paused) return { acts: [], wakeInMs: RUN_MS - elapsed };
    this.abort();
    const advance = (seen.position - run.from) * 1000;
    if (seen.paused || seen.stalled || advance <= 0) {
      return { acts: seen.paused ? [{ kind: 'duck', on: false }] : [{ kind: 'pause' }], wakeInMs: 20 };
    }
    const took = elapsed - advance;
    this.costs.learn('startAfterSeek', took - this.costs.of('startAfterSeek'));
    return { acts: [{ kind: 'pause' }, { kind: 'seek', to: run.from }], wakeInMs: 20 };
  }
}
