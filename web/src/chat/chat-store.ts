/** The conversation: server messages, this person's unsent ones, and the quiet lines between them. */
import { computed, signal } from '@preact/signals';
import type { ChatMessage } from '../protocol/messages';
import type { Happening } from '../room/narrator';

export type Entry =
  | { kind: 'message'; key: string; message: ChatMessage }
  | { kind: 'pending'; key: string; text: string; state: 'sending' | 'failed'; problem: string | null; messageId: string | null }
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
    // What seemed to have failed, but did arrive, is there once.
    const arrived = new Set(news.flatMap((message) => (message.userId === me ? [message.message] : [])));
    const kept = fresh ? [] : entries.value.filter((entry) => entry.kind !== 'pending' || !arrived.has(entry.text));
    const line: Entry[] = missed
      ? [{ kind: 'line', key: `l${nextKey++}`, topic: 'people', text: 'Some messages were missed' }]
      : [];
    put([...kept, ...line, ...news.map((message): Entry => ({ kind: 'message', key: message.id, message }))]);
    typing.value = [];
    if (fresh) unread.value = 0;
    else if (!watching) unread.value += news.filter((message) => message.userId !== me).length;
  }

  /** Our own message takes the place of its pending form: by the id of the ack, else by its text, what is on its way before what failed. */
  function pendingOf(message: ChatMessage): Entry | undefined {
    const pending = entries.value.filter((entry) => entry.kind === 'pending');
    const same = pending.filter((entry) => entry.messageId === null && entry.text === message.message);
    return pending.find((entry) => entry.messageId === message.id) ?? same.find((entry) => entry.state === 'sending') ?? same[0];
  }

  function add(message: ChatMessage, mine: boolean): void {
    if (entries.value.some((entry) => entry.kind === 'message' && entry.message.id === message.id)) return;
    const pending = mine ? pendingOf(message) : undefined;
    const key = pending?.key ?? message.id;
    put([...entries.value.filter((entry) => entry !== pending), { kind: 'message', key, message }]);
    stopTyping(message.userId);
    if (!mine && !watching) unread.value++;
  }

  function addPending(text: string): string {
    const key = `p${nextKey++}`;
    put([...entries.value, { kind: 'pending', key, text, state: 'sending', problem: null, messageId: null }]);
    return key;
  }

  function changePending(
    key: string,
    to: { state: 'sending' } | { state: 'failed'; problem: string } | { messageId: string },
  ): void {
    put(
      entries.value.flatMap((entry): Entry[] => {
        if (entry.kind !== 'pending' || entry.key !== key) return [entry];
        if ('messageId' in to) {
          const there = entries.value.some((other) => other.kind === 'message' && other.message.id === to.messageId);
          return there ? [] : [{ ...entry, messageId: to.messageId }];
        }
        return [{ ...entry, state: to.state, problem: to.state === 'failed' ? to.problem : null }];
      }),
    );
  }

  function dropPending(key: string): void {
    put(entries.value.filter((entry) => entry.key !== key));
  }

  function pendingText(key: string): string | null {
    const entry = entries.value.find((candidate) => candidate.key === key);
    return entry?.kind === 'pending' ? entry.text : null;
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
    entries, unread, typingText, takeHistory, add, addPending, changePending, dropPending, pendingText, note, startTyping, stopTyping, watch, clear,
  }; // prettier-ignore
}

export type ChatStore = ReturnType<typeof createChatStore>;
