/**
 * The list of the queue. An item is moved by its handle, with a pointer or with the keyboard, or by its menu. Only the
 * rows on the screen are drawn.
 */
import { type Signal, useSignal } from '@preact/signals';
import type { RefObject } from 'preact';
import { useEffect, useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import type { QueueItem } from '../protocol/queue';
import { type Lift, autoScrollPx, beforeAt, givesWay, indexAt, liftIn, liftKey, liftTo } from '../queue/lift';
import { titleOfItem } from '../queue/queue-notices';
import { type RowWindow, drawnRows, rowWindow } from '../queue/row-window';
import { QueueItemMenu } from './queue-item-menu';
import { useQueue } from './queue-parts';
import { QueueRow, type RowEvents } from './queue-row';

/** Height of a row, px; the same as in the style. */
export const ROW_PX = 68;

interface Drag {
  pointerId: number;
  /** Where the pointer holds the row, px below its top. */
  grip: number;
  /** Last height of the pointer on the screen, px. */
  y: number;
}

export function QueueList({ scroller }: { scroller: RefObject<HTMLElement | null> }) {
  const queue = useQueue();
  const { list, commands, complete, state } = queue;
  const items = list.value;
  const ids = items.map((item) => item.itemId);
  const frame = useRef<HTMLOListElement>(null);
  const shown = useSignal<RowWindow>({ from: 0, to: 20 });
  const lifted = useSignal<Lift | null>(null);
  const drag = useRef<Drag | null>(null);
  /** Top of the dragged row in the list, px. */
  const dragTop = useSignal(0);
  const said = useSignal('');
  const menu = useSignal<string | null>(null);
  const focused = useSignal<string | null>(null);
  const lift = lifted.value === null ? null : liftIn(lifted.value, ids);
  const movable = complete.value && state.value.mode.order === 'manual';

  useWindow(scroller, frame, shown, items.length);

  // The rows are drawn anew around a lifted item; its handle keeps the focus.
  useEffect(() => {
    if (lifted.value !== null && lift === null) cancel('It is not in the queue any more.');
  }, [lift === null]);

  // A row that moves within the document loses the focus.
  const holding = useRef<string | null>(null);
  useLayoutEffect(() => {
    if (holding.current === null) return;
    if (document.activeElement === document.body) handleOf(holding.current)?.focus({ preventScroll: true });
    if (lifted.value === null && commands.moving.value === null) holding.current = null;
  });

  const handleOf = (id: string) => frame.current?.querySelector<HTMLElement>(`[data-item="${CSS.escape(id)}"] .queue-handle`);

  function place(next: Lift): string {
    return `${next.to + 1} of ${items.length}`;
  }

  function pick(item: QueueItem): void {
    const from = ids.indexOf(item.itemId);
    if (from < 0) return;
    menu.value = null;
    lifted.value = { itemId: item.itemId, from, to: from };
  }

  function cancel(why = 'Back at its old place.'): void {
    lifted.value = null;
    drag.current = null;
    said.value = why;
  }

  function drop(): void {
    const done = lifted.value === null ? null : liftIn(lifted.value, ids);
    lifted.value = null;
    drag.current = null;
    if (done === null) return;
    said.value = `Dropped at ${place(done)}.`;
    if (done.to !== done.from) void commands.move(done.itemId, beforeAt(ids, done.from, done.to));
  }

  function onHandleKey(event: KeyboardEvent, item: QueueItem): void {
    if (lift === null) {
      if (event.key !== ' ' && event.key !== 'Enter') return;
      event.preventDefault();
      pick(item);
      holding.current = item.itemId;
      said.value = `Lifted ${titleOfItem(item)}, ${ids.indexOf(item.itemId) + 1} of ${items.length}. Arrow keys move it, Space drops it, Escape cancels.`;
      return;
    }
    const next = liftKey(lift, event.key, items.length);
    if (next === null) return;
    if (event.key !== 'Tab') event.preventDefault();
    event.stopPropagation();
    if (next === 'drop') drop();
    else if (next === 'cancel') cancel();
    else {
      lifted.value = next;
      said.value = place(next);
      keepInView(next.to);
    }
  }

  function keepInView(index: number): void {
    const view = scroller.current;
    if (view === null || frame.current === null) return;
    const row = frame.current.getBoundingClientRect().top + index * ROW_PX;
    const { top, bottom } = view.getBoundingClientRect();
    if (row < top) view.scrollTop -= top - row + ROW_PX;
    else if (row + ROW_PX > bottom) view.scrollTop += row + 2 * ROW_PX - bottom;
  }

  function follow(y: number): void {
    const held = drag.current;
    const here = lifted.value;
    const rows = frame.current;
    if (held === null || here === null || rows === null) return;
    held.y = y;
    const top = y - rows.getBoundingClientRect().top - held.grip;
    dragTop.value = Math.min(Math.max(top, 0), (items.length - 1) * ROW_PX);
    const to = indexAt(dragTop.value + ROW_PX / 2, ROW_PX, items.length);
    if (to !== here.to) lifted.value = liftTo(here, to, items.length);
  }

  function onHandleDown(event: PointerEvent, item: QueueItem): void {
    if (event.button !== 0 || !movable || drag.current !== null) return;
    const row = (event.currentTarget as HTMLElement).closest('li')!.getBoundingClientRect();
    (event.currentTarget as HTMLElement).setPointerCapture(event.pointerId);
    drag.current = { pointerId: event.pointerId, grip: event.clientY - row.top, y: event.clientY };
    pick(item);
    follow(event.clientY);
    scrollAtEdges();
  }

  /** Scrolls while the pointer stays near an edge, also when it does not move. */
  function scrollAtEdges(): void {
    const held = drag.current;
    const view = scroller.current;
    if (held === null || view === null) return;
    const { top, bottom } = view.getBoundingClientRect();
    const px = autoScrollPx(held.y, top, bottom);
    if (px !== 0) {
      view.scrollTop += px;
      follow(held.y);
    }
    requestAnimationFrame(scrollAtEdges);
  }

  const events = useStable({
    onMenu: ({ itemId }) => (menu.value = menu.value === itemId ? null : itemId),
    onPointerDown: onHandleDown,
    onPointerMove: (event) => drag.current?.pointerId === event.pointerId && follow(event.clientY),
    onPointerUp: (event) => drag.current?.pointerId === event.pointerId && drop(),
    onPointerCancel: () => drag.current !== null && cancel(),
    onKeyDown: onHandleKey,
    onBlur: ({ relatedTarget }) => {
      if (relatedTarget === null || drag.current !== null) return;
      holding.current = null;
      if (lifted.value !== null) cancel();
    },
  });

  const kept = [lift?.itemId, focused.value, menu.value].flatMap((id) => (id ? [ids.indexOf(id)] : [])).filter((n) => n >= 0);
  const open = menu.value === null ? -1 : ids.indexOf(menu.value);
  return (
    <>
      <p class="visually-hidden" role="status">
        {said.value}
      </p>
      <ol
        class="queue-list"
        ref={frame}
        aria-label="Up next"
        data-lifted={lift !== null}
        style={{ height: `${items.length * ROW_PX}px` }}
        onFocusCapture={(event) => (focused.value = (event.target as HTMLElement).closest('li')?.dataset['item'] ?? null)}
        onFocusOut={() => (focused.value = null)}
      >
        {drawnRows(shown.value, kept, items.length).map((index) => {
          const item = items[index]!;
          const mine = lift?.itemId === item.itemId;
          const top = mine
            ? drag.current === null
              ? lift.to * ROW_PX
              : dragTop.value
            : (index + (lift === null ? 0 : givesWay(index, lift))) * ROW_PX;
          return (
            <QueueRow
              key={item.itemId}
              queue={queue}
              item={item}
              index={index}
              count={items.length}
              top={top}
              lifted={mine}
              dragged={mine && drag.current !== null}
              movable={movable}
              menuOpen={menu.value === item.itemId}
              events={events}
            />
          );
        })}
      </ol>
      {open >= 0 && (
        <QueueItemMenu
          item={items[open]!}
          index={open}
          ids={ids}
          movable={movable}
          onClose={() => {
            const id = menu.value;
            menu.value = null;
            frame.current?.querySelector<HTMLElement>(`[data-item="${CSS.escape(id ?? '')}"] .queue-more`)?.focus();
          }}
        />
      )}
    </>
  );
}

/** Returns functions that stay the same and call the latest ones, so that no row is drawn anew for them. */
function useStable(latest: RowEvents): RowEvents {
  const now = useRef(latest);
  now.current = latest;
  return useMemo<RowEvents>(
    () => ({
      onMenu: (item) => now.current.onMenu(item),
      onPointerDown: (event, item) => now.current.onPointerDown(event, item),
      onPointerMove: (event) => now.current.onPointerMove(event),
      onPointerUp: (event) => now.current.onPointerUp(event),
      onPointerCancel: () => now.current.onPointerCancel(),
      onKeyDown: (event, item) => now.current.onKeyDown(event, item),
      onBlur: (event) => now.current.onBlur(event),
    }),
    [],
  );
}

/** Keeps the drawn rows in step with what is scrolled to. */
function useWindow(
  scroller: RefObject<HTMLElement | null>,
  frame: RefObject<HTMLElement | null>,
  shown: Signal<RowWindow>,
  count: number,
): void {
  useLayoutEffect(() => {
    const view = scroller.current;
    if (view === null) return;
    const measure = () => {
      const rows = frame.current;
      if (rows === null) return;
      const { top, height } = view.getBoundingClientRect();
      const next = rowWindow(top - rows.getBoundingClientRect().top, height, ROW_PX, count);
      if (next.from !== shown.peek().from || next.to !== shown.peek().to) shown.value = next;
    };
    measure();
    view.addEventListener('scroll', measure, { passive: true });
    const observer = new ResizeObserver(measure);
    observer.observe(view);
    return () => {
      view.removeEventListener('scroll', measure);
      observer.disconnect();
    };
  }, [count]);
}
