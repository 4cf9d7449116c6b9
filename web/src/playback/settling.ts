/** The time after a start, a seek or a stall in which a player's position is unreliable. */
import type { CostKind } from './costs';

const MOVED_S = 0.004;
/** A player that never moves is read after this time; it may have jumped to the end. */
const TIMEOUT_MS = 6000;

export class Settling {
  private movedAt: number | null = null;

  /**
   * @param since local time of the action
   * @param from position of the player at that time, s
   * @param costSample what the first reliable error teaches, and the error that was expected
   */
  constructor(
    private readonly since: number,
    private readonly from: number,
    readonly costSample: { kind: CostKind; foreseenMs: number } | null,
  ) {}

  /** Returns whether the position is reliable: it has moved, and the settle time has passed since. */
  over(now: number, position: number, settleMs: number): boolean {
    if (this.movedAt === null && Math.abs(position - this.from) >= MOVED_S) this.movedAt = now;
    if (this.movedAt === null) return now - this.since > TIMEOUT_MS;
    return now - this.movedAt >= settleMs;
  }
}
