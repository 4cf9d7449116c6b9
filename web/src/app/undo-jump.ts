/** Whether the last jump of the film, or the last change of the queue, can be undone now. */
import { type ReadonlySignal, computed, effect, signal } from '@preact/signals';
import type { RoomStore } from '../room/room-store';

/** The server decides; a press shortly before the end would come too late. */
const MARGIN_MS = 500;

/**
 * Returns whether a time has not come yet.
 * @param until server ms; null when it has
 */
export function createUndoCountdown(
  until: ReadonlySignal<number | null>,
  serverNow: () => number | null,
  after: (ms: number, run: () => void) => () => void,
): ReadonlySignal<boolean> {
  const open = signal(false);
  let cancel: (() => void) | null = null;

  effect(() => {
    const end = until.value;
    cancel?.();
    cancel = null;
    const now = serverNow();
    const left = end === null || now === null ? 0 : end - now - MARGIN_MS;
    open.value = left > 0;
    if (left > 0) cancel = after(left, () => (open.value = false));
  });
  return open;
}

export function createUndoJump(
  room: Pick<RoomStore, 'undoUntil' | 'mayControl'>,
  serverNow: () => number | null,
  after: (ms: number, run: () => void) => () => void,
): ReadonlySignal<boolean> {
  const open = createUndoCountdown(room.undoUntil, serverNow, after);
  return computed(() => open.value && room.mayControl.value);
}
