/** What comes at the end of the film: nothing, the next one in some seconds, or one that waits for a host. */
import { type ReadonlySignal, computed } from '@preact/signals';
import type { Timeline } from '../protocol/messages';
import type { QueueItem } from '../protocol/queue';
import { type KnownQueue, upNext } from './queue-state';

/** Seconds before the next film from which it is announced. */
export const ANNOUNCED_S = 5;
/** The server's pause between the end of a film and the next one (QU8). */
export const TAIL_S = 1;
const AT_END_S = 0.2;

export type FilmEnd =
  /** The next film plays by itself; undefined while it is unknown which. */
  | { kind: 'soon'; item: QueueItem | undefined; secondsLeft: number }
  /** The film has ended, and a host can go on. */
  | { kind: 'waits'; item: QueueItem | undefined };

export interface Playing {
  timeline: Timeline | null;
  position: number;
  /** Seconds; 0 while unknown. */
  duration: number;
}

/** Returns how long the film plays on, in seconds; null while it does not play, or while its length is unknown. */
export function secondsLeft({ timeline, position, duration }: Playing): number | null {
  if (timeline?.phase !== 'playing' || duration <= 0) return null;
  return Math.max(0, duration - position) / timeline.rate;
}

export function filmEnd(playing: Playing, queue: KnownQueue): FilmEnd | null {
  const next = upNext(queue);
  // A film that repeats itself needs no announcement.
  if (next === null || next?.itemId === queue.current?.itemId) return null;
  const { timeline, position, duration } = playing;
  // A player has stopped at the end, and the room goes on (QU14).
  const stopped = timeline?.phase === 'paused' && timeline.resume === true;
  const left = stopped ? 0 : secondsLeft(playing);
  if (left !== null) {
    const until = left + TAIL_S;
    return queue.mode.autoplay && until <= ANNOUNCED_S ? { kind: 'soon', item: next, secondsLeft: Math.ceil(until) } : null;
  }
  const ended = timeline?.phase === 'paused' && duration > 0 && position >= duration - AT_END_S;
  return ended ? { kind: 'waits', item: next } : null;
}

/** Returns the end as a signal that changes once a second. */
export function createFilmEnd(
  playing: ReadonlySignal<Playing>,
  queue: ReadonlySignal<KnownQueue>,
): ReadonlySignal<FilmEnd | null> {
  let shown: FilmEnd | null = null;
  return computed(() => {
    const next = filmEnd(playing.value, queue.value);
    const same = shown !== null && next !== null && shown.kind === next.kind && shown.item === next.item;
    const sameSecond = shown?.kind === 'soon' && next?.kind === 'soon' ? shown.secondsLeft === next.secondsLeft : true;
    if (!same || !sameSecond) shown = next;
    return shown;
  });
}
