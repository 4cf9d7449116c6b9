/**
 * Measures what a start costs on this device before the first common start. While the room is paused, the film plays
 * for half a second with the sound ducked, and seeks back. The start cost is elapsed time minus progress.
 */
import type { Costs } from './costs';
import type { PlayerAction, PlayerReading } from './controller-types';

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

  /** Returns the actions to take now; null when there is nothing to measure. */
  decide(now: number, reading: PlayerReading): { actions: PlayerAction[]; wakeInMs: number } | null {
    if (this.run !== null) return this.watch(now, reading, this.run);
    if (this.over || this.costs.known('startAfterSeek') || !reading.canPlay || reading.duration < FILM_MIN_S) return null;
    if (reading.position > reading.duration - FILM_MIN_S) return null;
    this.stillSince ??= now;
    if (now - this.stillSince < STILL_MS) return null;
    this.run = { since: now, from: reading.position };
    return { actions: [{ kind: 'duck', on: true }, { kind: 'play' }], wakeInMs: RUN_MS };
  }

  /** Stops, because the player is needed for something else. */
  abort(): void {
    if (this.run !== null) this.over = true;
    this.run = null;
    this.stillSince = null;
  }

  private watch(
    now: number,
    reading: PlayerReading,
    run: { since: number; from: number },
  ): { actions: PlayerAction[]; wakeInMs: number } {
    const elapsed = now - run.since;
    if (elapsed < RUN_MS && !reading.paused) return { actions: [], wakeInMs: RUN_MS - elapsed };
    this.abort();
    const advance = (reading.position - run.from) * 1000;
    if (reading.paused || reading.stalled || advance <= 0) {
      return { actions: reading.paused ? [{ kind: 'duck', on: false }] : [{ kind: 'pause' }], wakeInMs: 20 };
    }
    const took = elapsed - advance;
    this.costs.learn('startAfterSeek', took - this.costs.of('startAfterSeek'));
    return { actions: [{ kind: 'pause' }, { kind: 'seek', to: run.from }], wakeInMs: 20 };
  }
}
