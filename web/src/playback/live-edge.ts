/**
 * Decides for a broadcast: it plays at its live edge and starts and pauses with the room. Nothing else is corrected,
 * because its positions are not those of the timeline (docs/SYNC.md, "Broadcasts"; VF2).
 */
import type { PlayerAction, Target, PlayerReading, Decision } from './controller-types';

/** Lag behind the edge that a starting player may keep. */
const START_LAG_S = 8;
/** Lag behind the edge that a playing player may keep. */
const RUN_LAG_S = 30;
const AHEAD_S = 10;
const RETRY_MS = 4000;
const RETRY_MAX_MS = 60_000;

export class LiveEdge {
  private lastSeekAt = Number.NEGATIVE_INFINITY;
  private gapMs = RETRY_MS;

  reset(): void {
    this.lastSeekAt = Number.NEGATIVE_INFINITY;
    this.gapMs = RETRY_MS;
  }

  decide(now: number, target: Target, reading: PlayerReading): Decision {
    const actions: PlayerAction[] = [];
    const startsIn = target.playing ? target.startsIn(now) : 0;
    if (!target.playing || startsIn > 0) {
      if (!reading.paused) actions.push({ kind: 'pause' });
      return { actions, wakeInMs: startsIn > 0 ? startsIn : null };
    }
    if (reading.rate !== 1) actions.push({ kind: 'rate', rate: 1, keepPitch: true });
    const edge = reading.live?.edge ?? null;
    if (edge !== null && this.isOff(reading, edge) && this.maySeek(now)) actions.push({ kind: 'seek', to: edge });
    if (reading.paused) actions.push({ kind: 'play' });
    if (actions.length === 0 && !reading.stalled && !reading.seeking) this.gapMs = RETRY_MS;
    return { actions, wakeInMs: null };
  }

  private isOff(reading: PlayerReading, edge: number): boolean {
    // A position before the start of the window is gone: playback would never continue.
    const gone = reading.seekable?.[0] !== undefined && reading.position < reading.seekable[0].start;
    const lag = edge - reading.position;
    return gone || lag > (reading.paused ? START_LAG_S : RUN_LAG_S) || lag < -AHEAD_S;
  }

  private maySeek(now: number): boolean {
    if (now - this.lastSeekAt < this.gapMs) return false;
    if (this.lastSeekAt > Number.NEGATIVE_INFINITY) this.gapMs = Math.min(RETRY_MAX_MS, this.gapMs * 2);
    this.lastSeekAt = now;
    return true;
  }
}
