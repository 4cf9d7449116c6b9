/**
 * How far the film is turned down while somebody speaks. The gain moves at a fixed number of decibels a second and waits
 * before it rises again, so that pauses between words do not make it pump. Pure; times are local ms.
 */
const DUCKED_DB = -12;
export const ATTACK_MS = 150;
export const HOLD_MS = 700;
export const RELEASE_MS = 1200;

export class FilmDucking {
  private db = 0;
  private last: number | null = null;
  private heardAt = Number.NEGATIVE_INFINITY;

  /** Returns the factor of the film's volume, 0 to 1. */
  update(now: number, speaking: boolean): number {
    const elapsed = this.last === null ? 0 : Math.max(0, now - this.last);
    this.last = now;
    if (speaking) this.heardAt = now;
    if (speaking) this.db = Math.max(DUCKED_DB, this.db + (DUCKED_DB * elapsed) / ATTACK_MS);
    else if (now - this.heardAt > HOLD_MS) this.db = Math.min(0, this.db - (DUCKED_DB * elapsed) / RELEASE_MS);
    return 10 ** (this.db / 20);
  }

  /** Whether the volume is as the viewer has set it. */
  get idle(): boolean {
    return this.db === 0;
  }

  reset(): void {
    this.db = 0;
    this.last = null;
    this.heardAt = Number.NEGATIVE_INFINITY;
  }
}
