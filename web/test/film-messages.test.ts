import { signal } from '@preact/signals';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { MESSAGE_SHOWN_MS, createFilmMessages } from '../src/app/film-messages';
import { startFilmReplay } from '../src/app/film-replay';
import { createChatStore } from '../src/chat/chat-store';
import { freeSpan } from '../src/ui/over-film-place';
import { after } from './support/timers';
import { aMessage } from './support/wire';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function setting(first: boolean) {
  const on = signal(first);
  return { on, set: (next: boolean) => void (on.value = next) };
}

describe('messages over the film', () => {
  function setup() {
    const chat = createChatStore();
    const choice = setting(true);
    const messages = createFilmMessages({ chat, setting: choice, after });
    return { chat, choice, messages, keys: () => messages.shown.value.map(({ key }) => key) };
  }

  test('new ones of others are shown for some seconds, at most four', () => {
    const { chat, keys } = setup();
    for (let i = 1; i <= 5; i++) chat.add(aMessage({ id: `m${i}` }), false);
    expect(keys()).toEqual(['m2', 'm3', 'm4', 'm5']);
    vi.advanceTimersByTime(MESSAGE_SHOWN_MS);
    expect(keys()).toEqual([]);
  });

  test('an own one is shown once, from when it is sent', () => {
    const { chat, keys } = setup();
    const key = chat.addPending('m1', 'hello');
    expect(keys()).toEqual([key]);
    chat.add(aMessage({ id: 'm1' }), true);
    expect(keys()).toEqual([key]);
  });

  test('the history of a join is not, nor anything when they are off', () => {
    const { chat, choice, keys } = setup();
    chat.mergeHistory([aMessage({ id: 'h1' })], true, 'me', false);
    expect(keys()).toEqual([]);
    choice.set(false);
    chat.add(aMessage({ id: 'm1' }), false);
    chat.addPending('m2', 'hello');
    expect(keys()).toEqual([]);
  });
});

describe('messages at their place in the film', () => {
  const FILM = 'https://films.example/one.mp4';
  const at = (position: number, videoUrl: string | null = FILM) => ({ item: null, videoUrl, position });

  function setup(on = true) {
    const chat = createChatStore();
    const choice = setting(on);
    const position = signal(0);
    const film = signal({ url: FILM, type: 'video' });
    const shown: string[] = [];
    let loads = 0;
    startFilmReplay({
      chat,
      room: { roomId: signal('ABC123'), film } as never,
      position,
      setting: choice,
      serverNow: () => Date.parse('2026-01-01T12:00:00Z'),
      loadAll: () => void loads++,
      show: (key) => void shown.push(key),
    });
    const history = (...list: [string, ReturnType<typeof at> | undefined, string?][]) =>
      chat.mergeHistory(
        list.map(([id, moment, time]) => aMessage({ id, at: moment, timestamp: time ?? '2026-01-01T10:00:00Z' })),
        true,
        'me',
        true,
      );
    const playTo = (to: number) => {
      while (position.value < to) position.value = Math.min(to, position.value + 0.5);
    };
    return { chat, choice, position, film, shown, history, playTo, loads: () => loads };
  }

  test('CH6 each is shown when the film reaches it, in the order of the film', () => {
    const { shown, history, playTo } = setup();
    history(['late', at(8)], ['first', at(2.2)], ['other', at(3, 'https://films.example/two.mp4')], ['none', undefined]);
    playTo(5);
    expect(shown).toEqual(['first']);
    playTo(10);
    expect(shown).toEqual(['first', 'late']);
  });

  test('CH6 a jump shows nothing of what lies between, and a second time shows them again', () => {
    const { shown, history, playTo, position } = setup();
    history(['a', at(2)], ['b', at(20)]);
    playTo(3);
    position.value = 30;
    expect(shown).toEqual(['a']);
    position.value = 1;
    playTo(3);
    expect(shown).toEqual(['a', 'a']);
  });

  test('CH6 messages of just now, deleted ones and those of another film are not shown', () => {
    const { chat, shown, history, playTo, film, position } = setup();
    history(['now', at(2), '2026-01-01T11:59:50Z'], ['gone', at(2)], ['old', at(4)]);
    chat.bury('gone');
    playTo(3);
    film.value = { url: 'https://films.example/two.mp4', type: 'video' };
    position.value = 3.5;
    playTo(6);
    expect(shown).toEqual([]);
  });

  test('older messages are loaded only when it is on', () => {
    const { choice, history, loads, shown, playTo } = setup(false);
    history(['a', at(2)]);
    playTo(3);
    expect([loads(), shown]).toEqual([0, []]);
    choice.set(true);
    expect(loads()).toBe(1);
  });
});

describe('the place of messages over the film', () => {
  const all = { from: 40, to: 600 };

  test.each([
    ['nothing taken', [], { from: 40, to: 600 }],
    ['subtitles at the bottom', [{ from: 500, to: 560 }], { from: 40, to: 500 }],
    ['subtitles at the top', [{ from: 20, to: 90 }], { from: 90, to: 600 }],
    ['both', [{ from: 500, to: 560 }, { from: 20, to: 90 }], { from: 90, to: 500 }], // prettier-ignore
    ['one near the top', [{ from: 100, to: 150 }], { from: 150, to: 600 }],
    ['no free part is high enough', [{ from: 60, to: 300 }, { from: 350, to: 580 }], { from: 300, to: 350 }], // prettier-ignore
    ['all taken', [{ from: 0, to: 700 }], { from: 40, to: 40 }],
  ])('with %s', (_name, taken, found) => {
    expect(freeSpan(taken, all, 90)).toEqual(found);
  });
});
