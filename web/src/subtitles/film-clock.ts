/**
 * The film's time between two readings of a player. Players in frames report their position a few times a second; media
 * elements report it exactly.
 */
import type { PlayerReading } from '../playback/controller-types';

/** Longest time for which a position is continued without a new one, s. */
const CONTINUED_MAX_S = 1;
/** A new position that is behind a continued one by less is no jump, s. */
const JITTER_S = 0.3;

export class FilmClock {
  private position = Number.NaN;
  private at = 0;
  private last = Number.NaN;

  /** Returns the film's time now, s; null while the player has no film. */
  timeOf(reading: PlayerReading, now: number): number | null {
    if (!reading.ready || !Number.isFinite(reading.position)) return null;
    if (reading.position !== this.position) {
      this.position = reading.position;
      this.at = reading.readAt;
    }
    const moves = !reading.paused && !reading.seeking && !reading.stalled && !reading.ended;
    if (!moves) {
      this.at = now;
      this.last = Number.NaN;
      return reading.position;
    }
    const passed = Math.min(CONTINUED_MAX_S, Math.max(0, (now - this.at) / 1000));
    const time = reading.position + passed * reading.rate;
    // Does not step back, because a cue would flicker.
    if (!(time < this.last && this.last - time < JITTER_S)) this.last = time;
    return this.last;
  }
}
