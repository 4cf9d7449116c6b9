import { expect, test } from 'vitest';
import { createChatSearch } from '../src/chat/chat-search';
import { createChatStore } from '../src/chat/chat-store';
import { aMessage } from './support/wire';

function storeWith(...texts: string[]) {
  const chat = createChatStore();
  chat.mergeHistory(
    texts.map((message, index) => aMessage({ id: `m${index}`, message, userName: index === 0 ? 'Zoë' : 'Ben' })),
    true,
    null,
    false,
  );
  return chat;
}

test('all words count, in any order, without case and accents, and names too', () => {
  const chat = storeWith('Where is the café?', 'the **Cafe** is closed', 'nothing');
  const find = createChatSearch();
  const hits = (query: string) => find(chat.entries.value, query);
  expect(hits('CAFE')).toEqual(['m0', 'm1']);
  expect(hits('closed cafe')).toEqual(['m1']);
  expect(hits('zoe')).toEqual(['m0']);
  expect(hits('  ')).toEqual([]);
  expect(hits('**')).toEqual([]);
});

test('what a spoiler hides is not found, nor what was deleted; an edit is', () => {
  const chat = storeWith('||the butler||', 'gone', 'old');
  const find = createChatSearch();
  expect(find(chat.entries.value, 'butler')).toEqual([]);
  chat.bury('m1');
  chat.edit('m2', 'new', '2026-01-01T20:01:00.000Z');
  expect(find(chat.entries.value, 'gone')).toEqual([]);
  expect(find(chat.entries.value, 'new')).toEqual(['m2']);
});
