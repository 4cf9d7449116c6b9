/** Costs of starting and seeking on this device with one kind of player, learned from the errors they leave. */

export interface Cost {
  /** Milliseconds. */
  mean: number;
  /** Mean absolute error of the prediction, ms. */
  deviation: number;
  lessons: number;
}

export type CostKind = 'startAfterSeek' | 'startResumed' | 'seek';

/** Costs before anything is learned, ms. */
export type Guesses = Record<CostKind, number>;

const QUICK_LESSONS = 2;
const QUICK_GAIN = 0.6;
const GAIN = 0.35;
const MAX_MS = 4000;

export class Costs {
  /** Increases with every sample. */
  learned = 0;
  private readonly costs: Record<CostKind, Cost>;

  constructor(guesses: Guesses, kept: Partial<Record<CostKind, Cost>> = {}) {
    const guess = (mean: number): Cost => ({ mean, deviation: mean / 4, lessons: 0 });
    this.costs = {
      startAfterSeek: kept.startAfterSeek ?? guess(guesses.startAfterSeek),
      startResumed: kept.startResumed ?? guess(guesses.startResumed),
      seek: kept.seek ?? guess(guesses.seek),
    };
  }

  of(kind: CostKind): number {
    return this.costs[kind].mean;
  }

  deviation(kind: CostKind): number {
    return this.costs[kind].deviation;
  }

  /** Whether this cost was ever measured. */
  known(kind: CostKind): boolean {
    return this.costs[kind].lessons > 0;
  }

  /** Learns from a prediction error: positive when the action took longer than predicted. */
  learn(kind: CostKind, missMs: number): void {
    const cost = this.costs[kind];
    const gain = cost.lessons < QUICK_LESSONS ? QUICK_GAIN : GAIN;
    cost.mean = Math.min(MAX_MS, Math.max(0, cost.mean + gain * missMs));
    cost.deviation += gain * (Math.abs(missMs) - cost.deviation);
    cost.lessons++;
    this.learned++;
  }

  /** The start cost that the server uses for a common start. */
  get start(): { mean: number; deviation: number } {
    const { startAfterSeek: a, startResumed: b } = this.costs;
    const slow = a.mean + a.deviation >= b.mean + b.deviation ? a : b;
    return { mean: slow.mean, deviation: slow.deviation };
  }

  toJSON(): Record<CostKind, Cost> {
    return this.costs;
  }

  /** Restores the costs of an earlier visit; unreadable ones are ignored. */
  static revive(guesses: Guesses, text: string | null): Costs {
    const kept: Partial<Record<CostKind, Cost>> = {};
    try {
      const raw = JSON.parse(text ?? '{}') as Partial<Record<CostKind, Partial<Cost>>>;
      for (const kind of ['startAfterSeek', 'startResumed', 'seek'] as const) {
        const { mean, deviation, lessons } = raw[kind] ?? {};
        if (inRange(mean) && inRange(deviation) && inRange(lessons)) kept[kind] = { mean, deviation, lessons };
      }
    } catch {
      // unreadable: start without
    }
    return new Costs(guesses, kept);
  }
}

function inRange(value: number | undefined): value is number {
  return typeof value === 'number' && value >= 0 && value <= 1e6;
}
