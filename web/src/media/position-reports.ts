/** Recent position reports of a player that runs in another frame, and the position that follows from them. */

export interface PositionReport {
  /** Seconds into the film. */
  position: number;
  /** Local time of the reading, ms. */
  at: number;
}

const KEPT_MS = 1500;

export class PositionReports {
  private reports: PositionReport[] = [];
  private anchor: PositionReport = { position: 0, at: 0 };
  private reported = false;

  constructor(private readonly now: () => number) {}

  /** Whether this player has reported a position. */
  get isReporting(): boolean {
    return this.reported;
  }

  add(report: PositionReport): void {
    this.reported = true;
    this.discardOld();
    this.reports.push(report);
  }

  /** Returns the last report, while it is recent. */
  get latest(): PositionReport | null {
    this.discardOld();
    return this.reports.at(-1) ?? null;
  }

  /** Discards all reports, because the player was sought, started or paused. */
  clear(): void {
    this.reports = [];
  }

  /**
   * Returns the position now. A report can be late on its way, but never early, so that the most advanced one counts;
   * without a recent one, the player is taken to have moved on from where it was.
   */
  position(rate: number): number {
    this.discardOld();
    const now = this.now();
    const moved = ({ position, at }: PositionReport) => position + (rate * (now - at)) / 1000;
    if (this.reports.length === 0) return moved(this.anchor);
    return Math.max(...this.reports.map(moved));
  }

  /** Discards all reports and goes on from a position; without one, from where the player is now. */
  restart(rate: number, position = this.position(rate)): void {
    this.anchor = { position, at: this.now() };
    this.reports = [];
  }

  private discardOld(): void {
    const now = this.now();
    const last = this.reports.at(-1);
    if (last !== undefined && now - last.at >= KEPT_MS) this.anchor = last;
    this.reports = this.reports.filter(({ at }) => now - at < KEPT_MS);
  }
}
