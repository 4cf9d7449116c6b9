import { signal } from '@preact/signals';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { FLOATING_MAX, FLOAT_MS, createFilmReactions } from '../src/app/film-reactions';
import { createOverFilmSettings } from '../src/app/over-film-settings';
import type { Ack } from '../src/protocol/messages';
import { MemoryStorage } from './support/memory-storage';
import { after } from './support/timers';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function setup({ still = false, answer = { ok: true } as Ack } = {}) {
  const storage = new MemoryStorage();
  const sent: unknown[] = [];
  const rejected: string[] = [];
  const on = signal(true);
  const reactions = createFilmReactions({
    setting: { on, set: (next) => (on.value = next) },
    me: () => 'me',
    request: (name, payload) => {
      sent.push([name, payload]);
      return Promise.resolve(answer);
    },
    checkReachable: () => true,
    showRejection: (ack) => void (ack.ok || rejected.push(ack.code)),
    isStill: () => still,
    random: () => 0.5,
    now: () => performance.now(),
    after,
  });
  const one = (emoji = '😂') => reactions.receive({ reactions: [{ emoji, count: 1 }], userId: 'u2', userName: 'Ben' });
  return { reactions, storage, sent, rejected, one };
}

describe('reactions to the film', () => {
  test('FX1 a reaction floats for some seconds, with its name', () => {
    const { reactions, one } = setup();
    one();
    reactions.receive({ reactions: [{ emoji: '🔥', count: 1 }], userId: 'me', userName: 'Ana' });
    expect(reactions.floating.value.map(({ emoji, name }) => [emoji, name])).toEqual([
      ['😂', 'Ben'],
      ['🔥', 'You'],
    ]);
    vi.advanceTimersByTime(FLOAT_MS + 300);
    expect(reactions.floating.value).toEqual([]);
  });

  test('FX2 counts of a large room float without names, and never more than fit', () => {
    const { reactions } = setup();
    reactions.receive({ reactions: [{ emoji: '😂', count: 900 }], userId: undefined, userName: undefined });
    expect(reactions.floating.value.length).toBeLessThanOrEqual(10);
    expect(reactions.floating.value.every(({ name }) => name === null)).toBe(true);
    for (let i = 0; i < 50; i++)
      reactions.receive({ reactions: [{ emoji: '😂', count: 9 }], userId: undefined, userName: undefined });
    expect(reactions.floating.value).toHaveLength(FLOATING_MAX);
  });

  test('FX1 nothing is shown or announced when they are off', () => {
    const { reactions, one } = setup();
    reactions.setting.set(false);
    one();
    vi.advanceTimersByTime(20_000);
    expect([reactions.floating.value, reactions.still.value, reactions.summary.value]).toEqual([[], [], '']);
  });

  test('FX1 for a viewer who wants no motion they are counted in place', () => {
    const { reactions, one } = setup({ still: true });
    one();
    one();
    one('🔥');
    expect(reactions.floating.value).toEqual([]);
    expect(reactions.still.value).toEqual([
      { emoji: '😂', count: 2 },
      { emoji: '🔥', count: 1 },
    ]);
    vi.advanceTimersByTime(3100);
    expect(reactions.still.value).toEqual([]);
  });

  test('FX1 a screen reader gets a summary at most every 10 s', () => {
    const { reactions, one } = setup();
    const said: string[] = [];
    reactions.summary.subscribe((text) => void (text !== '' && said.push(text)));
    for (let i = 0; i < 40; i++) {
      one(i % 4 === 0 ? '🔥' : '😂');
      vi.advanceTimersByTime(500);
    }
    expect(said.length).toBeLessThanOrEqual(2);
    expect(said[0]).toBe('20 reactions to the film: 😂 15, 🔥 5');
  });

  test('FX1 at most five are sent in a second, and what the server says is shown', async () => {
    const { reactions, sent, rejected } = setup({ answer: { ok: false, code: 'muted', error: 'x', retryable: false } });
    for (let i = 0; i < 9; i++) await reactions.send('😂');
    expect(sent).toHaveLength(5);
    expect(sent[0]).toEqual(['film-reaction', { emoji: '😂' }]);
    expect(rejected).toHaveLength(5);
    vi.advanceTimersByTime(1200);
    await reactions.send('😂');
    expect(sent).toHaveLength(6);
  });
});

describe('the settings', () => {
  test('are kept in the browser, and hold without its storage', () => {
    const storage = new MemoryStorage();
    createOverFilmSettings(storage).reactions.set(false);
    const next = createOverFilmSettings(storage);
    expect([next.reactions.on.value, next.messages.on.value, next.replay.on.value]).toEqual([false, true, false]);
    const broken = {
      getItem: () => {
        throw new Error('no storage');
      },
      setItem: () => {
        throw new Error('no storage');
      },
    };
    const settings = createOverFilmSettings(broken);
    settings.replay.set(true);
    expect(settings.replay.on.value).toBe(true);
  });
});
