/**
 * Whether a player can get to where the timeline wants it, and how often that is tried (docs/SYNC.md, section 4; rule VF1).
 *
 * A place outside of what the player can seek to is never sought. Seeks that end elsewhere, or not at all, are tried again at
 * growing distances, and then no more until the next command.
 */
import type { Measured } from './orders';

/** server: the place lies outside of what can be sought. player: seeks do not end, or end elsewhere. */
export type Obstacle = 'server' | 'player';

/** So far beyond the edge of a seekable stretch still counts as within it. */
const EDGE_S = 0.25;
const TRIES_MAX = 5;
const RETRY_MS = 1000;
/** The first try again comes as soon as ever: what a seek costs is not known before there was one. */
const QUICK_TRIES = 2;
const HUNG_MS = 8000;
const HUNG_TRIES_MAX = 3;
const GAP_MAX_MS = 12_000;
/** An obstacle that is over sooner is not worth a word. */
const SHOWN_AFTER_MS = 1500;

export class Reach {
  lastSeekAt = Number.NEGATIVE_INFINITY;
  /** The seek under way that was asked for here. */
  awaited: { since: number; to: number } | null = null;
  private tries = 0;
  private gapMs = 0;
  private hung = 0;
  private seekingSince: number | null = null;
  private obstacle: { is: Obstacle; since: number } | null = null;

  /** Another film, or another player. */
  reset(): void {
    this.obstacle = null;
    this.awaited = null;
    this.seekingSince = null;
    this.newCommand();
  }

  /** A new command may need a seek right after the last one's, and has tries of its own. */
  newCommand(): void {
    this.lastSeekAt = Number.NEGATIVE_INFINITY;
    this.tries = 0;
    this.gapMs = 0;
    this.hung = 0;
  }

  /** What stands between the player and its place long enough to speak of it. */
  stuck(now: number): Obstacle | null {
    return this.obstacle !== null && now - this.obstacle.since >= SHOWN_AFTER_MS ? this.obstacle.is : null;
  }

  /** What stands in the way of a seek there; null when it may be tried. */
  obstacleTo(seen: Measured, to: number): Obstacle | null {
    if (!within(seen, to)) return 'server';
    return this.tries >= TRIES_MAX ? 'player' : null;
  }

  /** The player is where it should be, or a seek may take it there. */
  clear(): void {
    this.tries = 0;
    this.obstacle = null;
  }

  /** The place became seekable: nothing is known against it. */
  opened(): void {
    if (this.obstacle?.is === 'server') this.obstacle = null;
  }

  blocked(now: number, is: Obstacle): void {
    if (this.obstacle === null) this.obstacle = { is, since: now };
    else this.obstacle.is = is;
  }

  sought(now: number, to: number): void {
    this.tries++;
    this.lastSeekAt = now;
    this.awaited = { since: now, to };
    this.seekingSince = now;
  }

  arrived(): void {
    this.awaited = null;
    this.seekingSince = null;
    this.hung = 0;
  }

  /** Before a start: whether the last seek was a moment ago. */
  tooSoon(now: number): boolean {
    return now - this.lastSeekAt < RETRY_MS * 2 ** Math.max(0, this.tries - QUICK_TRIES);
  }

  /** While the film runs: whether it may be moved again. Each time may wait longer, a slow line is no better for haste. */
  mayCatchUp(now: number, leastMs: number): boolean {
    const gap = Math.max(leastMs, this.gapMs);
    if (now - this.lastSeekAt < gap) return false;
    this.gapMs = Math.min(GAP_MAX_MS, gap * (this.gapMs === 0 ? 1 : 2) + 1);
    return true;
  }

  /** A seek is under way. `again`: it has taken so long that it is to be asked for once more. */
  seeking(now: number): 'wait' | 'again' {
    this.seekingSince ??= now;
    if (now - this.seekingSince < HUNG_MS * 2 ** this.hung) return 'wait';
    this.blocked(now - SHOWN_AFTER_MS, 'player');
    this.awaited = null;
    if (this.hung >= HUNG_TRIES_MAX) return 'wait';
    this.hung++;
    return 'again';
  }
}

function within({ seekable, duration }: Measured, to: number): boolean {
  if (seekable === null) return true;
  const place = duration > 0 ? Math.min(to, duration) : to;
  return seekable.some(({ start, end }) => place >= start - EDGE_S && place <= end + EDGE_S);
}

/** Whether a player could be sent there now. */
export function canReach(seen: Measured, to: number): boolean {
  return seen.live === null && within(seen, to);
}
