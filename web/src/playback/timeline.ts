/** The server's timeline as a function of server time (TL1). Positions are seconds, times milliseconds. */
import type { Timeline } from '../protocol/messages';

export function targetAt(timeline: Timeline, serverMs: number): number {
  const run = timeline.phase === 'playing' ? (timeline.rate * Math.max(0, serverMs - timeline.at)) / 1000 : 0;
  const position = Math.max(0, timeline.position + run);
  const duration = timeline.duration ?? 0;
  return duration > 0 ? Math.min(position, duration) : position;
}

/** Returns whether a timeline is newer than the current one. */
export function supersedes(next: Timeline, current: Timeline | null): boolean {
  if (current === null) return true;
  return next.epoch !== current.epoch ? next.epoch > current.epoch : next.seq >= current.seq;
}

export function atEnd(timeline: Timeline, serverMs: number): boolean {
  const duration = timeline.duration ?? 0;
  return duration > 0 && targetAt(timeline, serverMs) >= duration - 0.2;
}
