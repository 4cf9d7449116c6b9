/** Finds out whether a player takes a rate between its offered ones, before its first start. */

export const FINE_STEP = 0.05;
const TRIED = 1 + FINE_STEP;
const ANSWER_MS = 1500;

export interface RateProbePorts {
  /** Sets a rate; the rate that the player then has is given to `answer`. */
  set(rate: number): void;
  /** @param fine whether it takes such rates */
  done(fine: boolean): void;
}

export class RateProbe {
  private state: 'before' | 'running' | 'over' = 'before';
  private timer = 0;

  constructor(private readonly ports: RateProbePorts) {}

  get running(): boolean {
    return this.state === 'running';
  }

  start(): void {
    if (this.state !== 'before') return;
    this.state = 'running';
    this.timer = window.setTimeout(() => this.answer(null), ANSWER_MS);
    this.ports.set(TRIED);
  }

  /** @param rate the player's rate, or anything else when it was not set */
  answer(rate: unknown): void {
    if (this.state !== 'running') return;
    this.stop();
    this.ports.set(1);
    this.ports.done(typeof rate === 'number' && Math.abs(rate - TRIED) < FINE_STEP / 10);
  }

  stop(): void {
    window.clearTimeout(this.timer);
    this.state = 'over';
  }
}
