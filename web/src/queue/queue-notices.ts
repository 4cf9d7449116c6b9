/** Describes changes of the queue as chat notices; what one member adds in a row becomes one notice. */
import type { QueueItem } from '../protocol/queue';
import { titleOfLink } from '../protocol/video-kind';
import type { MemberLookup } from '../room/event-notices';
import { type ChangedParts, type KnownQueue, upNext } from './queue-state';

export interface QueueNotice {
  text: string;
  /** The text of the notice that it replaces, if that is still the last entry of the chat. */
  instead?: string;
  toast?: boolean;
}

/** Returns the title of a film, or one made from its link. */
export function titleOfItem({ title, videoUrl }: Pick<QueueItem, 'title' | 'videoUrl'>): string {
  return title ?? titleOfLink(videoUrl);
}

function who(id: string | undefined, known: MemberLookup): string | null {
  return id === undefined ? null : known.isMe(id) ? 'You' : known.nameOf(id);
}

function addedText(name: string, items: readonly QueueItem[]): string {
  return `${name} added ${items.length === 1 ? titleOfItem(items[0]!) : `${items.length} films`} to the queue`;
}

/** Returns the notice about another current item. */
function shownText(before: KnownQueue, current: QueueItem, { userId }: ChangedParts, known: MemberLookup): string {
  const title = titleOfItem(current);
  const name = who(userId, known);
  const wasQueued = before.items.has(current.itemId);
  if (name === null) return wasQueued ? `Next: ${title}` : `Now showing: ${title}`;
  const skipped = wasQueued && upNext(before)?.itemId === current.itemId && before.current !== null;
  return skipped ? `${name} skipped ${titleOfItem(before.current!)}. Next: ${title}` : `${name} put on ${title}`;
}

function modeText(before: KnownQueue, { mode, userId }: ChangedParts, known: MemberLookup): string | null {
  const name = who(userId, known);
  if (mode === undefined || name === null) return null;
  if (mode.autoplay !== before.mode.autoplay)
    return mode.autoplay ? `${name} let the films play on by themselves` : `${name} stopped the films from playing on`;
  if (mode.order !== before.mode.order)
    return mode.order === 'votes'
      ? `${name} let the votes decide what plays next`
      : `${name} put the queue in charge of what plays next`;
  if (mode.loop === before.mode.loop) return null;
  const LOOPS = { none: 'stopped the repeat', one: 'set this film to repeat', all: 'set the queue to repeat' };
  return `${name} ${LOOPS[mode.loop]}`;
}

export function createQueueNotices(known: MemberLookup) {
  /** The last notice with films in it; their titles may become known a moment later. */
  let last: { text: string; addedBy: string | null; items: QueueItem[]; describe: (items: QueueItem[]) => string } | null = null;

  function remember(items: QueueItem[], describe: (items: QueueItem[]) => string, addedBy: string | null = null): string {
    const text = describe(items);
    last = { text, items, describe, addedBy };
    return text;
  }

  function added(items: QueueItem[], userId: string): QueueNotice | null {
    const name = who(userId, known);
    if (name === null) return null;
    const goesOn = last?.addedBy === userId ? last : null;
    const text = remember([...(goesOn?.items ?? []), ...items], (all) => addedText(name, all), userId);
    return goesOn === null ? { text } : { text, instead: goesOn.text };
  }

  /** Replaces the last notice when a title in it has become known. */
  function retitled({ changed = [] }: ChangedParts): QueueNotice | null {
    if (last === null) return null;
    const { text: instead, items, describe, addedBy } = last;
    const titles = new Map(changed.flatMap(({ itemId, title }) => (title === undefined ? [] : [[itemId, title]])));
    if (!items.some(({ itemId }) => titles.has(itemId))) return null;
    const text = remember(
      items.map((item) => ({ ...item, title: titles.get(item.itemId) ?? item.title })),
      describe,
      addedBy,
    );
    return text === instead ? null : { text, instead };
  }

  function removed(before: KnownQueue, { removed: ids = [], userId }: ChangedParts): QueueNotice | null {
    const name = who(userId, known);
    if (name === null || ids.length === 0) return null;
    const item = before.items.get(ids[0]!);
    last = null;
    if (ids.length > 1)
      return { text: ids.length === before.total ? `${name} emptied the queue` : `${name} removed ${ids.length} films` };
    return item === undefined ? null : { text: `${name} removed ${titleOfItem(item)} from the queue` };
  }

  return {
    /** Returns the notice about a change; null when there is nothing to say. Called before the change is applied. */
    of(before: KnownQueue, change: ChangedParts): QueueNotice | null {
      const { current, added: items = [], userId } = change;
      if (current !== undefined) {
        const text = remember([current], ([item]) => shownText(before, item!, change, known));
        return { text, toast: userId === undefined || !known.isMe(userId) };
      }
      if (items.length > 0) return userId === undefined ? null : added(items, userId);
      const mode = modeText(before, change, known);
      if (mode !== null) last = null;
      return retitled(change) ?? (mode === null ? removed(before, change) : { text: mode });
    },
    /** Another room begins. */
    reset: () => (last = null),
  };
}
