/**
 * Estimates the server's clock from two-way exchanges, on the local monotonic clock (docs/SYNC.md, "The clock").
 *
 * Each exchange gives an offset `o` and a delay `d`. A weighted least-squares line `o = a + b (m - mLast) + c x` is
 * fitted, with `x` the delay above the smallest one seen. `b` is the clock drift; `c` removes queueing that affects one
 * direction only. All times are milliseconds.
 */
export interface Exchange {
  /** Local time of sending. */
  t1: number;
  /** Server time of receipt. */
  t2: number;
  /** Server time of the answer. */
  t3: number;
  /** Local time at which the answer arrived. */
  t4: number;
}

interface Sample {
  offset: number;
  delay: number;
  middle: number;
}

const SAMPLES_MAX = 120;
const SAMPLE_AGE_MAX_MS = 600_000;
const SAMPLES_FOR_QUEUEING = 8;
/** Standard deviations of the priors: drift in ms per ms, queueing share. */
const DRIFT_PRIOR = 50e-6;
const QUEUEING_PRIOR = 0.25;
const NOISE_MS = 1.5;
/** Number of exchanges that describe the current connection. */
const RECENT = 20;

export class ClockEstimator {
  private samples: Sample[] = [];
  private base = 0;
  private drift = 0;
  private last = 0;
  private delayMin = Number.POSITIVE_INFINITY;

  get count(): number {
    return this.samples.length;
  }

  /** Whether there are enough exchanges for an estimate. */
  get usable(): boolean {
    return this.samples.length >= 2;
  }

  /** Upper bound of the error: half of the shortest round trip; infinite before the first exchange. */
  get boundMs(): number {
    return this.delayMin / 2;
  }

  /** 90th percentile of the recent round trips, ms; 0 before the first exchange. */
  get rtt90(): number {
    const last = this.samples
      .slice(-RECENT)
      .map((sample) => sample.delay)
      .sort((a, b) => a - b);
    return last[Math.min(last.length - 1, Math.floor(last.length * 0.9))] ?? 0;
  }

  /** 90th percentile of the recent round trips above the shortest one, ms; infinite before the first exchange. */
  get jitterMs(): number {
    return this.count === 0 ? Number.POSITIVE_INFINITY : this.rtt90 - this.delayMin;
  }

  /** Adds an exchange. Impossible ones (negative delay, not a number) are ignored. */
  add({ t1, t2, t3, t4 }: Exchange): void {
    const delay = t4 - t1 - (t3 - t2);
    if (!Number.isFinite(delay) || delay < 0 || t4 < t1) return;
    this.samples.push({ offset: (t2 - t1 + (t3 - t4)) / 2, delay, middle: (t1 + t4) / 2 });
    this.samples = this.samples.filter((s) => t4 - s.middle <= SAMPLE_AGE_MAX_MS).slice(-SAMPLES_MAX);
    this.fit();
  }

  /** Returns the server time at a local time; null before the first exchange. */
  serverAt(local: number): number | null {
    return this.samples.length === 0 ? null : local + this.base + this.drift * (local - this.last);
  }

  private fit(): void {
    this.delayMin = Math.min(...this.samples.map((s) => s.delay));
    const last = this.samples[this.samples.length - 1];
    if (last === undefined) return;
    this.last = last.middle;
    // Offsets are huge (wall time against page time), so the small differences from the newest one are fitted.
    const origin = last.offset;
    const queueing = this.samples.length >= SAMPLES_FOR_QUEUEING;
    const m = [
      [0, 0, 0],
      [0, 1 / DRIFT_PRIOR ** 2, 0],
      [0, 0, queueing ? 1 / QUEUEING_PRIOR ** 2 : 1],
    ];
    const v = [0, 0, 0];
    for (const sample of this.samples) {
      const x = sample.delay - this.delayMin;
      const weight = 1 / (NOISE_MS ** 2 + (0.5 * x) ** 2);
      const row = [1, sample.middle - this.last, queueing ? x : 0];
      for (let i = 0; i < 3; i++) {
        for (let j = 0; j < 3; j++) m[i]![j]! += weight * row[i]! * row[j]!;
        v[i]! += weight * row[i]! * (sample.offset - origin);
      }
    }
    const [a, b] = solve3(m, v);
    this.base = origin + a;
    this.drift = b;
  }
}

/** Solves three equations by Gaussian elimination with pivoting; the priors keep the matrix regular. */
function solve3(m: number[][], v: number[]): [number, number, number] {
  const rows = m.map((row, i) => [...row, v[i]!]);
  for (let col = 0; col < 3; col++) {
    let pivot = col;
    for (let r = col + 1; r < 3; r++) if (Math.abs(rows[r]![col]!) > Math.abs(rows[pivot]![col]!)) pivot = r;
    [rows[col], rows[pivot]] = [rows[pivot]!, rows[col]!];
    const head = rows[col]![col]!;
    if (head === 0) return [0, 0, 0];
    for (let r = 0; r < 3; r++) {
      if (r === col) continue;
      const factor = rows[r]![col]! / head;
      for (let k = col; k < 4; k++) rows[r]![k]! -= factor * rows[col]![k]!;
    }
  }
  return [rows[0]![3]! / rows[0]![0]!, rows[1]![3]! / rows[1]![1]!, rows[2]![3]! / rows[2]![2]!];
}
