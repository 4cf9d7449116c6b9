import { describe, expect, test } from 'vitest';
import { filmEnd, secondsLeft } from '../src/queue/film-end';
import { fromSnapshot } from '../src/queue/queue-state';
import { aQueue, aQueueItem } from './support/queue-model';
import { aTimeline } from './support/wire';

const next = aQueueItem({ itemId: 'next' });
const current = aQueueItem({ itemId: 'current' });
const queue = (over: Parameters<typeof aQueue>[0] = {}) => fromSnapshot(aQueue({ items: [next], current, ...over }));
const at = (position: number, over: Parameters<typeof aTimeline>[0] = { phase: 'playing' }) => ({
  timeline: aTimeline(over),
  position,
  duration: 100,
});

describe('QU8 the end of a film', () => {
  test('the next one is announced for the last five seconds, with the second of rest', () => {
    expect(filmEnd(at(95.9), queue())).toBeNull();
    expect(filmEnd(at(96), queue())).toEqual({ kind: 'soon', item: next, secondsLeft: 5 });
    expect(filmEnd(at(98.5), queue())).toEqual({ kind: 'soon', item: next, secondsLeft: 3 });
    expect(filmEnd(at(100), queue())).toEqual({ kind: 'soon', item: next, secondsLeft: 1 });
  });

  test('a faster film ends sooner', () => {
    expect(secondsLeft(at(92, { phase: 'playing', rate: 2 }))).toBe(4);
    expect(filmEnd(at(92, { phase: 'playing', rate: 2 }), queue())).toMatchObject({ secondsLeft: 5 });
  });

  test('nothing is announced while the film stands, without a length, or without a next one', () => {
    expect(filmEnd(at(98, { phase: 'paused' }), queue())).toBeNull();
    expect(filmEnd(at(98, { phase: 'preparing' }), queue())).toBeNull();
    expect(filmEnd({ ...at(98), duration: 0 }, queue())).toBeNull();
    expect(filmEnd(at(98), queue({ items: [] }))).toBeNull();
    expect(filmEnd({ timeline: null, position: 0, duration: 0 }, queue())).toBeNull();
  });

  test('a film that repeats itself is not announced', () => {
    expect(filmEnd(at(98), queue({ mode: { loop: 'one', autoplay: true, order: 'manual' } }))).toBeNull();
    expect(filmEnd(at(98), queue({ items: [], mode: { loop: 'all', autoplay: true, order: 'manual' } }))).toBeNull();
  });

  test('without playing on, the next one waits at the end', () => {
    const waits = queue({ mode: { loop: 'none', autoplay: false, order: 'manual' } });
    expect(filmEnd(at(98), waits)).toBeNull();
    expect(filmEnd(at(100, { phase: 'paused' }), waits)).toEqual({ kind: 'waits', item: next });
  });

  test('QU14 after a player has stopped at the end, the next one follows', () => {
    expect(filmEnd(at(99.5, { phase: 'paused', resume: true }), queue())).toEqual({ kind: 'soon', item: next, secondsLeft: 1 });
  });

  test('an announcement may not know which film it is', () => {
    const long = queue({ total: 80, mode: { loop: 'none', autoplay: true, order: 'votes' } });
    expect(filmEnd(at(98), long)).toMatchObject({ kind: 'soon', item: undefined });
  });
});
