import { beforeEach, describe, expect, test } from 'vitest';
import { type ChatStore, createChatStore } from '../src/chat/chat-store';
import { aMessage } from './support/wire';

let chat: ChatStore;
beforeEach(() => {
  chat = createChatStore();
});

const shown = () =>
  chat.entries.value.map((entry) =>
    entry.kind === 'message'
      ? entry.message.message
      : entry.kind === 'pending'
        ? `${entry.text} (${entry.state})`
        : `- ${entry.text}`,
  );

describe('own messages', () => {
  test('are shown at once, and the echo of the server takes their place', () => {
    chat.addPending('m1', 'hi');
    expect(shown()).toEqual(['hi (sending)']);
    const { key } = chat.entries.value[0]!;
    chat.add(aMessage({ id: 'm1', message: 'hi' }), true);
    expect(shown()).toEqual(['hi']);
    expect(chat.entries.value[0]!.key).toBe(key);
  });

  test('the same words twice are two messages: found by the id', () => {
    const first = chat.addPending('m1', 'same');
    const second = chat.addPending('m2', 'same');
    chat.add(aMessage({ id: 'm2', message: 'same' }), true);
    expect(chat.pendingAt(first)?.text).toBe('same');
    expect(chat.pendingAt(second)).toBeNull();
  });

  test('the ack first, then the echo: once on the screen', () => {
    const key = chat.addPending('m1', 'hi');
    chat.confirmPending(key, 'm1');
    expect(shown()).toEqual(['hi (said)']);
    chat.add(aMessage({ id: 'm1', message: 'hi' }), true);
    expect(shown()).toEqual(['hi']);
  });

  test('the echo first, then the ack: once on the screen', () => {
    const key = chat.addPending('m1', 'hi');
    chat.add(aMessage({ id: 'm1', message: 'hi' }), true);
    chat.confirmPending(key, 'm1');
    expect(shown()).toEqual(['hi']);
  });

  test('a server that gives ids of its own: the ack finds the echo, whichever comes first', () => {
    const first = chat.addPending('m1', 'hi');
    chat.add(aMessage({ id: 's1', message: 'hi' }), true);
    chat.confirmPending(first, 's1');
    const second = chat.addPending('m2', 'ho');
    chat.confirmPending(second, 's2');
    chat.add(aMessage({ id: 's2', message: 'ho' }), true);
    expect(shown()).toEqual(['hi', 'ho']);
  });

  test('what could not be sent stays, with the reason, and can be sent again or thrown away', () => {
    const key = chat.addPending('m1', 'hi');
    chat.setPending(key, 'failed', 'No.');
    expect(chat.entries.value[0]).toMatchObject({ kind: 'pending', id: 'm1', state: 'failed', problem: 'No.' });
    chat.setPending(key, 'sending');
    expect(chat.entries.value[0]).toMatchObject({ id: 'm1', state: 'sending', problem: null });
    chat.dropPending(key);
    expect(shown()).toEqual([]);
  });

  test('what has been said cannot be thrown away', () => {
    const key = chat.addPending('m1', 'hi');
    chat.add(aMessage({ id: 'm1', message: 'hi' }), true);
    chat.dropPending(key);
    expect(shown()).toEqual(['hi']);
  });

  test('the same words of somebody else are not ours', () => {
    chat.addPending('m1', 'hi');
    chat.add(aMessage({ id: 'm2', message: 'hi' }), false);
    expect(shown()).toEqual(['hi (sending)', 'hi']);
  });
});

describe('history', () => {
  const three = ['a', 'b', 'c'].map((text) => aMessage({ id: text, message: text }));

  test('a fresh room shows what the server has', () => {
    chat.add(aMessage({ id: 'old', message: 'other room' }), false);
    chat.takeHistory(three, true, 'u1');
    expect(shown()).toEqual(['a', 'b', 'c']);
    expect(chat.unread.value).toBe(0);
  });

  test('after a break only what is new is added, each once', () => {
    chat.takeHistory(three.slice(0, 2), true, 'u1');
    chat.takeHistory(three, false, 'u1');
    expect(shown()).toEqual(['a', 'b', 'c']);
  });

  test('an unsent message outlives a break', () => {
    chat.takeHistory(three.slice(0, 1), true, 'u1');
    chat.addPending('m', 'mine');
    chat.takeHistory(three.slice(0, 2), false, 'u1');
    expect(shown()).toContain('mine (sending)');
  });

  test('what seemed lost but had arrived is there once', () => {
    const key = chat.addPending('m', 'mine');
    chat.addPending('n', 'mine');
    chat.setPending(key, 'waiting');
    chat.takeHistory([aMessage({ id: 'm', userId: 'u1', message: 'mine' })], false, 'u1');
    expect(shown()).toEqual(['mine (sending)', 'mine']);
    expect(chat.entries.value[1]!.key).toBe(key);
  });

  test('a hole longer than the history is said', () => {
    chat.takeHistory(three, true, 'u1');
    const later = Array.from({ length: 20 }, (_, i) => aMessage({ id: `n${i}`, message: `n${i}` }));
    chat.takeHistory(later, false, 'u1');
    expect(shown()).toContain('- Some messages were missed');
  });

  test('the list is bounded', () => {
    for (let i = 0; i < 600; i++) chat.add(aMessage({ id: `n${i}` }), false);
    expect(chat.entries.value).toHaveLength(500);
    expect(chat.entries.value[499]!.key).toBe('n599');
  });
});

describe('unread', () => {
  test('counts what others say while nobody looks, and only that', () => {
    chat.watch(false);
    chat.add(aMessage({ id: '1' }), false);
    chat.add(aMessage({ id: '1' }), false);
    chat.add(aMessage({ id: '2' }), true);
    chat.note({ topic: 'people', text: 'Ben came in' });
    chat.add(aMessage({ id: '3' }), false);
    expect(chat.unread.value).toBe(2);
    chat.watch(true);
    expect(chat.unread.value).toBe(0);
    chat.add(aMessage({ id: '4' }), false);
    expect(chat.unread.value).toBe(0);
  });

  test('what came during a break counts too', () => {
    chat.takeHistory([aMessage({ id: '1' })], true, 'u1');
    chat.watch(false);
    chat.takeHistory([aMessage({ id: '1' }), aMessage({ id: '2' })], false, 'u1');
    expect(chat.unread.value).toBe(1);
  });

  test('one own message in what came during a break does not', () => {
    chat.watch(false);
    chat.takeHistory([aMessage({ id: '2', userId: 'u1' })], false, 'u1');
    expect(chat.unread.value).toBe(0);
  });
});

describe('quiet lines', () => {
  test('playback lines in a row are one, people are not', () => {
    chat.note({ topic: 'playback', text: 'Ana paused' });
    chat.note({ topic: 'playback', text: 'Ana pressed play' });
    chat.note({ topic: 'people', text: 'Ben came in' });
    chat.note({ topic: 'people', text: 'Cem came in' });
    chat.note({ topic: 'playback', text: 'Ana paused' });
    expect(shown()).toEqual(['- Ana pressed play', '- Ben came in', '- Cem came in', '- Ana paused']);
  });
});

describe('lines on waiting', () => {
  const note = (topic: 'playback' | 'waiting' | 'people', text: string) => chat.note({ topic, text });
  test('who moved the film stays named above how the wait ended; the next move takes both away', () => {
    note('playback', 'Ana moved the film to 1:00');
    note('waiting', 'Waiting for Ben');
    note('waiting', 'Everybody is ready');
    expect(shown()).toEqual(['- Ana moved the film to 1:00', '- Everybody is ready']);
    note('playback', 'Ana paused at 1:02');
    expect(shown()).toEqual(['- Ana paused at 1:02']);
  });

  test('they never reach over what people said', () => {
    note('waiting', 'Waiting for Ben');
    chat.add(aMessage({ id: '1', message: 'hello' }), false);
    note('playback', 'Ana pressed play');
    expect(shown()).toHaveLength(3);
  });
});

describe('who is writing', () => {
  test.each([
    [[], ''],
    [['Ben'], 'Ben is writing'],
    [['Ben', 'Cem'], 'Ben and Cem are writing'],
    [['Ben', 'Cem', 'Dan'], 'Several people are writing'],
  ])('%o: "%s"', (names, text) => {
    names.forEach((name, i) => chat.startTyping(`t${i}`, name));
    expect(chat.typingText.value).toBe(text);
  });

  test('twice the same person is one, and a message ends it', () => {
    chat.startTyping('u2', 'Ben');
    chat.startTyping('u2', 'Ben');
    expect(chat.typingText.value).toBe('Ben is writing');
    chat.add(aMessage({ userId: 'u2' }), false);
    expect(chat.typingText.value).toBe('');
  });

  test('nobody is writing after a break', () => {
    chat.startTyping('u2', 'Ben');
    chat.takeHistory([], false, 'u1');
    expect(chat.typingText.value).toBe('');
  });
});
