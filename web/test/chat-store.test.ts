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
  test("are shown at once, and replaced by the server's echo", () => {
    chat.addPending('m1', 'hi');
    expect(shown()).toEqual(['hi (sending)']);
    const { key } = chat.entries.value[0]!;
    chat.add(aMessage({ id: 'm1', message: 'hi' }), true);
    expect(shown()).toEqual(['hi']);
    expect(chat.entries.value[0]!.key).toBe(key);
  });

  test('the same text twice is two messages, distinguished by id', () => {
    const first = chat.addPending('m1', 'same');
    const second = chat.addPending('m2', 'same');
    chat.add(aMessage({ id: 'm2', message: 'same' }), true);
    expect(chat.pendingAt(first)?.text).toBe('same');
    expect(chat.pendingAt(second)).toBeNull();
  });

  test('ack before echo: shown once', () => {
    const key = chat.addPending('m1', 'hi');
    chat.confirmPending(key, 'm1');
    expect(shown()).toEqual(['hi (acknowledged)']);
    chat.add(aMessage({ id: 'm1', message: 'hi' }), true);
    expect(shown()).toEqual(['hi']);
  });

  test('echo before ack: shown once', () => {
    const key = chat.addPending('m1', 'hi');
    chat.add(aMessage({ id: 'm1', message: 'hi' }), true);
    chat.confirmPending(key, 'm1');
    expect(shown()).toEqual(['hi']);
  });

  test('an id chosen by the server: the ack finds the echo in either order', () => {
    const first = chat.addPending('m1', 'hi');
    chat.add(aMessage({ id: 's1', message: 'hi' }), true);
    chat.confirmPending(first, 's1');
    const second = chat.addPending('m2', 'ho');
    chat.confirmPending(second, 's2');
    chat.add(aMessage({ id: 's2', message: 'ho' }), true);
    expect(shown()).toEqual(['hi', 'ho']);
  });

  test('that cannot be sent stay with the reason, and can be retried or discarded', () => {
    const key = chat.addPending('m1', 'hi');
    chat.setPending(key, 'failed', 'No.');
    expect(chat.entries.value[0]).toMatchObject({ kind: 'pending', id: 'm1', state: 'failed', problem: 'No.' });
    chat.setPending(key, 'sending');
    expect(chat.entries.value[0]).toMatchObject({ id: 'm1', state: 'sending', problem: null });
    chat.dropPending(key);
    expect(shown()).toEqual([]);
  });

  test('that were acknowledged cannot be discarded', () => {
    const key = chat.addPending('m1', 'hi');
    chat.add(aMessage({ id: 'm1', message: 'hi' }), true);
    chat.dropPending(key);
    expect(shown()).toEqual(['hi']);
  });

  test('the same text from another member is another message', () => {
    chat.addPending('m1', 'hi');
    chat.add(aMessage({ id: 'm2', message: 'hi' }), false);
    expect(shown()).toEqual(['hi (sending)', 'hi']);
  });
});

describe('history', () => {
  const three = ['a', 'b', 'c'].map((text) => aMessage({ id: text, message: text }));

  test("a new room shows the server's history", () => {
    chat.add(aMessage({ id: 'old', message: 'other room' }), false);
    chat.mergeHistory(three, true, 'u1');
    expect(shown()).toEqual(['a', 'b', 'c']);
    expect(chat.unread.value).toBe(0);
  });

  test('after a reconnect only new messages are added, each once', () => {
    chat.mergeHistory(three.slice(0, 2), true, 'u1');
    chat.mergeHistory(three, false, 'u1');
    expect(shown()).toEqual(['a', 'b', 'c']);
  });

  test('an unsent message survives a reconnect', () => {
    chat.mergeHistory(three.slice(0, 1), true, 'u1');
    chat.addPending('m', 'mine');
    chat.mergeHistory(three.slice(0, 2), false, 'u1');
    expect(shown()).toContain('mine (sending)');
  });

  test('a message that seemed lost but had arrived is shown once', () => {
    const key = chat.addPending('m', 'mine');
    chat.addPending('n', 'mine');
    chat.setPending(key, 'waiting');
    chat.mergeHistory([aMessage({ id: 'm', userId: 'u1', message: 'mine' })], false, 'u1');
    expect(shown()).toEqual(['mine (sending)', 'mine']);
    expect(chat.entries.value[1]!.key).toBe(key);
  });

  test('a gap longer than the history is shown', () => {
    chat.mergeHistory(three, true, 'u1');
    const later = Array.from({ length: 20 }, (_, i) => aMessage({ id: `n${i}`, message: `n${i}` }));
    chat.mergeHistory(later, false, 'u1');
    expect(shown()).toContain('- Some messages were missed');
  });

  test('the list is bounded', () => {
    for (let i = 0; i < 600; i++) chat.add(aMessage({ id: `n${i}` }), false);
    expect(chat.entries.value).toHaveLength(500);
    expect(chat.entries.value[499]!.key).toBe('n599');
  });
});

describe('unread', () => {
  test('counts messages of others while the chat is not visible', () => {
    chat.setWatching(false);
    chat.add(aMessage({ id: '1' }), false);
    chat.add(aMessage({ id: '1' }), false);
    chat.add(aMessage({ id: '2' }), true);
    chat.addNotice({ topic: 'members', text: 'Ben came in' });
    chat.add(aMessage({ id: '3' }), false);
    expect(chat.unread.value).toBe(2);
    chat.setWatching(true);
    expect(chat.unread.value).toBe(0);
    chat.add(aMessage({ id: '4' }), false);
    expect(chat.unread.value).toBe(0);
  });

  test('messages received during a reconnect count', () => {
    chat.mergeHistory([aMessage({ id: '1' })], true, 'u1');
    chat.setWatching(false);
    chat.mergeHistory([aMessage({ id: '1' }), aMessage({ id: '2' })], false, 'u1');
    expect(chat.unread.value).toBe(1);
  });

  test('own messages received during a reconnect do not count', () => {
    chat.setWatching(false);
    chat.mergeHistory([aMessage({ id: '2', userId: 'u1' })], false, 'u1');
    expect(chat.unread.value).toBe(0);
  });
});

describe('notices', () => {
  test('a playback notice replaces the one before, member notices do not', () => {
    chat.addNotice({ topic: 'playback', text: 'Ana paused' });
    chat.addNotice({ topic: 'playback', text: 'Ana pressed play' });
    chat.addNotice({ topic: 'members', text: 'Ben came in' });
    chat.addNotice({ topic: 'members', text: 'Cem came in' });
    chat.addNotice({ topic: 'playback', text: 'Ana paused' });
    expect(shown()).toEqual(['- Ana pressed play', '- Ben came in', '- Cem came in', '- Ana paused']);
  });
});

describe('waiting notices', () => {
  const note = (topic: 'playback' | 'waiting' | 'members', text: string) => chat.addNotice({ topic, text });
  test('the playback notice stays above the waiting notice; the next playback notice replaces both', () => {
    note('playback', 'Ana moved the film to 1:00');
    note('waiting', 'Waiting for Ben');
    note('waiting', 'Everybody is ready');
    expect(shown()).toEqual(['- Ana moved the film to 1:00', '- Everybody is ready']);
    note('playback', 'Ana paused at 1:02');
    expect(shown()).toEqual(['- Ana paused at 1:02']);
  });

  test('notices never replace messages', () => {
    note('waiting', 'Waiting for Ben');
    chat.add(aMessage({ id: '1', message: 'hello' }), false);
    note('playback', 'Ana pressed play');
    expect(shown()).toHaveLength(3);
  });
});

describe('typing members', () => {
  test.each([
    [[], ''],
    [['Ben'], 'Ben is writing'],
    [['Ben', 'Cem'], 'Ben and Cem are writing'],
    [['Ben', 'Cem', 'Dan'], 'Several people are writing'],
  ])('%o: "%s"', (names, text) => {
    names.forEach((name, i) => chat.startTyping(`t${i}`, name));
    expect(chat.typingText.value).toBe(text);
  });

  test('the same member twice is listed once, and a message removes it', () => {
    chat.startTyping('u2', 'Ben');
    chat.startTyping('u2', 'Ben');
    expect(chat.typingText.value).toBe('Ben is writing');
    chat.add(aMessage({ userId: 'u2' }), false);
    expect(chat.typingText.value).toBe('');
  });

  test('the list is empty after a reconnect', () => {
    chat.startTyping('u2', 'Ben');
    chat.mergeHistory([], false, 'u1');
    expect(chat.typingText.value).toBe('');
  });
});
