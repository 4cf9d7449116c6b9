/** A row of the queue: handle, picture, title, who added it, votes, menu. */
import type { QueueItem } from '../protocol/queue';
import { titleOfItem } from '../queue/queue-notices';
import { Icon } from './icons';
import { AddedBy, Poster, QueueIcon, useQueue } from './queue-parts';

export interface HandleEvents {
  onPointerDown(event: PointerEvent, item: QueueItem): void;
  onPointerMove(event: PointerEvent): void;
  onPointerUp(event: PointerEvent): void;
  onPointerCancel(): void;
  onKeyDown(event: KeyboardEvent, item: QueueItem): void;
  onBlur(event: FocusEvent): void;
}

export interface QueueRowProps {
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
  onMenu: () => void;
  handle: HandleEvents;
}

export function QueueRow({ item, index, count, top, lifted, dragged, movable, menuOpen, onMenu, handle }: QueueRowProps) {
  const { commands, mayChange } = useQueue();
  const title = titleOfItem(item);
  const mine = mayChange(item);
  const voted = commands.voted.value.has(item.itemId);
  const votes = item.votes + (commands.uncounted.value.get(item.itemId) ?? 0);
  return (
    <li
      class="queue-row"
      data-item={item.itemId}
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
          onPointerDown={(event) => handle.onPointerDown(event, item)}
          onPointerMove={handle.onPointerMove}
          onPointerUp={handle.onPointerUp}
          onPointerCancel={handle.onPointerCancel}
          onKeyDown={(event) => handle.onKeyDown(event, item)}
          onBlur={handle.onBlur}
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
        onClick={() => void commands.vote(item.itemId)}
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
          onClick={onMenu}
        >
          <Icon name="more" />
        </button>
      )}
    </li>
  );
}
