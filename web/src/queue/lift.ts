/** An item that is lifted out of the list and moved, by pointer or by keyboard. Pure. */

export interface Lift {
  itemId: string;
  /** Index of the item in the list. */
  from: number;
  /** Index that it has after it is dropped. */
  to: number;
}

const clamp = (value: number, low: number, high: number) => Math.min(high, Math.max(low, value));

export function liftTo(lift: Lift, to: number, count: number): Lift {
  return { ...lift, to: clamp(to, 0, count - 1) };
}

/** Returns what a key does to a lifted item; null when it does nothing. */
export function liftKey(lift: Lift, key: string, count: number): Lift | 'drop' | 'cancel' | null {
  switch (key) {
    case 'ArrowUp':
      return liftTo(lift, lift.to - 1, count);
    case 'ArrowDown':
      return liftTo(lift, lift.to + 1, count);
    case 'PageUp':
      return liftTo(lift, lift.to - 10, count);
    case 'PageDown':
      return liftTo(lift, lift.to + 10, count);
    case 'Home':
      return liftTo(lift, 0, count);
    case 'End':
      return liftTo(lift, count - 1, count);
    case ' ':
    case 'Enter':
      return 'drop';
    case 'Escape':
    case 'Tab':
      return 'cancel';
    default:
      return null;
  }
}

/** Returns the lift in a list that has changed meanwhile; null when the item has left it. */
export function liftIn(lift: Lift, ids: readonly string[]): Lift | null {
  const from = ids.indexOf(lift.itemId);
  return from < 0 ? null : liftTo({ ...lift, from }, lift.to, ids.length);
}

/** Returns the index at a height in the list. */
export function indexAt(y: number, rowHeight: number, count: number): number {
  return clamp(Math.floor(y / rowHeight), 0, count - 1);
}

/** Returns by how many rows another item gives way: -1, 0 or 1. */
export function givesWay(index: number, { from, to }: Lift): number {
  if (index > from && index <= to) return -1;
  return index < from && index >= to ? 1 : 0;
}

/** Returns the list with an item at another index. */
export function reordered<T>(list: readonly T[], from: number, to: number): T[] {
  const next = [...list];
  next.splice(to, 0, ...next.splice(from, 1));
  return next;
}

/** Returns the item that follows when one is moved to an index; null at the end. */
export function beforeAt(ids: readonly string[], from: number, to: number): string | null {
  return reordered(ids, from, to)[to + 1] ?? null;
}

const EDGE_PX = 56;
const SPEED_MAX_PX = 14;

/** Returns how far the list scrolls per frame while a pointer is near its edge. */
export function autoScrollPx(y: number, top: number, bottom: number): number {
  if (y < top + EDGE_PX) return -Math.ceil(SPEED_MAX_PX * clamp((top + EDGE_PX - y) / EDGE_PX, 0, 1));
  if (y > bottom - EDGE_PX) return Math.ceil(SPEED_MAX_PX * clamp((y - bottom + EDGE_PX) / EDGE_PX, 0, 1));
  return 0;
}
