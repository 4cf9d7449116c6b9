import { describe, expect, test } from 'vitest';
import { createQueueNotices } from '../src/queue/queue-notices';
import { type ChangedParts, type KnownQueue, applyChange, fromSnapshot } from '../src/queue/queue-state';
import { aQueue, aQueueItem } from './support/queue-model';

const film = (name: string, over = {}) => aQueueItem({ itemId: name, title: name, ...over });
const NAMES: Record<string, string> = { u1: 'Ana', u2: 'Ben' };

function harness(over: Parameters<typeof aQueue>[0] = {}) {
  let state: KnownQueue = fromSnapshot(aQueue({ items: [film('One', { rank: 1 }), film('Two', { rank: 2 })], ...over }));
  const notices = createQueueNotices({ nameOf: (id) => NAMES[id ?? ''] ?? null, isMe: (id) => id === 'u1' });
  /** The chat as it reads after the notices. */
  const chat: string[] = [];
  return {
    chat,
    receive(change: ChangedParts): void {
      const notice = notices.of(state, change);
      state = applyChange(state, change);
      if (notice === null) return;
      if (notice.instead !== undefined && chat.at(-1) === notice.instead) chat.pop();
      chat.push(notice.text);
    },
  };
}

describe('what the chat says about the queue', () => {
  test('what one member adds in a row is one notice', () => {
    const { chat, receive } = harness();
    receive({ added: [film('A')], userId: 'u2' });
    expect(chat).toEqual(['Ben added A to the queue']);
    receive({ added: [film('B'), film('C')], userId: 'u2' });
    receive({ votes: [{ itemId: 'A', votes: 1 }], userId: 'u1' });
    receive({ added: [film('D')], userId: 'u2' });
    expect(chat).toEqual(['Ben added 4 films to the queue']);
    receive({ added: [film('E')], userId: 'u1' });
    expect(chat).toEqual(['Ben added 4 films to the queue', 'You added E to the queue']);
  });

  test('what was said in between stays between', () => {
    const { chat, receive } = harness();
    receive({ added: [film('A')], userId: 'u2' });
    chat.push('hello');
    receive({ added: [film('B')], userId: 'u2' });
    expect(chat).toEqual(['Ben added A to the queue', 'hello', 'Ben added 2 films to the queue']);
  });

  test('a title that becomes known replaces the one made from the link', () => {
    const { chat, receive } = harness();
    receive({ added: [film('A', { title: null })], userId: 'u2' });
    expect(chat).toEqual(['Ben added A to the queue']);
    receive({ changed: [{ itemId: 'A', title: 'Sintel' }] });
    expect(chat).toEqual(['Ben added Sintel to the queue']);
    receive({ changed: [{ itemId: 'A', duration: 5 }] });
    expect(chat).toEqual(['Ben added Sintel to the queue']);
  });

  test('the next film, by itself, by a member, and by choice', () => {
    const { chat, receive } = harness({ current: film('Zero') });
    receive({ removed: ['One'], current: film('One') });
    receive({ removed: ['Two'], current: film('Two'), userId: 'u2' });
    receive({ added: [film('A', { rank: 3 }), film('B', { rank: 4 })], userId: 'u2' });
    receive({ removed: ['B'], current: film('B'), userId: 'u1' });
    receive({ current: film('New'), userId: 'u2' });
    expect(chat).toEqual([
      'Next: One',
      'Ben skipped One. Next: Two',
      'Ben added 2 films to the queue',
      'You put on B',
      'Ben put on New',
    ]);
  });

  test('removals and modes', () => {
    const { chat, receive } = harness();
    receive({ mode: { loop: 'none', autoplay: false, order: 'manual' }, userId: 'u2' });
    receive({ mode: { loop: 'none', autoplay: false, order: 'votes' }, userId: 'u2' });
    receive({ mode: { loop: 'all', autoplay: false, order: 'votes' }, userId: 'u2' });
    receive({ removed: ['One'], userId: 'u2' });
    receive({ added: [film('A'), film('B')], userId: 'u2' });
    receive({ removed: ['Two', 'A', 'B'], userId: 'u1' });
    expect(chat).toEqual([
      'Ben stopped the films from playing on',
      'Ben let the votes decide what plays next',
      'Ben set the queue to repeat',
      'Ben removed One from the queue',
      'Ben added 2 films to the queue',
      'You emptied the queue',
    ]);
  });

  test('moves and votes are not worth a notice', () => {
    const { chat, receive } = harness();
    receive({ moved: [{ itemId: 'One', rank: 9 }], userId: 'u2' });
    receive({ votes: [{ itemId: 'One', votes: 2 }], skip: { votes: 1, needed: 2 }, userId: 'u2' });
    expect(chat).toEqual([]);
  });
});
