/** The menu of an item in the queue. */
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import type { QueueItem } from '../protocol/queue';
import { beforeAt } from '../queue/lift';
import { titleOfItem } from '../queue/queue-notices';
import { useApp } from './context';
import { useQueue } from './queue-parts';

export interface QueueItemMenuProps {
  item: QueueItem;
  index: number;
  /** All items of the list in their order. */
  ids: readonly string[];
  movable: boolean;
  onClose: () => void;
}

const MARGIN_PX = 8;

export function QueueItemMenu({ item, index, ids, movable, onClose }: QueueItemMenuProps) {
  const { room } = useApp();
  const { commands } = useQueue();
  const menu = useRef<HTMLDivElement>(null);
  const last = ids.length - 1;
  const moveTo = (to: number) => commands.move(item.itemId, beforeAt(ids, index, to));
  const entries: { label: string; run: () => unknown; grave?: boolean }[] = [
    ...(room.isHost.value ? [{ label: 'Play now', run: () => commands.play(item.itemId) }] : []),
    ...(movable && index > 0 ? [{ label: 'Play next', run: () => moveTo(0) }] : []),
    ...(movable && index > 0 ? [{ label: 'Move up', run: () => moveTo(index - 1) }] : []),
    ...(movable && index < last ? [{ label: 'Move down', run: () => moveTo(index + 1) }] : []),
    ...(movable && index < last ? [{ label: 'To the end', run: () => moveTo(last) }] : []),
    { label: 'Remove', run: () => commands.remove(item), grave: true },
  ];

  const buttonRect = () =>
    document.querySelector(`[data-item="${CSS.escape(item.itemId)}"] .queue-more`)?.getBoundingClientRect();

  // Beside its button, and on the screen.
  useLayoutEffect(() => {
    const element = menu.current;
    const button = buttonRect();
    if (element === null || button === undefined) return;
    const { width, height } = element.getBoundingClientRect();
    const below = button.bottom + height + MARGIN_PX <= window.innerHeight;
    element.style.top = `${Math.max(MARGIN_PX, below ? button.bottom : button.top - height)}px`;
    element.style.left = `${Math.max(MARGIN_PX, button.right - width)}px`;
    element.querySelector('button')?.focus({ preventScroll: true });
  }, [item.itemId]);

  useEffect(() => {
    const outside = (event: Event) => {
      const target = event.target as Element;
      if (!menu.current!.contains(target) && target.closest('.queue-more') === null) onClose();
    };
    const openedAt = buttonRect()?.top;
    // The chat scrolls by itself, and the last step of a scroll is reported after the click that follows it.
    const scrolled = () => {
      if (buttonRect()?.top !== openedAt) onClose();
    };
    document.addEventListener('pointerdown', outside);
    document.addEventListener('scroll', scrolled, { capture: true, passive: true });
    return () => {
      document.removeEventListener('pointerdown', outside);
      document.removeEventListener('scroll', scrolled, { capture: true });
    };
  }, [item.itemId]);

  function onKey(event: KeyboardEvent): void {
    const buttons = [...menu.current!.querySelectorAll('button')];
    const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) buttons[(at + step + buttons.length) % buttons.length]!.focus();
    else if (event.key === 'Home') buttons[0]!.focus();
    else if (event.key === 'End') buttons.at(-1)!.focus();
    else if (event.key === 'Escape' || event.key === 'Tab') onClose();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  return (
    <div class="queue-menu" ref={menu} role="menu" aria-label={`More for ${titleOfItem(item)}`} onKeyDown={onKey}>
      {entries.map(({ label, run, grave }) => (
        <button
          key={label}
          type="button"
          role="menuitem"
          tabIndex={-1}
          class="queue-menu-entry"
          data-grave={grave === true}
          onClick={() => {
            onClose();
            void run();
          }}
        >
          {label}
        </button>
      ))}
    </div>
  );
}
