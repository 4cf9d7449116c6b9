/** Whether the last jump of the film can be undone now. */
import { type ReadonlySignal, computed, effect, signal } from '@preact/signals';
import type { RoomStore } from '../room/room-store';

/** The server decides; a press shortly before the end would come too late. */
const MARGIN_MS = 500;

export function createUndoJump(
  room: Pick<RoomStore, 'undoUntil' | 'mayControl'>,
  serverNow: () => number | null,
  after: (ms: number, run: () => void) => () => void,
): ReadonlySignal<boolean> {
  const open = signal(false);
  let cancel: (() => void) | null = null;

  effect(() => {
    const until = room.undoUntil.value;
    cancel?.();
    cancel = null;
    const now = serverNow();
    const left = until === null || now === null ? 0 : until - now - MARGIN_MS;
    open.value = left > 0;
    if (left > 0) cancel = after(left, () => (open.value = false));
  });
  return computed(() => open.value && room.mayControl.value);
}
