/** The conversation: server messages, this person's unsent ones, and the quiet lines between them. */
import { computed, signal } from '@preact/signals';
import type { ChatMessage } from '../protocol/messages';
import type { Happening } from '../room/narrator';

/**
 * Where an own message is on its way. sending: just now. slow: that takes a while. waiting: it did not get through and is tried again.
 * said: the server has it, its echo is still to come. failed: refused, and only the person can do something about it.
 */
export type Sending = 'sending' | 'slow' | 'waiting' | 'said' | 'failed';

/** A message of this person that has not come back from the server. Its id is chosen here and goes with every try. */
export interface Pending {
  kind: 'pending';
  key: string;
  id: string;
  text: string;
  state: Sending;
  problem: string | null;
}

export type Entry =
  | { kind: 'message'; key: string; message: ChatMessage }
  | Pending
  | { kind: 'line'; key: string; topic: Happening['topic']; text: string };

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

  /** The history of a join: what is known stays, what is new is added, in the order of the server. */
  function takeHistory(messages: ChatMessage[], fresh: boolean, me: string | null): void {
    const known = new Set(entries.value.flatMap((entry) => (entry.kind === 'message' ? [entry.message.id] : [])));
    const news = messages.filter((message) => !known.has(message.id));
    const missed = !fresh && known.size > 0 && news.length === messages.length && messages.length >= 20;
    const pending = new Map(entries.value.flatMap((entry) => (entry.kind === 'pending' ? [[entry.id, entry.key]] : [])));
    const arrived = new Set(news.map((message) => message.id));
    const kept = fresh ? [] : entries.value.filter((entry) => entry.kind !== 'pending' || !arrived.has(entry.id));
    const line: Entry[] = missed
      ? [{ kind: 'line', key: `l${nextKey++}`, topic: 'people', text: 'Some messages were missed' }]
      : [];
    const added = news.map((message): Entry => ({ kind: 'message', key: pending.get(message.id) ?? message.id, message }));
    put([...kept, ...line, ...added]);
    typing.value = [];
    if (fresh) unread.value = 0;
    else if (!watching) unread.value += news.filter((message) => message.userId !== me).length;
  }

  /** A message from the server; one of our own takes the place of its pending form. */
  function add(message: ChatMessage, mine: boolean): void {
    if (isThere(message.id)) return;
    const pending = entries.value.find((entry) => entry.kind === 'pending' && entry.id === message.id);
    const key = pending?.key ?? message.id;
    put([...entries.value.filter((entry) => entry !== pending), { kind: 'message', key, message }]);
    stopTyping(message.userId);
    if (!mine && !watching) unread.value++;
  }

  function isThere(messageId: string): boolean {
    return entries.value.some((entry) => entry.kind === 'message' && entry.message.id === messageId);
  }

  function addPending(id: string, text: string, state: Sending = 'sending'): string {
    const key = `p${nextKey++}`;
    put([...entries.value, { kind: 'pending', key, id, text, state, problem: null }]);
    return key;
  }

  function pendingAt(key: string): Pending | null {
    const entry = entries.value.find((candidate) => candidate.key === key);
    return entry?.kind === 'pending' ? entry : null;
  }

  function setPending(key: string, state: Sending, problem: string | null = null): void {
    const entry = pendingAt(key);
    if (entry === null || (entry.state === state && entry.problem === problem)) return;
    put(entries.value.map((other) => (other === entry ? { ...entry, state, problem } : other)));
  }

  /** The server has it, under that id: its echo is here already or still to come. */
  function confirmPending(key: string, messageId: string): void {
    if (isThere(messageId)) dropPending(key);
    else {
      put(
        entries.value.map((entry) =>
          entry.kind === 'pending' && entry.key === key ? { ...entry, id: messageId, state: 'said', problem: null } : entry,
        ),
      );
    }
  }

  /** Throws a pending message away; what has become a real one meanwhile stays. */
  function dropPending(key: string): void {
    put(entries.value.filter((entry) => entry.kind !== 'pending' || entry.key !== key));
  }

  /** A quiet line. What goes on with the film is told once: the last counts, and what was said of waiting goes with it. */
  function note({ topic, text }: Happening): void {
    const over: Happening['topic'][] = topic === 'playback' ? ['playback', 'waiting'] : topic === 'waiting' ? ['waiting'] : [];
    let end = entries.value.length;
    for (; end > 0; end--) {
      const last = entries.value[end - 1];
      if (last?.kind !== 'line' || !over.includes(last.topic)) break;
    }
    put([...entries.value.slice(0, end), { kind: 'line', key: `l${nextKey++}`, topic, text }]);
  }

  function startTyping(userId: string, userName: string): void {
    stopTyping(userId);
    typing.value = [...typing.value, { userId, userName }];
  }

  function stopTyping(userId: string): void {
    if (typing.value.some((one) => one.userId === userId)) typing.value = typing.value.filter((one) => one.userId !== userId);
  }

  /** Whether the newest messages are before the person's eyes. */
  function watch(yes: boolean): void {
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
    entries, unread, typingText, takeHistory, add, isThere, addPending, pendingAt, setPending, confirmPending, dropPending, note, startTyping,
    stopTyping, watch, clear,
  }; // prettier-ignore
}

export type ChatStore = ReturnType<typeof createChatStore>;
