/**
 * A row of the queue: handle, picture, title, who added it, votes, menu. It reads no context, so that it is drawn anew
 * only when one of its own properties or signals changes, and not with every other row.
 */
import { useComputed } from '@preact/signals';
import type { QueueItem } from '../protocol/queue';
import { titleOfItem } from '../queue/queue-notices';
import { Icon } from './icons';
import type { Queue } from '../queue/queue';
import { AddedBy, Poster, QueueIcon } from './queue-parts';

/** What the parts of a row call; the same functions as long as the list is shown. */
export interface RowEvents {
  onMenu(item: QueueItem): void;
  onPointerDown(event: PointerEvent, item: QueueItem): void;
  onPointerMove(event: PointerEvent): void;
  onPointerUp(event: PointerEvent): void;
  onPointerCancel(): void;
  onKeyDown(event: KeyboardEvent, item: QueueItem): void;
  onBlur(event: FocusEvent): void;
}

export interface QueueRowProps {
  queue: Queue;
  item: QueueItem;
  index: number;
  count: number;
  /** Distance from the top of the list, px. */
  top: number;
  lifted: boolean;
  /** Whether a pointer holds it. */
  dragged: boolean;
  movable: boolean;
  menuOpen: boolean;
  events: RowEvents;
}

export function QueueRow({ queue, item, index, count, top, lifted, dragged, movable, menuOpen, events }: QueueRowProps) {
  const { commands, mayChange } = queue;
  const { itemId } = item;
  const title = titleOfItem(item);
  const mine = mayChange(item);
  const voted = useComputed(() => commands.voted.value.has(itemId)).value;
  const uncounted = useComputed(() => commands.uncounted.value.get(itemId) ?? 0).value;
  const votes = item.votes + uncounted;
  return (
    <li
      class="queue-row"
      data-item={itemId}
      data-lifted={lifted}
      data-dragged={dragged}
      aria-posinset={index + 1}
      aria-setsize={count}
      style={{ transform: `translateY(${top}px)` }}
    >
      {mine && movable ? (
        <button
          type="button"
          class="queue-handle"
          aria-label={`Move ${title}`}
          aria-pressed={lifted}
          title="Drag, or press Space and use the arrow keys"
          onPointerDown={(event) => events.onPointerDown(event, item)}
          onPointerMove={events.onPointerMove}
          onPointerUp={events.onPointerUp}
          onPointerCancel={events.onPointerCancel}
          onKeyDown={(event) => events.onKeyDown(event, item)}
          onBlur={events.onBlur}
        >
          <QueueIcon name="grip" />
        </button>
      ) : (
        <span class="queue-number" aria-hidden="true">
          {index + 1}
        </span>
      )}
      <Poster item={item} />
      <span class="queue-row-text">
        <b title={title}>{title}</b>
        <small>
          <AddedBy item={item} />
        </small>
      </span>
      <button
        type="button"
        class="queue-vote"
        aria-pressed={voted}
        aria-label={`Vote for ${title}, ${votes === 1 ? '1 vote' : `${votes} votes`}`}
        onClick={() => void commands.vote(itemId)}
      >
        <QueueIcon name="vote" />
        <span aria-hidden="true">{votes > 0 ? votes : ''}</span>
      </button>
      {mine && (
        <button
          type="button"
          class="icon-button queue-more"
          aria-label={`More for ${title}`}
          aria-haspopup="menu"
          aria-expanded={menuOpen}
          onClick={() => events.onMenu(item)}
        >
          <Icon name="more" />
        </button>
      )}
    </li>
  );
}
