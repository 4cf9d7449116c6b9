import { signal } from '@preact/signals';
import { expect, test } from 'vitest';
import { createChatStore } from '../src/chat/chat-store';
import { keepUnsent, unsentIn } from '../src/app/unsent';
import { newId } from '../src/protocol/ids';

function shelf(first?: string) {
  const map = new Map<string, string>(first === undefined ? [] : [['wnc.unsent', first]]);
  return {
    map,
    getItem: (key: string) => map.get(key) ?? null,
    setItem: (key: string, value: string) => void map.set(key, value),
    removeItem: (key: string) => void map.delete(key),
  } as unknown as Storage & { map: Map<string, string> };
}

test('what is on its way is kept for its room, and what has been said is not', () => {
  const chat = createChatStore();
  const roomId = signal<string | null>('ABC123');
  const storage = shelf();
  const end = keepUnsent({ entries: chat.entries, roomId, storage });
  const first = chat.addPending('m1', 'one');
  chat.addPending('m2', 'two');
  expect(unsentIn('ABC123', storage)).toEqual([
    { id: 'm1', text: 'one' },
    { id: 'm2', text: 'two' },
  ]);
  expect(unsentIn('OTHER1', storage)).toEqual([]);
  chat.confirmPending(first, 'm1');
  expect(unsentIn('ABC123', storage)).toEqual([{ id: 'm2', text: 'two' }]);
  end();
});

test('a page that has just begun does not throw away what the page before it kept', () => {
  const kept = JSON.stringify({ roomId: 'ABC123', messages: [{ id: 'm1', text: 'one' }] });
  const storage = shelf(kept);
  const roomId = signal<string | null>(null);
  const chat = createChatStore();
  keepUnsent({ entries: chat.entries, roomId, storage });
  expect(storage.getItem('wnc.unsent')).toBe(kept);
});

test.each(['{', 'null', '5', '[]', '{"roomId":"ABC123"}', '{"roomId":"ABC123","messages":[null,5,{"id":1}]}'])(
  '%s in the storage is nothing unsent',
  (kept) => expect(unsentIn('ABC123', shelf(kept))).toEqual([]),
);

test('a refused storage keeps nothing and breaks nothing', () => {
  const refuse = () => {
    throw new DOMException('denied', 'SecurityError');
  };
  const storage = { getItem: refuse, setItem: refuse, removeItem: refuse } as unknown as Storage;
  const chat = createChatStore();
  keepUnsent({ entries: chat.entries, roomId: signal('ABC123'), storage });
  chat.addPending('m1', 'one');
  expect(chat.entries.value).toHaveLength(1);
  expect(unsentIn('ABC123', storage)).toEqual([]);
});

test('an id is a UUID of version 4, and another one every time', () => {
  const ids = Array.from({ length: 200 }, newId);
  for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(new Set(ids).size).toBe(200);
});
