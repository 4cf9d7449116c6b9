/** The queue of a room (docs/CONTRACT.md, QU): checks of its parts in the messages. */
import { type Checked, bool, enumOr, list, nullable, num, obj, optional, str } from './check';

/** Most links in one command (QU1). */
export const ADDED_MAX = 50;
/** Most items in one page of the list. */
export const PAGE_MAX = 100;

const item = {
  itemId: str,
  videoUrl: str,
  videoType: nullable(str),
  title: nullable(str),
  /** Seconds; 0 while unknown. */
  duration: num,
  poster: nullable(str),
  userId: str,
  userName: str,
  addedAt: str,
  votes: num,
  rank: num,
};
const queueItem = obj(item);
const playedItem = obj({ ...item, endedAt: str, failed: optional(bool) });
const queueMode = obj({
  loop: enumOr('none', 'none', 'one', 'all'),
  autoplay: bool,
  order: enumOr('manual', 'manual', 'votes'),
});
const skipVotes = obj({ votes: num, needed: num });

/** The queue in the state of a room: the first items, and what the reader has voted for. */
export const queueSnapshot = obj({
  items: list(queueItem),
  total: num,
  mode: queueMode,
  current: nullable(queueItem),
  played: list(playedItem),
  skip: skipVotes,
  /** Server ms. */
  undoUntil: optional(num),
  voted: list(str),
  /** Whether the reader votes to skip the current item. */
  votedSkip: bool,
});

/** What a change of the room has changed in its queue (QU12); an absent part is as before. */
export const queueChange = {
  added: optional(list(queueItem)),
  removed: optional(list(str)),
  moved: optional(list(obj({ itemId: str, rank: num }))),
  changed: optional(list(obj({ itemId: str, title: optional(str), duration: optional(num), poster: optional(str) }))),
  current: optional(queueItem),
  /** The newest of the played items. */
  played: optional(playedItem),
  /** The newest played item that is none any more. */
  unplayed: optional(str),
  mode: optional(queueMode),
  votes: optional(list(obj({ itemId: str, votes: num }))),
  skip: optional(skipVotes),
  /** Server ms; 0 when nothing can be undone. */
  undoUntil: optional(num),
  userId: optional(str),
};

export const queuePage = obj({ items: list(queueItem), next: nullable(str), total: num, epoch: num, seq: num });

export type QueueItem = Checked<typeof queueItem>;
export type PlayedItem = Checked<typeof playedItem>;
export type QueueMode = Checked<typeof queueMode>;
export type QueueSnapshot = Checked<typeof queueSnapshot>;
export type QueuePage = Checked<typeof queuePage>;
