/**
 * Limits seeks of a player that may not reach the timeline's position (docs/SYNC.md, "When a player cannot follow";
 * VF1).
 *
 * A position outside the seekable range is never sought. A seek that ends elsewhere, or never, is retried with growing
 * delays, and then no more until the next command.
 */
import type { PlayerReading } from './controller-types';

/** server: the position lies outside the seekable range. player: seeks never end, or end elsewhere. */
export type Obstacle = 'server' | 'player';

/** Tolerance at the edges of a seekable span. */
const EDGE_S = 0.25;
const ATTEMPTS_MAX = 5;
const RETRY_MS = 1000;
/** The first retry comes without a longer delay, because the cost of a seek was unknown before it. */
const QUICK_ATTEMPTS = 2;
const HUNG_MS = 8000;
const HUNG_ATTEMPTS_MAX = 3;
const GAP_MAX_MS = 12_000;
/** Shorter obstacles are not shown. */
const SHOWN_AFTER_MS = 1500;

export class SeekAttempts {
  lastSeekAt = Number.NEGATIVE_INFINITY;
  /** The seek in flight. */
  pending: { since: number; to: number } | null = null;
  private attempts = 0;
  private gapMs = 0;
  private hung = 0;
  private seekingSince: number | null = null;
  private obstacle: { is: Obstacle; since: number } | null = null;

  /** Starts with another film or player. */
  reset(): void {
    this.obstacle = null;
    this.pending = null;
    this.seekingSince = null;
    this.resetAttempts();
  }

  /** Resets the attempts for a new command, which may need a seek at once. */
  resetAttempts(): void {
    this.lastSeekAt = Number.NEGATIVE_INFINITY;
    this.attempts = 0;
    this.gapMs = 0;
    this.hung = 0;
  }

  /** Returns the obstacle once it has lasted long enough to show. */
  stuck(now: number): Obstacle | null {
    return this.obstacle !== null && now - this.obstacle.since >= SHOWN_AFTER_MS ? this.obstacle.is : null;
  }

  /** Returns why that position must not be sought now; null when it may. */
  obstacleTo(reading: PlayerReading, to: number): Obstacle | null {
    if (!within(reading, to)) return 'server';
    return this.attempts >= ATTEMPTS_MAX ? 'player' : null;
  }

  /** Clears all obstacles: the player is in position. */
  clear(): void {
    this.attempts = 0;
    this.obstacle = null;
  }

  /** Clears an obstacle of the server: the position became seekable. */
  clearServerObstacle(): void {
    if (this.obstacle?.is === 'server') this.obstacle = null;
  }

  setObstacle(now: number, is: Obstacle): void {
    if (this.obstacle === null) this.obstacle = { is, since: now };
    else this.obstacle.is = is;
  }

  onSeek(now: number, to: number): void {
    this.attempts++;
    this.lastSeekAt = now;
    this.pending = { since: now, to };
    this.seekingSince = now;
  }

  onSeekEnded(): void {
    this.pending = null;
    this.seekingSince = null;
    this.hung = 0;
  }

  /** Returns whether the last seek was too recent for another one before a start. */
  tooSoon(now: number): boolean {
    return now - this.lastSeekAt < RETRY_MS * 2 ** Math.max(0, this.attempts - QUICK_ATTEMPTS);
  }

  /**
   * Returns whether a playing film may be sought again. The delay grows each time, because a slow connection needs it.
   */
  mayCorrect(now: number, leastMs: number): boolean {
    const gap = Math.max(leastMs, this.gapMs);
    if (now - this.lastSeekAt < gap) return false;
    this.gapMs = Math.min(GAP_MAX_MS, gap * (this.gapMs === 0 ? 1 : 2) + 1);
    return true;
  }

  /** Watches a seek in flight. `again`: it takes so long that it is to be repeated. */
  checkHungSeek(now: number): 'wait' | 'again' {
    this.seekingSince ??= now;
    if (now - this.seekingSince < HUNG_MS * 2 ** this.hung) return 'wait';
    this.setObstacle(now - SHOWN_AFTER_MS, 'player');
    this.pending = null;
    if (this.hung >= HUNG_ATTEMPTS_MAX) return 'wait';
    this.hung++;
    return 'again';
  }
}

function within({ seekable, duration }: PlayerReading, to: number): boolean {
  if (seekable === null) return true;
  const place = duration > 0 ? Math.min(to, duration) : to;
  return seekable.some(({ start, end }) => place >= start - EDGE_S && place <= end + EDGE_S);
}

/** Returns whether a player can seek there now. */
export function canReach(reading: PlayerReading, to: number): boolean {
  return reading.live === null && within(reading, to);
}
