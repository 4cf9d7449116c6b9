/** Finds the cues of a moment. */
import { type Cue, SHOWN_MAX } from './cue';

export class CueTrack {
  /** The latest end of all cues up to each one, so that a search back can stop. */
  private readonly latestEnds: Float64Array;

  /** @param cues sorted by their start */
  constructor(private readonly cues: readonly Cue[]) {
    this.latestEnds = new Float64Array(cues.length);
    let latest = Number.NEGATIVE_INFINITY;
    cues.forEach((cue, i) => {
      latest = Math.max(latest, cue.end);
      this.latestEnds[i] = latest;
    });
  }

  get size(): number {
    return this.cues.length;
  }

  /** Returns the cues of a moment in the order of their start, at most as many as fit the picture: the newest. */
  activeAt(time: number): Cue[] {
    const active: Cue[] = [];
    for (let i = this.startedBefore(time) - 1; i >= 0 && this.latestEnds[i]! > time; i--) {
      const cue = this.cues[i]!;
      if (cue.end > time && active.push(cue) === SHOWN_MAX) break;
    }
    return active.reverse();
  }

  /** Returns how many cues start at that time or before. */
  private startedBefore(time: number): number {
    let low = 0;
    let high = this.cues.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.cues[middle]!.start <= time) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
