/** The recent readings of the error, and the estimates from them. All values are ms. */
const EXACT_COUNT = 3;
const STAIR_COUNT = 12;
const CALM_COUNT = 12;
const KEPT = 24;
/** Height of the steps, and the most that the readings of one estimate may have missed of it at its early end. */
const STAIR_MS = 40;
const STAIR_MISSED_MAX_MS = 4;
const JUMP_MS = 15;

export class ErrorReadings {
  private values: number[] = [];
  private outliers = 0;

  constructor(public staircase = false) {}

  /** Adds a reading; returns true for the second outlier in a row, which means that the position jumped. */
  add(errorMs: number): boolean {
    const inPlace = this.values.length < EXACT_COUNT || this.agrees(errorMs);
    this.values.push(errorMs);
    if (this.values.length > KEPT) this.values.shift();
    if (inPlace) {
      this.outliers = 0;
      return false;
    }
    return ++this.outliers >= 2;
  }

  /** Returns whether a reading continues the others. One of a staircase may be a whole step late. */
  private agrees(errorMs: number): boolean {
    const off = errorMs - (this.staircase ? Math.min(...this.values) : median(this.values.slice(-EXACT_COUNT)));
    return off >= -JUMP_MS - (this.staircase ? STAIR_MS : 0) && off <= JUMP_MS + (this.staircase ? STAIR_MS : 0);
  }

  clear(): void {
    this.values = [];
    this.outliers = 0;
  }

  /**
   * Returns the estimated error, or null with too few readings. A staircase is never early, so the smallest of twelve
   * counts, less half of what they lack of a step; otherwise the median of three.
   */
  estimate(): number | null {
    if (this.staircase) return this.values.length < STAIR_COUNT ? null : this.withoutStairs(this.values.slice(-STAIR_COUNT));
    if (this.values.length < EXACT_COUNT) return null;
    return median(this.values.slice(-EXACT_COUNT));
  }

  /** The readings are up to a step late, evenly: both ends of what they have missed are alike. */
  private withoutStairs(values: readonly number[]): number {
    const freshest = Math.min(...values);
    const missed = (STAIR_MS - (Math.max(...values) - freshest)) / 2;
    return freshest - Math.min(STAIR_MISSED_MAX_MS, Math.max(0, missed));
  }

  /** Returns a smoother estimate for slow control: the median of all kept readings. */
  calm(): number | null {
    if (this.staircase) return this.values.length < STAIR_COUNT ? null : this.withoutStairs(this.values);
    if (this.values.length < EXACT_COUNT) return null;
    return median(this.values.slice(-CALM_COUNT));
  }
}

function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** Detects a position that is reported in steps, from readings 20 ms apart that repeat. */
export class StaircaseDetector {
  private last: { position: number; at: number } | null = null;
  private repeats = 0;
  private count = 0;

  /** Adds a reading of a playing player; returns whether the position is a staircase once known, else null. */
  feed(position: number, at: number): boolean | null {
    const { last } = this;
    this.last = { position, at };
    if (last === null || at - last.at < 12 || at - last.at > 35) return null;
    this.count++;
    if (position === last.position) this.repeats++;
    if (this.count < 10) return null;
    const staircase = this.repeats > 0.3 * this.count;
    this.count = 0;
    this.repeats = 0;
    return staircase;
  }

  clear(): void {
    this.last = null;
    this.count = 0;
    this.repeats = 0;
  }
}
