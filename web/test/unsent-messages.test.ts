import { signal } from '@preact/signals';
import { expect, test } from 'vitest';
import { createChatStore } from '../src/chat/chat-store';
import { persistUnsentMessages, loadUnsentMessages } from '../src/app/unsent-messages';
import { newId } from '../src/protocol/ids';
import { MemoryStorage } from './support/memory-storage';

function storageWith(first?: string): MemoryStorage {
  const storage = new MemoryStorage();
  if (first !== undefined) storage.setItem('wnc.unsent', first);
  return storage;
}

test('unsent messages are stored for their room, acknowledged ones are not', () => {
  const chat = createChatStore();
  const roomId = signal<string | null>('ABC123');
  const storage = storageWith();
  const end = persistUnsentMessages({ entries: chat.entries, roomId, storage });
  const first = chat.addPending('m1', 'one');
  chat.addPending('m2', 'two');
  expect(loadUnsentMessages('ABC123', storage)).toEqual([
    { id: 'm1', text: 'one' },
    { id: 'm2', text: 'two' },
  ]);
  expect(loadUnsentMessages('OTHER1', storage)).toEqual([]);
  chat.confirmPending(first, 'm1');
  expect(loadUnsentMessages('ABC123', storage)).toEqual([{ id: 'm2', text: 'two' }]);
  end();
});

test('a new page keeps what the page before it stored', () => {
  const kept = JSON.stringify({ roomId: 'ABC123', messages: [{ id: 'm1', text: 'one' }] });
  const storage = storageWith(kept);
  const roomId = signal<string | null>(null);
  const chat = createChatStore();
  persistUnsentMessages({ entries: chat.entries, roomId, storage });
  expect(storage.getItem('wnc.unsent')).toBe(kept);
});

test.each(['{', 'null', '5', '[]', '{"roomId":"ABC123"}', '{"roomId":"ABC123","messages":[null,5,{"id":1}]}'])(
  '%s in the storage is no unsent message',
  (kept) => expect(loadUnsentMessages('ABC123', storageWith(kept))).toEqual([]),
);

test('a refused storage keeps nothing and throws nothing', () => {
  const refuse = () => {
    throw new DOMException('denied', 'SecurityError');
  };
  const storage = { getItem: refuse, setItem: refuse, removeItem: refuse } as unknown as Storage;
  const chat = createChatStore();
  persistUnsentMessages({ entries: chat.entries, roomId: signal('ABC123'), storage });
  chat.addPending('m1', 'one');
  expect(chat.entries.value).toHaveLength(1);
  expect(loadUnsentMessages('ABC123', storage)).toEqual([]);
});

test('an id is a random UUID of version 4', () => {
  const ids = Array.from({ length: 200 }, newId);
  for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(new Set(ids).size).toBe(200);
});
