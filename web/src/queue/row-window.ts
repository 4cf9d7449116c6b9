/** Finds the rows of a long list that are on the screen. Pure. */

/** Rows that are drawn beyond each edge. */
const BEYOND = 6;

export interface RowWindow {
  from: number;
  /** Exclusive. */
  to: number;
}

/**
 * Returns the rows to draw.
 * @param top how far the list's beginning is above the top of the screen part, px; negative when it is below
 * @param height of the screen part, px
 */
export function rowWindow(top: number, height: number, rowHeight: number, count: number): RowWindow {
  const from = Math.max(0, Math.floor(top / rowHeight) - BEYOND);
  const to = Math.min(count, Math.ceil((top + height) / rowHeight) + BEYOND);
  return from < to ? { from, to } : { from: 0, to: Math.min(count, BEYOND) };
}

/**
 * Returns the indexes of the rows to draw in their order, with some that are kept wherever they are. The window may be
 * that of a longer list.
 */
export function drawnRows({ from, to }: RowWindow, kept: readonly number[], count: number): number[] {
  const rows = new Set(kept);
  for (let index = from; index < Math.min(to, count); index++) rows.add(index);
  return [...rows].sort((a, b) => a - b);
}
