/** The entries of the chat's log, and changes of them. Pure: an entry that stays the same keeps its identity. */
import type { ChatMessage, Quote, Reaction } from '../protocol/chat';
import type { Notice } from '../room/event-notices';
import { quoteOf } from './message-marks';

/**
 * State of a pending message. sending: just sent. slow: no answer yet. waiting: failed, will be retried. acknowledged:
 * the server has it, the echo is still missing. failed: rejected; the viewer decides.
 */
export type PendingState = 'sending' | 'slow' | 'waiting' | 'acknowledged' | 'failed';

/**
 * A message of this viewer that has not come back from the server. The client chooses its id and sends it with every
 * retry.
 */
export interface Pending {
  kind: 'pending';
  key: string;
  id: string;
  text: string;
  state: PendingState;
  problem: string | null;
  /** The message that it answers. */
  replyTo: Quote | null;
}

export interface MessageEntry {
  kind: 'message';
  key: string;
  message: ChatMessage;
}

export type Entry = MessageEntry | Pending | { kind: 'notice'; key: string; topic: Notice['topic']; text: string };

export function messageIds(entries: readonly Entry[]): string[] {
  return entries.flatMap((entry) => (entry.kind === 'message' ? [entry.message.id] : []));
}

export function changeMessages(entries: Entry[], how: (message: ChatMessage) => ChatMessage): Entry[] {
  return entries.map((entry) => {
    if (entry.kind !== 'message') return entry;
    const message = how(entry.message);
    return message === entry.message ? entry : { ...entry, message };
  });
}

/** Changes a message, and what others quote of it. */
function changeOne(entries: Entry[], id: string, how: (message: ChatMessage) => ChatMessage, quote: Partial<Quote>): Entry[] {
  return changeMessages(entries, (message) => {
    if (message.id === id) return how(message);
    return message.replyTo?.messageId === id ? { ...message, replyTo: { ...message.replyTo, ...quote } } : message;
  });
}

export function editedEntries(entries: Entry[], id: string, text: string, editedAt: string): Entry[] {
  return changeOne(entries, id, (message) => ({ ...message, message: text, editedAt }), { message: quoteOf(text) });
}

/** Leaves a tombstone. */
export function deletedEntries(entries: Entry[], id: string): Entry[] {
  const bury = ({ id: same, userId, userName, timestamp, roomId }: ChatMessage): ChatMessage => {
    return { id: same, userId, userName, timestamp, roomId, message: '', deleted: true };
  };
  return changeOne(entries, id, bury, { message: '', deleted: true });
}

/** Returns whether a reaction is this viewer's own. Where many have reacted, `userIds` does not name all of them. */
export function isMine({ mine }: ChatMessage, { emoji, count, userIds }: Reaction, me: string | null): boolean {
  return (me !== null && userIds.includes(me)) || (count > userIds.length && mine?.includes(emoji) === true);
}

export function reactedEntries(entries: Entry[], id: string, reactions: Reaction[]): Entry[] {
  return changeMessages(entries, (message) => (message.id === id ? { ...message, reactions } : message));
}

/** Returns the entries with the newest state of the messages that they share with the server's list. */
export function refreshedEntries(entries: Entry[], messages: readonly ChatMessage[]): Entry[] {
  const newest = new Map(messages.map((message) => [message.id, message]));
  return changeMessages(entries, (message) => {
    const next = newest.get(message.id);
    return next === undefined || JSON.stringify(next) === JSON.stringify(message) ? message : next;
  });
}

/** Returns what a reply to the message quotes of it. */
export function quotedBy({ id, userId, userName, message }: ChatMessage): Quote {
  return { messageId: id, userId, userName, message: quoteOf(message) };
}
