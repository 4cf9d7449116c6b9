/** The server's timeline as a function of server time (TL1). Positions are seconds, times milliseconds. */
import type { Timeline } from '../protocol/messages';

export function targetAt(timeline: Timeline, serverMs: number): number {
  const run = timeline.phase === 'playing' ? (timeline.rate * Math.max(0, serverMs - timeline.at)) / 1000 : 0;
  const position = Math.max(0, timeline.position + run);
  const duration = timeline.duration ?? 0;
  return duration > 0 ? Math.min(position, duration) : position;
}

/** Whether a timeline says something newer than the one we follow. */
export function supersedes(next: Timeline, current: Timeline | null): boolean {
  if (current === null) return true;
  return next.epoch !== current.epoch ? next.epoch > current.epoch : next.seq >= current.seq;
}

/** The same play, pause or seek: nothing a player would have to do anew. */
export function sameMotion(a: Timeline | null, b: Timeline | null): boolean {
  if (a === null || b === null) return a === b;
  return (
    a.epoch === b.epoch &&
    a.item === b.item &&
    a.phase === b.phase &&
    a.position === b.position &&
    a.rate === b.rate &&
    a.at === b.at
  );
}

export function atEnd(timeline: Timeline, serverMs: number): boolean {
  const duration = timeline.duration ?? 0;
  return duration > 0 && targetAt(timeline, serverMs) >= duration - 0.2;
}
