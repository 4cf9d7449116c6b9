/** Chat messages on the wire, with what only extended clients see of them (CH5 to CH9). */
import { type Checked, bool, list, nullable, num, obj, optional, str } from './check';

const revision = { epoch: optional(num), seq: optional(num), since: optional(num) };

/** The message that another one answers; only its id is left when it is no longer in the log. */
export const quote = obj({
  messageId: str,
  userId: optional(str),
  userName: optional(str),
  message: optional(str),
  deleted: optional(bool),
});
/** Members who chose an emoji; `userIds` names the first of them. */
const reaction = obj({ emoji: str, count: num, userIds: list(str) });

export const chatMessage = obj({
  id: str,
  userId: str,
  userName: str,
  message: str,
  timestamp: str,
  roomId: str,
  replyTo: optional(quote),
  /** Where the film was. */
  at: optional(obj({ item: nullable(str), videoUrl: nullable(str), position: num })),
  reactions: optional(list(reaction)),
  /** The emoji of this viewer's own reactions, where the server or its answers have said so. */
  mine: optional(list(str)),
  editedAt: optional(str),
  deleted: optional(bool),
});

export const messageEdited = obj({ messageId: str, message: str, editedAt: str, userId: str, ...revision });
export const messageDeleted = obj({ messageId: str, userId: str, ...revision });
export const messageReactions = obj({ messageId: str, reactions: list(reaction), ...revision });

/** A page of older messages, oldest first. */
export const messagesAnswer = obj({ messages: list(chatMessage), more: bool });

export type ChatMessage = Checked<typeof chatMessage>;
export type Quote = Checked<typeof quote>;
export type Reaction = Checked<typeof reaction>;
