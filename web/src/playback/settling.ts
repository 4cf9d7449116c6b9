/** The moments after a start, a seek or a stall, in which a player's position cannot be believed. */
import type { CostKind } from './costs';

const MOVED_S = 0.004;
/** A player that does not move is read all the same after so long: it may have jumped straight to the end. */
const PATIENCE_MS = 6000;

export class Settling {
  private movedAt: number | null = null;

  /**
   * @param since local time of the act
   * @param from where the player stood then, s
   * @param lesson what the first believable error teaches, and the error that was foreseen
   */
  constructor(
    private readonly since: number,
    private readonly from: number,
    readonly lesson: { kind: CostKind; foreseenMs: number } | null,
  ) {}

  /** Whether the position can be believed now: it has moved, and then so long has passed. */
  over(now: number, position: number, settleMs: number): boolean {
    if (this.movedAt === null && Math.abs(position - this.from) >= MOVED_S) this.movedAt = now;
    if (this.movedAt === null) return now - this.since > PATIENCE_MS;
    return now - this.movedAt >= settleMs;
  }
}
