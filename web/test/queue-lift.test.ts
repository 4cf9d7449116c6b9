import { describe, expect, test } from 'vitest';
import { autoScrollPx, beforeAt, givesWay, indexAt, liftIn, liftKey, liftTo, reordered } from '../src/queue/lift';
import { drawnRows, rowWindow } from '../src/queue/row-window';
import { seededRandom } from './support/random';

const lift = { itemId: 'c', from: 2, to: 2 };
const IDS = ['a', 'b', 'c', 'd', 'e'];

describe('a lifted item', () => {
  test.each([
    ['ArrowUp', 1],
    ['ArrowDown', 3],
    ['Home', 0],
    ['End', 4],
    ['PageUp', 0],
    ['PageDown', 4],
  ])('%s moves it to %d', (key, to) => expect(liftKey(lift, key, 5)).toEqual({ ...lift, to }));

  test.each([
    [' ', 'drop'],
    ['Enter', 'drop'],
    ['Escape', 'cancel'],
    ['Tab', 'cancel'],
    ['x', null],
  ])('%j ends it or does nothing', (key, outcome) => expect(liftKey(lift, key, 5)).toBe(outcome));

  test('stays in the list', () => {
    expect(liftKey({ ...lift, to: 0 }, 'ArrowUp', 5)).toMatchObject({ to: 0 });
    expect(liftKey({ ...lift, to: 4 }, 'ArrowDown', 5)).toMatchObject({ to: 4 });
    expect(liftTo(lift, 99, 5).to).toBe(4);
  });

  test('keeps its place in a list that changes, and ends with its item', () => {
    expect(liftIn({ ...lift, to: 4 }, ['c', 'd'])).toEqual({ itemId: 'c', from: 0, to: 1 });
    expect(liftIn(lift, ['a', 'b'])).toBeNull();
  });

  test('the others give way exactly as the list will be', () => {
    const random = seededRandom(3);
    for (let n = 0; n < 300; n++) {
      const count = random.whole(1, 12);
      const from = random.whole(0, count - 1);
      const to = random.whole(0, count - 1);
      const list = Array.from({ length: count }, (_, k) => `${k}`);
      const next = reordered(list, from, to);
      list.forEach((id, index) => {
        if (index !== from) expect(next.indexOf(id)).toBe(index + givesWay(index, { itemId: '', from, to }));
      });
      expect(next[to]).toBe(list[from]);
      const before = beforeAt(list, from, to);
      expect(before).toBe(next[to + 1] ?? null);
    }
  });

  test('the one behind it is named to the server; none at the end', () => {
    expect(beforeAt(IDS, 0, 2)).toBe('d');
    expect(beforeAt(IDS, 4, 0)).toBe('a');
    expect(beforeAt(IDS, 1, 4)).toBeNull();
  });

  test('its place follows the height', () => {
    expect([-50, 0, 67, 68, 9999].map((y) => indexAt(y, 68, 5))).toEqual([0, 0, 0, 1, 4]);
  });

  test('the list scrolls faster the nearer the edge is', () => {
    expect(autoScrollPx(300, 100, 600)).toBe(0);
    expect(autoScrollPx(140, 100, 600)).toBeLessThan(0);
    expect(autoScrollPx(110, 100, 600)).toBeLessThan(autoScrollPx(140, 100, 600));
    expect(autoScrollPx(0, 100, 600)).toBe(autoScrollPx(100, 100, 600));
    expect(autoScrollPx(590, 100, 600)).toBeGreaterThan(0);
  });
});

describe('the rows on the screen', () => {
  test('are those at the scrolled place and a few beyond', () => {
    expect(rowWindow(0, 680, 68, 500)).toEqual({ from: 0, to: 16 });
    expect(rowWindow(6800, 680, 68, 500)).toEqual({ from: 94, to: 116 });
    expect(rowWindow(33_900, 680, 68, 500).to).toBe(500);
  });

  test('a list that begins below the screen has some rows drawn', () => {
    expect(rowWindow(-2000, 600, 68, 500)).toEqual({ from: 0, to: 6 });
    expect(rowWindow(-2000, 600, 68, 2)).toEqual({ from: 0, to: 2 });
  });

  test('a kept row is drawn in its order, once, wherever it is', () => {
    expect(drawnRows({ from: 3, to: 6 }, [5, 40, 0], 50)).toEqual([0, 3, 4, 5, 40]);
    expect(drawnRows({ from: 0, to: 20 }, [], 2)).toEqual([0, 1]);
  });
});
