/** The chat: messages from the server, this viewer's pending ones, and notices between them. */
import { computed, signal } from '@preact/signals';
import type { ChatMessage } from '../protocol/messages';
import type { Notice } from '../room/event-notices';

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
}

export type Entry =
  | { kind: 'message'; key: string; message: ChatMessage }
  | Pending
  | { kind: 'notice'; key: string; topic: Notice['topic']; text: string };

const ENTRIES_MAX = 500;

export function createChatStore() {
  const entries = signal<Entry[]>([]);
  const unread = signal(0);
  const typing = signal<{ userId: string; userName: string }[]>([]);
  let watching = true;
  let nextKey = 0;

  function put(list: Entry[]): void {
    entries.value = list.slice(-ENTRIES_MAX);
  }

  /** Merges the history of a join: known messages stay, new ones are appended in the server's order. */
  function mergeHistory(messages: ChatMessage[], fresh: boolean, me: string | null): void {
    const known = new Set(entries.value.flatMap((entry) => (entry.kind === 'message' ? [entry.message.id] : [])));
    const news = messages.filter((message) => !known.has(message.id));
    const missed = !fresh && known.size > 0 && news.length === messages.length && messages.length >= 20;
    const pending = new Map(entries.value.flatMap((entry) => (entry.kind === 'pending' ? [[entry.id, entry.key]] : [])));
    const arrived = new Set(news.map((message) => message.id));
    const kept = fresh ? [] : entries.value.filter((entry) => entry.kind !== 'pending' || !arrived.has(entry.id));
    const line: Entry[] = missed
      ? [{ kind: 'notice', key: `l${nextKey++}`, topic: 'members', text: 'Some messages were missed' }]
      : [];
    const added = news.map((message): Entry => ({ kind: 'message', key: pending.get(message.id) ?? message.id, message }));
    put([...kept, ...line, ...added]);
    typing.value = [];
    if (fresh) unread.value = 0;
    else if (!watching) unread.value += news.filter((message) => message.userId !== me).length;
  }

  /** Adds a message from the server; an own message replaces its pending entry. */
  function add(message: ChatMessage, mine: boolean): void {
    if (hasMessage(message.id)) return;
    const pending = entries.value.find((entry) => entry.kind === 'pending' && entry.id === message.id);
    const key = pending?.key ?? message.id;
    put([...entries.value.filter((entry) => entry !== pending), { kind: 'message', key, message }]);
    stopTyping(message.userId);
    if (!mine && !watching) unread.value++;
  }

  function hasMessage(messageId: string): boolean {
    return entries.value.some((entry) => entry.kind === 'message' && entry.message.id === messageId);
  }

  function addPending(id: string, text: string, state: PendingState = 'sending'): string {
    const key = `p${nextKey++}`;
    put([...entries.value, { kind: 'pending', key, id, text, state, problem: null }]);
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
    if (yes) unread.value = 0;
  }

  function clear(): void {
    entries.value = [];
    unread.value = 0;
    typing.value = [];
  }

  const typingText = computed(() => {
    const names = typing.value.map((one) => one.userName);
    if (names.length === 0) return '';
    if (names.length === 1) return `${names[0]} is writing`;
    return names.length === 2 ? `${names[0]} and ${names[1]} are writing` : 'Several people are writing';
  });

  return {
    entries, unread, typingText, mergeHistory, add, hasMessage, addPending, pendingAt, setPending, confirmPending, dropPending, addNotice, startTyping,
    stopTyping, setWatching, clear,
  }; // prettier-ignore
}

export type ChatStore = ReturnType<typeof createChatStore>;
