/**
 * The queue of a room as this page knows it: a snapshot, changed by events and completed by pages (QU12, QU13). Pure.
 *
 * A snapshot holds the first items only. Every item with a rank up to `knownTo` is known, so that the list has no gaps
 * up to there. Items with a higher rank may be known too; they count when a page has closed the gap.
 */
import type { PlayedItem, QueueChange, QueueItem, QueueMode, QueuePage, QueueState, SkipVotes } from '../protocol/queue';

/** What a change says about the queue, without its position in the stream. */
export type ChangedParts = Partial<QueueChange>;

export interface KnownQueue {
  items: ReadonlyMap<string, QueueItem>;
  /** Infinity when the whole list is known. */
  knownTo: number;
  total: number;
  mode: QueueMode;
  current: QueueItem | null;
  /** Newest last. */
  played: readonly PlayedItem[];
  skip: SkipVotes;
  /** Server ms; null when nothing can be undone. */
  undoUntil: number | null;
}

export const EMPTY_QUEUE: KnownQueue = {
  items: new Map(),
  knownTo: Infinity,
  total: 0,
  mode: { loop: 'none', autoplay: true, order: 'manual' },
  current: null,
  played: [],
  skip: { votes: 0, needed: 0 },
  undoUntil: null,
};

/** Most played items that the server keeps. */
const PLAYED_MAX = 50;

export function fromSnapshot({ items, total, mode, current, played, skip, undoUntil }: QueueState): KnownQueue {
  const last = items.at(-1)?.rank ?? -Infinity;
  return {
    items: new Map(items.map((item) => [item.itemId, item])),
    knownTo: items.length >= total ? Infinity : last,
    total,
    mode,
    current,
    played,
    skip,
    undoUntil: undoUntil ?? null,
  };
}

type Details = NonNullable<ChangedParts['changed']>[number];

function described<T extends QueueItem>(item: T, { title, duration, poster }: Details): T {
  return {
    ...item,
    ...(title !== undefined && { title }),
    ...(duration !== undefined && { duration }),
    ...(poster !== undefined && { poster }),
  };
}

/** Changes the items in the order of QU12, and returns up to which rank the list has no gaps. */
function changeItems(items: Map<string, QueueItem>, knownTo: number, change: ChangedParts): number {
  let known = knownTo;
  for (const id of change.removed ?? []) items.delete(id);
  for (const item of change.added ?? []) items.set(item.itemId, item);
  const update = (id: string, how: (item: QueueItem) => QueueItem) => {
    const item = items.get(id);
    if (item !== undefined) items.set(id, how(item));
    return item !== undefined;
  };
  for (const { itemId, rank } of change.moved ?? []) {
    // An unknown item that moves to a known part of the list leaves a gap there.
    if (!update(itemId, (item) => ({ ...item, rank })) && rank <= known) known = rank - 1;
  }
  for (const { itemId, votes } of change.votes ?? []) update(itemId, (item) => ({ ...item, votes }));
  for (const details of change.changed ?? []) update(details.itemId, (item) => described(item, details));
  return known;
}

function changePlayed(
  played: readonly PlayedItem[],
  { unplayed, played: newest, changed = [] }: ChangedParts,
): readonly PlayedItem[] {
  let next = played;
  if (unplayed !== undefined) next = next.filter((item) => item.itemId !== unplayed);
  if (newest !== undefined) next = [...next, newest].slice(-PLAYED_MAX);
  for (const details of changed) {
    if (next.some((item) => item.itemId === details.itemId))
      next = next.map((item) => (item.itemId === details.itemId ? described(item, details) : item));
  }
  return next;
}

export function applyChange(state: KnownQueue, change: ChangedParts): KnownQueue {
  const items = new Map(state.items);
  const knownTo = changeItems(items, state.knownTo, change);
  let current = change.current ?? state.current;
  for (const details of change.changed ?? []) {
    if (current?.itemId === details.itemId) current = described(current, details);
  }
  const total = Math.max(0, state.total + (change.added?.length ?? 0) - (change.removed?.length ?? 0));
  return {
    items,
    knownTo: items.size >= total ? Infinity : knownTo,
    total,
    mode: change.mode ?? state.mode,
    current,
    played: changePlayed(state.played, change),
    skip: change.skip ?? state.skip,
    undoUntil: change.undoUntil === undefined ? state.undoUntil : change.undoUntil > 0 ? change.undoUntil : null,
  };
}

/**
 * Adds a page of the list that follows what is known.
 * @param since the changes after the page that have been applied already
 */
export function mergePage(state: KnownQueue, page: QueuePage, since: readonly ChangedParts[]): KnownQueue {
  const items = new Map(state.items);
  for (const item of page.items) items.set(item.itemId, item);
  let knownTo = page.next === null ? Infinity : (page.items.at(-1)?.rank ?? state.knownTo);
  for (const change of since) knownTo = changeItems(items, knownTo, change);
  return { ...state, items, knownTo };
}

/** Forgets what is known without gaps, so that the list is read anew. */
export function withGaps(state: KnownQueue): KnownQueue {
  return { ...state, knownTo: -Infinity };
}

type ItemOrder = (a: QueueItem, b: QueueItem) => number;

const byRank: ItemOrder = (a, b) => a.rank - b.rank;
const byVotes: ItemOrder = (a, b) => b.votes - a.votes || byRank(a, b);
const playOrder = ({ order }: QueueMode): ItemOrder => (order === 'votes' ? byVotes : byRank);

/** Returns the items up to the first gap. */
function* known({ items, knownTo }: KnownQueue): Generator<QueueItem> {
  for (const item of items.values()) if (item.rank <= knownTo) yield item;
}

/** Returns the items of the list in the order of their ranks, up to the first gap. */
export function listed(state: KnownQueue): QueueItem[] {
  return [...known(state)].sort(byRank);
}

/** Returns the known items of the list in the order in which they play (QU6). */
export function orderOfPlay(state: KnownQueue): QueueItem[] {
  return [...known(state)].sort(playOrder(state.mode));
}

/** Returns the first of `orderOfPlay` without sorting a long list; the end of the film asks several times a second. */
function firstToPlay(state: KnownQueue): QueueItem | undefined {
  const order = playOrder(state.mode);
  let first: QueueItem | undefined;
  for (const item of known(state)) if (first === undefined || order(item, first) < 0) first = item;
  return first;
}

/** Returns whether the whole list is known. */
export function isComplete(state: KnownQueue): boolean {
  return state.knownTo === Infinity;
}

/** Returns the item that plays after the current one; null when there is none, undefined when it is unknown. */
export function upNext(state: KnownQueue): QueueItem | null | undefined {
  const { mode, current, total } = state;
  if (mode.loop === 'one' && current !== null) return current;
  if (total === 0) return mode.loop === 'all' ? current : null;
  // With votes, an item further down may have more of them.
  if (mode.order === 'votes' && !isComplete(state)) return undefined;
  return firstToPlay(state);
}

/** Returns the known length of all known items, in seconds. */
export function totalSeconds(items: readonly QueueItem[]): number {
  return items.reduce((sum, { duration }) => sum + duration, 0);
}
