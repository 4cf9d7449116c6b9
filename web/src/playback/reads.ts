/** The last few readings of the error, and what to make of them. All values are ms. */
const EXACT_COUNT = 3;
const STAIR_COUNT = 12;
const KEPT = 12;
/** What the freshest read of a staircase is still late by. */
const STAIR_LAG_MS = 2;
const JUMP_MS = 15;

export class ErrorReads {
  private values: number[] = [];
  private outliers = 0;

  constructor(public stairs = false) {}

  /** Takes one reading in; true when it is the second in a row that is far off all before it: the position has jumped. */
  add(errorMs: number): boolean {
    const before = this.values.length >= EXACT_COUNT && !this.stairs ? this.estimate() : null;
    this.values.push(errorMs);
    if (this.values.length > KEPT) this.values.shift();
    if (before === null || Math.abs(errorMs - before) <= JUMP_MS) {
      this.outliers = 0;
      return false;
    }
    return ++this.outliers >= 2;
  }

  clear(): void {
    this.values = [];
    this.outliers = 0;
  }

  /** Enough readings for an estimate, or null. A staircase is never early: the smallest of a dozen. Else the median of three. */
  estimate(): number | null {
    if (this.stairs) return this.values.length < STAIR_COUNT ? null : Math.min(...this.values) - STAIR_LAG_MS;
    if (this.values.length < EXACT_COUNT) return null;
    return median(this.values.slice(-EXACT_COUNT));
  }

  /** A calmer estimate for slow control: the median of all that is kept. */
  calm(): number | null {
    if (this.stairs || this.values.length < EXACT_COUNT) return this.estimate();
    return median(this.values);
  }
}

function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** Tells a staircase from a smooth position: reads 20 ms apart that repeat. */
export class StairWatch {
  private last: { position: number; at: number } | null = null;
  private repeats = 0;
  private count = 0;

  /** Feed while the player runs; gives whether the position is told in stairs once that is known, else null. */
  feed(position: number, at: number): boolean | null {
    const { last } = this;
    this.last = { position, at };
    if (last === null || at - last.at < 12 || at - last.at > 35) return null;
    this.count++;
    if (position === last.position) this.repeats++;
    if (this.count < 10) return null;
    const stairs = this.repeats > 0.3 * this.count;
    this.count = 0;
    this.repeats = 0;
    return stairs;
  }

  clear(): void {
    this.last = null;
    this.count = 0;
    this.repeats = 0;
  }
}
