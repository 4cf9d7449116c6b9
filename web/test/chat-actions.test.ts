// @vitest-environment happy-dom
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { createAlertSettings, startAlerts } from '../src/app/chat-alerts';
import { createArrivalSummary } from '../src/app/chat-arrivals';
import { type ChatActionsPorts, createChatActions } from '../src/app/chat-actions';
import { createRoomMentions } from '../src/app/room-mentions';
import { createChatStore } from '../src/chat/chat-store';
import type { Ack } from '../src/protocol/messages';
import { createRoomStore } from '../src/room/room-store';
import { MemoryStorage } from './support/memory-storage';
import { after } from './support/timers';
import { aMessage, aRoom, joined } from './support/wire';

const page = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, i) => aMessage({ id: `m${from + i}`, message: `m${from + i}` }));

function setup(answer: (name: string, payload: Record<string, unknown>) => Ack) {
  const room = createRoomStore();
  room.apply({ name: 'room-joined', payload: joined() as never });
  const mentions = createRoomMentions(room);
  const chat = createChatStore(mentions.isForMe);
  const asked: [string, Record<string, unknown>][] = [];
  const texts: string[] = [];
  const ports: ChatActionsPorts = {
    room,
    chat,
    mentions,
    toasts: { show: (text: string) => void texts.push(text) } as never,
    controls: {
      seek: () => Promise.resolve(),
      checkReachable: () => true,
      showRejection: (ack) => void (ack.ok || texts.push(ack.error)),
    },
    request: (name, payload) => {
      asked.push([name, payload]);
      return Promise.resolve(answer(name, payload));
    },
    now: () => performance.now(),
    after,
  };
  return { room, chat, asked, texts, actions: createChatActions(ports) };
}

/** Answers `get-messages` from messages 1 to 120. */
function log(_name: string, { before, limit }: Record<string, unknown>): Ack {
  const end = before === undefined ? 120 : Number(String(before).slice(1)) - 1;
  const from = Math.max(1, end - Number(limit) + 1);
  return { ok: true, messages: page(from, end), more: from > 1 };
}

beforeEach(() => {
  vi.useFakeTimers();
  localStorage.clear();
  return () => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
    vi.restoreAllMocks();
  };
});

describe('CH5 reading back', () => {
  test('pages are asked for before the first message, one at a time', async () => {
    const { chat, actions, asked } = setup(log);
    chat.mergeHistory(page(71, 120), true, 'u1', true);
    const first = actions.loadOlder();
    expect(actions.loadingOlder.value).toBe(true);
    expect(await actions.loadOlder()).toBe(false);
    expect(await first).toBe(true);
    expect(asked).toEqual([['get-messages', { before: 'm71', limit: 50 }]]);
    expect(chat.entries.value).toHaveLength(100);
  });

  test('all are loaded, and a message is found among them', async () => {
    const { chat, actions, texts } = setup(log);
    chat.mergeHistory(page(71, 120), true, 'u1', true);
    expect(await actions.find('m3')).toBe(true);
    expect(chat.hasOlder.value).toBe(false);
    expect(await actions.find('unknown')).toBe(false);
    expect(texts).toEqual(['That message is no longer here.']);
  });

  test('when the first message is no longer kept, reading begins from the newest', async () => {
    const { chat, actions, asked } = setup((name, payload) =>
      payload['before'] === 'old' ? { ok: false, code: 'message_not_found', error: 'x', retryable: false } : log(name, payload),
    );
    chat.mergeHistory([aMessage({ id: 'old' })], true, 'u1', true);
    expect(await actions.loadOlder()).toBe(true);
    expect(asked[1]).toEqual(['get-messages', { limit: 50 }]);
    expect(chat.entries.value.at(-1)?.key).toBe('m120');
  });

  test.each([
    ['a rejection', { ok: false, code: 'unavailable', error: 'x', retryable: true } as Ack],
    ['nonsense', { ok: true, messages: 'none' } as Ack],
  ])('after %s it is not asked again at once', async (_, ack) => {
    const warn = vi.spyOn(console, 'warn').mockReturnValue();
    const { chat, actions, asked } = setup(() => ack);
    chat.mergeHistory(page(1, 50), true, 'u1', true);
    expect(await actions.loadOlder()).toBe(false);
    expect(await actions.loadOlder()).toBe(false);
    expect(asked).toHaveLength(1);
    vi.advanceTimersByTime(2000);
    await actions.loadOlder();
    expect(asked).toHaveLength(2);
    warn.mockRestore();
  });
});

describe('commands', () => {
  test('are sent as they are, and a rejection is shown', async () => {
    const { actions, asked, texts } = setup((name) =>
      name === 'react' ? { ok: true } : { ok: false, code: 'not_your_message', error: 'Not yours', retryable: false },
    );
    expect(await actions.react('m1', '👍', true)).toBe(true);
    expect(await actions.edit('m1', 'better')).toBe(false);
    expect(await actions.remove('m1')).toBe(false);
    expect(asked).toEqual([
      ['react', { messageId: 'm1', emoji: '👍', on: true }],
      ['edit-message', { messageId: 'm1', message: 'better' }],
      ['delete-message', { messageId: 'm1' }],
    ]);
    expect(texts).toEqual(['Not yours', 'Not yours']);
  });
});

describe('announcing', () => {
  test('few messages by themselves, many as a summary', () => {
    const chat = createChatStore();
    const summary = createArrivalSummary({ chat, now: () => performance.now(), after });
    let sent = 0;
    const come = (count: number, userName = 'Ben') => {
      for (let i = 0; i < count; i++) chat.add(aMessage({ id: `n${sent++}`, userName }), false);
    };
    come(4);
    expect(chat.quiet.value).toBe(false);
    come(1);
    expect(chat.quiet.value).toBe(true);
    come(2, 'Cem');
    come(1);
    come(1, 'Dan');
    vi.advanceTimersByTime(12_000);
    expect(summary.value).toBe('4 new messages, from Cem, Ben and others');
    expect(chat.quiet.value).toBe(false);
    come(1);
    expect(chat.quiet.value).toBe(false);
    vi.advanceTimersByTime(6000);
    expect(summary.value).toBe('');
  });
});

describe('announcing at three messages a second', () => {
  test('some by themselves at first, then a summary each twelve seconds, and singly again when it is calm', () => {
    const chat = createChatStore();
    const summary = createArrivalSummary({ chat, now: () => performance.now(), after });
    const summaries: string[] = [];
    summary.subscribe((text) => void (text !== '' && summaries.push(text)));
    let announced = 0;
    for (let sent = 0; sent < 180; sent++) {
      chat.add(aMessage({ id: `n${sent}`, userName: `Ben ${sent % 2}` }), false);
      if (!chat.quiet.value) announced++;
      vi.advanceTimersByTime(1000 / 3);
    }
    expect(announced).toBe(4);
    expect(summaries).toHaveLength(4);
    for (const text of summaries) expect(text).toMatch(/^3[56] new messages, from Ben \d and Ben \d\s?$/);
    vi.advanceTimersByTime(30_000);
    expect(chat.quiet.value).toBe(false);
    chat.add(aMessage({ id: 'calm' }), false);
    expect(chat.quiet.value).toBe(false);
    expect(summary.value).toBe('');
  });
});

describe('alerts', () => {
  class FakeNotification {
    static permission: NotificationPermission = 'granted';
    static readonly requestPermission = () => Promise.resolve(FakeNotification.permission);
    static readonly shown: string[] = [];
    onclick: (() => void) | null = null;
    constructor(title: string, { body }: { body: string }) {
      FakeNotification.shown.push(`${title}: ${body}`);
    }
    close(): void {
      // Nothing is open.
    }
  }

  async function withAlerts(hidden: boolean) {
    vi.stubGlobal('Notification', FakeNotification);
    FakeNotification.shown.length = 0;
    FakeNotification.permission = 'granted';
    vi.spyOn(document, 'hidden', 'get').mockReturnValue(hidden);
    const room = createRoomStore();
    room.loadRoom(aRoom(), undefined);
    const chat = createChatStore();
    const settings = createAlertSettings(new MemoryStorage());
    const mentions = { isForMe: (text: string) => text.includes('@Ana') };
    startAlerts({ room, chat, mentions, settings, now: () => 0 });
    return { chat, settings };
  }

  test('both are off at first', async () => {
    const { chat, settings } = await withAlerts(true);
    expect([settings.sound.value, settings.notify.value]).toEqual([false, false]);
    chat.add(aMessage(), false);
    expect(FakeNotification.shown).toEqual([]);
  });

  test('a notification has the text without its spoilers, and own messages cause none', async () => {
    const { chat, settings } = await withAlerts(true);
    await settings.setNotify(true);
    chat.add(aMessage({ id: '1', message: 'he is ||dead||' }), false);
    chat.add(aMessage({ id: '2' }), true);
    expect(FakeNotification.shown).toEqual(['Ben: he is [spoiler]']);
    settings.setMentionsOnly(true);
    chat.add(aMessage({ id: '3' }), false);
    chat.add(aMessage({ id: '4', message: '@Ana!' }), false);
    expect(FakeNotification.shown).toHaveLength(2);
  });

  test('nothing is shown while the page is visible', async () => {
    const { chat, settings } = await withAlerts(false);
    await settings.setNotify(true);
    chat.add(aMessage(), false);
    expect(FakeNotification.shown).toEqual([]);
  });

  test('without permission the choice stays off, and says why', async () => {
    const { settings } = await withAlerts(true);
    FakeNotification.permission = 'denied';
    await settings.setNotify(true);
    expect([settings.notify.value, settings.notifyProblem.value]).toEqual([false, 'denied']);
    vi.stubGlobal('Notification', undefined);
    await settings.setNotify(true);
    expect(settings.notifyProblem.value).toBe('missing');
  });
});
