import { beforeEach, describe, expect, test } from 'vitest';
import { type ChatStore, createChatStore } from '../src/chat/chat-store';
import type { ChatMessage } from '../src/protocol/chat';
import { aMessage } from './support/wire';

let chat: ChatStore;
beforeEach(() => {
  chat = createChatStore((text) => text.includes('@Ana'));
});

const page = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, i) => aMessage({ id: `m${from + i}`, message: `m${from + i}` }));
const ids = () => chat.entries.value.flatMap((entry) => (entry.kind === 'message' ? [entry.message.id] : []));
const messageOf = (id: string): ChatMessage => {
  const entry = chat.entries.value.find((one) => one.kind === 'message' && one.message.id === id);
  if (entry?.kind !== 'message') throw new Error(`no message ${id}`);
  return entry.message;
};

describe('reading back', () => {
  test('older messages come before the first one, each once', () => {
    chat.mergeHistory(page(51, 100), true, 'u1', true);
    expect(chat.hasOlder.value).toBe(true);
    chat.prepend(page(1, 51), false);
    expect(ids()).toEqual(page(1, 100).map((message) => message.id));
    expect(chat.hasOlder.value).toBe(false);
  });

  test('ends at 500 entries, and entries that are on the screen keep their identity', () => {
    chat.mergeHistory(page(451, 500), true, 'u1', true);
    const kept = chat.entries.value.at(-1);
    for (let from = 401; from > 0; from -= 50) {
      expect(chat.hasOlder.value).toBe(true);
      chat.prepend(page(from, from + 49), true);
    }
    expect(ids()).toHaveLength(500);
    expect(chat.hasOlder.value).toBe(false);
    expect(chat.entries.value.at(-1)).toBe(kept);
  });

  test('while somebody reads, the oldest entries are not taken away', () => {
    chat.mergeHistory(page(1, 500), true, 'u1', false);
    chat.setWatching(false);
    chat.add(aMessage({ id: 'new' }), false);
    expect(ids()[0]).toBe('m1');
    chat.setWatching(true);
    chat.add(aMessage({ id: 'newer' }), false);
    expect(ids()).toHaveLength(500);
    expect(chat.hasOlder.value).toBe(true);
  });

  test('a server that knows nothing but texts has no older ones', () => {
    chat.mergeHistory(page(1, 20), true, 'u1');
    expect(chat.extended.value).toBe(false);
    expect(chat.hasOlder.value).toBe(false);
  });
});

describe('after a reconnect', () => {
  test('changes that were missed are taken over', () => {
    chat.mergeHistory(page(1, 3), true, 'u1', false);
    const same = chat.entries.value[0];
    const edited = aMessage({ id: 'm2', message: 'better', editedAt: '2026-01-01T20:01:00.000Z' });
    chat.mergeHistory([page(1, 1)[0]!, edited, { ...page(3, 3)[0]!, message: '', deleted: true }], false, 'u1', false);
    expect(messageOf('m2').message).toBe('better');
    expect(messageOf('m3').deleted).toBe(true);
    expect(chat.entries.value[0]).toBe(same);
  });

  test('after a gap the log begins anew, and unsent messages stay', () => {
    chat.mergeHistory(page(1, 50), true, 'u1', false);
    chat.addPending('p', 'mine', 'waiting');
    chat.mergeHistory(page(101, 150), false, 'u1', true);
    expect(ids()).toEqual(page(101, 150).map((message) => message.id));
    expect(chat.entries.value.some((entry) => entry.kind === 'pending')).toBe(true);
    expect(chat.hasOlder.value).toBe(true);
  });

  test('loaded messages before the history are kept for a reader, and loaded anew otherwise', () => {
    chat.mergeHistory(page(51, 100), true, 'u1', true);
    chat.prepend(page(1, 50), false);
    chat.setWatching(false);
    chat.mergeHistory(page(61, 110), false, 'u1', true);
    expect(ids()[0]).toBe('m1');
    expect(chat.hasOlder.value).toBe(false);
    chat.setWatching(true);
    chat.mergeHistory(page(61, 110), false, 'u1', true);
    expect(ids()[0]).toBe('m61');
    expect(chat.hasOlder.value).toBe(true);
  });
});

describe('changes of messages', () => {
  const quote = { messageId: 'm1', userId: 'u2', userName: 'Ben', message: 'm1' };
  beforeEach(() => chat.mergeHistory([...page(1, 2), aMessage({ id: 'm3', replyTo: quote })], true, 'u1', false));

  test('an edit changes what is quoted of it', () => {
    chat.edit('m1', 'better', '2026-01-01T20:01:00.000Z');
    expect(messageOf('m1')).toMatchObject({ message: 'better', editedAt: '2026-01-01T20:01:00.000Z' });
    expect(messageOf('m3').replyTo).toEqual({ ...quote, message: 'better' });
  });

  test('a deletion leaves a tombstone, and empties what is quoted of it', () => {
    chat.react('m1', [{ emoji: '👍', count: 1, userIds: ['u1'] }]);
    chat.bury('m1');
    expect(messageOf('m1')).toMatchObject({ message: '', deleted: true });
    expect(messageOf('m1').reactions).toBeUndefined();
    expect(messageOf('m3').replyTo).toMatchObject({ message: '', deleted: true });
  });

  test('only the entries that change are new', () => {
    const before = chat.entries.value;
    chat.react('m2', [{ emoji: '👍', count: 1, userIds: ['u1'] }]);
    expect(chat.entries.value.map((entry, index) => entry === before[index])).toEqual([true, false, true]);
    chat.edit('unknown', 'x', 'y');
    expect(chat.entries.value).toHaveLength(3);
  });
});

describe('what is new', () => {
  test('a line stands above the first unread message until this viewer writes', () => {
    chat.setWatching(false);
    chat.add(aMessage({ id: 'a' }), false);
    chat.add(aMessage({ id: 'b' }), false);
    expect(chat.newFrom.value).toBe('a');
    chat.setWatching(true);
    expect(chat.newFrom.value).toBe('a');
    chat.setWatching(false);
    chat.add(aMessage({ id: 'c' }), false);
    expect(chat.newFrom.value).toBe('c');
    chat.addPending('p', 'hi');
    expect(chat.newFrom.value).toBeNull();
  });

  test('unread mentions are counted apart', () => {
    chat.setWatching(false);
    chat.add(aMessage({ id: 'a', message: 'hello' }), false);
    chat.add(aMessage({ id: 'b', message: 'hello @Ana' }), false);
    chat.add(aMessage({ id: 'c', message: 'I am @Ana' }), true);
    expect(chat.unread.value).toBe(2);
    expect(chat.mentions.value).toEqual(['b']);
    chat.setWatching(true);
    expect(chat.mentions.value).toEqual([]);
  });
});
