/**
 * A live broadcast: it plays at its own edge, starts and stops with the room, and is corrected by nothing, because its window
 * moves and its positions are not those of the timeline (docs/SYNC.md, section 4; rule VF2).
 */
import type { Act, Goal, Measured, Order } from './orders';

/** When it starts, so far behind the edge is at the edge. */
const START_LAG_S = 8;
/** While it runs, no player is moved for less. */
const RUN_LAG_S = 30;
const AHEAD_S = 10;
const RETRY_MS = 4000;
const RETRY_MAX_MS = 60_000;

export class LiveEdge {
  private soughtAt = Number.NEGATIVE_INFINITY;
  private gapMs = RETRY_MS;

  reset(): void {
    this.soughtAt = Number.NEGATIVE_INFINITY;
    this.gapMs = RETRY_MS;
  }

  decide(now: number, goal: Goal, seen: Measured): Order {
    const acts: Act[] = [];
    const startsIn = goal.playing ? goal.startsIn(now) : 0;
    if (!goal.playing || startsIn > 0) {
      if (!seen.paused) acts.push({ kind: 'pause' });
      return { acts, wakeInMs: startsIn > 0 ? startsIn : null };
    }
    if (seen.rate !== 1) acts.push({ kind: 'rate', rate: 1, keepPitch: true });
    const edge = seen.live?.edge ?? null;
    if (edge !== null && this.isOff(seen, edge) && this.maySeek(now)) acts.push({ kind: 'seek', to: edge });
    if (seen.paused) acts.push({ kind: 'play' });
    if (acts.length === 0 && !seen.stalled && !seen.seeking) this.gapMs = RETRY_MS;
    return { acts, wakeInMs: null };
  }

  private isOff(seen: Measured, edge: number): boolean {
    // What is played when the window has moved on is gone: it would stand still for ever.
    const gone = seen.seekable?.[0] !== undefined && seen.position < seen.seekable[0].start;
    const lag = edge - seen.position;
    return gone || lag > (seen.paused ? START_LAG_S : RUN_LAG_S) || lag < -AHEAD_S;
  }

  private maySeek(now: number): boolean {
    if (now - this.soughtAt < this.gapMs) return false;
    if (this.soughtAt > Number.NEGATIVE_INFINITY) this.gapMs = Math.min(RETRY_MAX_MS, this.gapMs * 2);
    this.soughtAt = now;
    return true;
  }
}
