/** The queue of a room (docs/CONTRACT.md, QU): checks of the messages. Loaded on demand, with the queue itself. */
import { type Checked, bool, enumOr, list, nullable, num, obj, optional, str } from './check';

const itemFields = {
  itemId: str,
  videoUrl: str,
  videoType: nullable(str),
  title: nullable(str),
  /** Seconds; 0 while unknown. */
  duration: num,
  /** The link of a picture. */
  poster: nullable(str),
  /** Who added it. */
  userId: str,
  userName: str,
  addedAt: str,
  votes: num,
  /** Orders the list. */
  rank: num,
};
const queueItem = obj(itemFields);
/**
 * An item that was shown; `failed` when no viewer's player could play it. `position` is where another film took its
 * place, in seconds; absent when it was over.
 */
const playedItem = obj({ ...itemFields, endedAt: str, failed: optional(bool), position: optional(num) });
const queueMode = obj({
  loop: enumOr('none', 'none', 'one', 'all'),
  autoplay: bool,
  order: enumOr('manual', 'manual', 'votes'),
});
/** The vote to skip the current item; `needed` is 0 while such votes are off. */
const skipVotes = obj({ votes: num, needed: num });

/** `queue` of a room: the first items of the list, and all else. */
export const queueState = obj({
  items: list(queueItem),
  /** Number of items in the list. */
  total: num,
  mode: queueMode,
  /** The item that is shown. */
  current: nullable(queueItem),
  /** Newest last. */
  played: list(playedItem),
  skip: skipVotes,
  /** Until when the last change of the list can be taken back (server ms). */
  undoUntil: optional(num),
  /** The items that the reader votes for. */
  voted: list(str),
  votedSkip: bool,
});

/** The payload of `queue-changed`: what has changed, in the order in which it is applied (QU12). */
export const queueChange = obj({
  removed: optional(list(str)),
  added: optional(list(queueItem)),
  moved: optional(list(obj({ itemId: str, rank: num }))),
  votes: optional(list(obj({ itemId: str, votes: num }))),
  changed: optional(list(obj({ itemId: str, title: optional(str), duration: optional(num), poster: optional(str) }))),
  /** The newest played item, which is none any more. */
  unplayed: optional(str),
  played: optional(playedItem),
  current: optional(queueItem),
  mode: optional(queueMode),
  skip: optional(skipVotes),
  /** 0: nothing can be taken back any more. */
  undoUntil: optional(num),
  /** Who did it; absent when the film ended. */
  userId: optional(str),
  epoch: num,
  seq: num,
});

/** The answer to `queue-add`. */
export const addedAnswer = obj({ itemIds: list(str), epoch: num, seq: num });

/** The answer to `get-queue`; `next` is to be sent as `after` for more items. */
export const queuePage = obj({
  items: list(queueItem),
  next: nullable(str),
  total: num,
  epoch: num,
  seq: num,
});

export type QueueItem = Checked<typeof queueItem>;
export type PlayedItem = Checked<typeof playedItem>;
export type QueueMode = Checked<typeof queueMode>;
export type SkipVotes = Checked<typeof skipVotes>;
export type QueueState = Checked<typeof queueState>;
export type QueueChange = Checked<typeof queueChange>;
export type QueuePage = Checked<typeof queuePage>;
