/** The last few readings of the error, and what to make of them. */
const EXACT_COUNT = 3;
const STAIR_COUNT = 8;

export class ErrorReads {
  private values: number[] = [];

  add(errorMs: number): void {
    this.values.push(errorMs);
    if (this.values.length > STAIR_COUNT) this.values.shift();
  }

  clear(): void {
    this.values = [];
  }

  /** Exact players: the median of three. A player that tells its position in stairs is never early: the smallest of eight. */
  estimate(stairMs: number): number | null {
    if (stairMs > 0) {
      if (this.values.length < STAIR_COUNT) return null;
      return Math.min(...this.values) - 2;
    }
    if (this.values.length < EXACT_COUNT) return null;
    const [, middle] = this.values.slice(-EXACT_COUNT).sort((a, b) => a - b);
    return middle ?? null;
  }
}
