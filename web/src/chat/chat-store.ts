/** The chat: messages from the server, this viewer's pending ones, and notices between them. */
import { computed, signal } from '@preact/signals';
import type { ChatMessage, Quote, Reaction } from '../protocol/chat';
import type { Notice } from '../room/event-notices';
import {
  type Entry,
  type Pending,
  type PendingState,
  deletedEntries,
  editedEntries,
  messageIds,
  reactedEntries,
  refreshedEntries,
} from './chat-entries';

export type { Entry, MessageEntry, Pending, PendingState } from './chat-entries';

const ENTRIES_MAX = 500;
/** While older entries are read, they are not taken away under the reader's eyes. */
const READING_MAX = 800;
/** Number of messages in the history of a join where the server knows nothing but their text. */
const BASE_HISTORY = 20;

/** @param isForMe whether a text mentions this viewer */
export function createChatStore(isForMe: (text: string) => boolean = () => false) {
  const entries = signal<Entry[]>([]);
  const unread = signal(0);
  const typing = signal<{ userId: string; userName: string }[]>([]);
  /** Keys of the unread messages that mention this viewer. */
  const mentions = signal<readonly string[]>([]);
  /** Key of the first message that was not read when it came; a line stands above it. */
  const newFrom = signal<string | null>(null);
  /** Whether the server keeps older messages than the first one here. */
  const hasOlder = signal(false);
  /** Whether the server knows replies, reactions, edits and older messages. */
  const extended = signal(false);
  /** Whether entries are not announced one by one, because many come. */
  const quiet = signal(false);
  const listeners = new Set<(message: ChatMessage) => void>();
  let watching = true;
  let nextKey = 0;

  function put(list: Entry[]): void {
    const most = watching ? ENTRIES_MAX : READING_MAX;
    if (list.length > most && extended.peek()) hasOlder.value = true;
    entries.value = list.length > most ? list.slice(-ENTRIES_MAX) : list;
  }

  /** Counts a message of another member that nobody has seen yet. */
  function countUnread(message: ChatMessage, key: string): void {
    if (unread.peek() === 0) newFrom.value = key;
    unread.value++;
    if (isForMe(message.message)) mentions.value = [...mentions.peek(), key];
  }

  /**
   * Merges the history of a join: known messages stay, new ones are appended in the server's order.
   * @param more whether the server has older ones; undefined where it knows nothing but their text
   */
  function mergeHistory(messages: ChatMessage[], fresh: boolean, me: string | null, more?: boolean): void {
    extended.value = more !== undefined;
    const before = fresh ? [] : entries.value;
    const known = new Set(messageIds(before));
    const news = messages.filter((message) => !known.has(message.id));
    const gap = known.size > 0 && news.length === messages.length && messages.length >= BASE_HISTORY;
    const pending = new Map(entries.value.flatMap((entry) => (entry.kind === 'pending' ? [[entry.id, entry.key]] : [])));
    const arrived = new Set(news.map((message) => message.id));
    const unsent = before.filter((entry) => entry.kind !== 'pending' || !arrived.has(entry.id));
    const kept = more === undefined ? unsent : withoutOutdated(refreshedEntries(unsent, messages), messages, gap);
    const line: Entry[] =
      gap && more === undefined
        ? [{ kind: 'notice', key: `l${nextKey++}`, topic: 'members', text: 'Some messages were missed' }]
        : [];
    const added = news.map((message): Entry => ({ kind: 'message', key: pending.get(message.id) ?? message.id, message }));
    if (messageIds([...kept, ...added])[0] === messages[0]?.id) hasOlder.value = more === true;
    put([...kept, ...line, ...added]);
    typing.value = [];
    if (fresh) forgetUnread();
    else if (!watching) for (const message of news) if (message.userId !== me) countUnread(message, message.id);
  }

  /**
   * Returns the entries without messages before the server's list. They may have changed meanwhile, and are loaded
   * again when they are read; a viewer who is reading them keeps them, unless messages after them are missing.
   */
  function withoutOutdated(list: Entry[], messages: ChatMessage[], gap: boolean): Entry[] {
    if (gap) return list.filter((entry) => entry.kind === 'pending');
    const from = list.findIndex((entry) => entry.kind === 'message' && entry.message.id === messages[0]?.id);
    return watching && from > 0 ? list.slice(from) : list;
  }

  /** Adds a page of older messages before the first entry. */
  function prepend(messages: ChatMessage[], more: boolean): void {
    const known = new Set(messageIds(entries.value));
    const older = messages.filter((message) => !known.has(message.id));
    const all = [...older.map((message): Entry => ({ kind: 'message', key: message.id, message })), ...entries.value];
    hasOlder.value = more && older.length > 0 && all.length < ENTRIES_MAX;
    // Not shortened: the oldest ones are those that are wanted.
    entries.value = all;
  }

  function forgetUnread(): void {
    unread.value = 0;
    mentions.value = [];
    newFrom.value = null;
  }

  /** Adds a message from the server; an own message replaces its pending entry. */
  function add(message: ChatMessage, mine: boolean): void {
    if (hasMessage(message.id)) return;
    const pending = entries.value.find((entry) => entry.kind === 'pending' && entry.id === message.id);
    const key = pending?.key ?? message.id;
    put([...entries.value.filter((entry) => entry !== pending), { kind: 'message', key, message }]);
    stopTyping(message.userId);
    if (!mine && !watching) countUnread(message, key);
    if (!mine) for (const listener of listeners) listener(message);
  }

  function hasMessage(messageId: string): boolean {
    return entries.value.some((entry) => entry.kind === 'message' && entry.message.id === messageId);
  }

  function addPending(id: string, text: string, state: PendingState = 'sending', replyTo: Quote | null = null): string {
    const key = `p${nextKey++}`;
    if (state === 'sending') newFrom.value = null;
    put([...entries.value, { kind: 'pending', key, id, text, state, problem: null, replyTo }]);
    return key;
  }

  function pendingAt(key: string): Pending | null {
    const entry = entries.value.find((candidate) => candidate.key === key);
    return entry?.kind === 'pending' ? entry : null;
  }

  function setPending(key: string, state: PendingState, problem: string | null = null): void {
    const entry = pendingAt(key);
    if (entry === null || (entry.state === state && entry.problem === problem)) return;
    put(entries.value.map((other) => (other === entry ? { ...entry, state, problem } : other)));
  }

  /** Makes a pending message an ordinary one, because what it answers is gone. */
  function dropReply(key: string): void {
    put(entries.value.map((entry) => (entry.kind === 'pending' && entry.key === key ? { ...entry, replyTo: null } : entry)));
  }

  /** Marks a pending message as accepted under an id. Its echo may have arrived already. */
  function confirmPending(key: string, messageId: string): void {
    if (hasMessage(messageId)) dropPending(key);
    else {
      put(
        entries.value.map((entry) =>
          entry.kind === 'pending' && entry.key === key
            ? { ...entry, id: messageId, state: 'acknowledged', problem: null }
            : entry,
        ),
      );
    }
  }

  /** Removes a pending message; a message that has been echoed stays. */
  function dropPending(key: string): void {
    put(entries.value.filter((entry) => entry.kind !== 'pending' || entry.key !== key));
  }

  /**
   * Adds a notice. A playback notice replaces the playback and waiting notices before it; a waiting notice replaces
   * waiting notices.
   * @param instead the text of a notice that it replaces when that is the last entry
   */
  function addNotice({ topic, text }: Notice, instead?: string): void {
    const over: Notice['topic'][] = topic === 'playback' ? ['playback', 'waiting'] : topic === 'waiting' ? ['waiting'] : [];
    let end = entries.value.length;
    const newest = entries.value.at(-1);
    if (newest?.kind === 'notice' && newest.text === instead) end--;
    for (; end > 0; end--) {
      const last = entries.value[end - 1];
      if (last?.kind !== 'notice' || !over.includes(last.topic)) break;
    }
    put([...entries.value.slice(0, end), { kind: 'notice', key: `l${nextKey++}`, topic, text }]);
  }

  function startTyping(userId: string, userName: string): void {
    stopTyping(userId);
    typing.value = [...typing.value, { userId, userName }];
  }

  function stopTyping(userId: string): void {
    if (typing.value.some((one) => one.userId === userId)) typing.value = typing.value.filter((one) => one.userId !== userId);
  }

  /** Sets whether the newest messages are visible. */
  function setWatching(yes: boolean): void {
    watching = yes;
    if (!yes) return;
    unread.value = 0;
    mentions.value = [];
  }

  function clear(): void {
    entries.value = [];
    typing.value = [];
    hasOlder.value = false;
    forgetUnread();
  }

  /** Calls back with each message of others, as it arrives. Returns a function that ends it. */
  function onArrival(listener: (message: ChatMessage) => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }

  const typingText = computed(() => {
    const names = typing.value.map((one) => one.userName);
    if (names.length === 0) return '';
    if (names.length === 1) return `${names[0]} is writing`;
    return names.length === 2 ? `${names[0]} and ${names[1]} are writing` : 'Several people are writing';
  });

  return {
    entries, unread, mentions, newFrom, hasOlder, extended, quiet, typingText, mergeHistory, prepend, add, hasMessage, addPending,
    pendingAt, setPending, dropReply, confirmPending, dropPending, addNotice, startTyping, stopTyping, setWatching, clear, onArrival,
    edit: (id: string, text: string, at: string) => (entries.value = editedEntries(entries.value, id, text, at)),
    bury: (id: string) => (entries.value = deletedEntries(entries.value, id)),
    react: (id: string, reactions: Reaction[]) => (entries.value = reactedEntries(entries.value, id, reactions)),
  }; // prettier-ignore
}

export type ChatStore = ReturnType<typeof createChatStore>;
