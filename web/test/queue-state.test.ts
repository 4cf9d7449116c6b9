import { describe, expect, test } from 'vitest';
import {
  type KnownQueue,
  applyChange,
  fromSnapshot,
  isComplete,
  listed,
  mergePage,
  orderOfPlay,
  totalSeconds,
  upNext,
} from '../src/queue/queue-state';
import { QueueModel, aQueue, aQueueItem } from './support/queue-model';
import { seededRandom } from './support/random';

const ids = (items: readonly { itemId: string }[]) => items.map((item) => item.itemId);
const items = (count: number, over: (n: number) => object = () => ({})) =>
  Array.from({ length: count }, (_, n) => aQueueItem({ itemId: `i${n}`, rank: n + 1, ...over(n) }));

/** Checks that what is known without gaps is the beginning of the real list, item by item. */
function agrees(state: KnownQueue, model: QueueModel): void {
  const known = listed(state);
  expect(known).toEqual(model.items.slice(0, known.length));
  expect(state.total).toBe(model.items.length);
  expect(state.current).toEqual(model.current);
  expect(state.played).toEqual(model.played);
  expect(state.mode).toEqual(model.mode);
  if (isComplete(state)) expect(known.length).toBe(model.items.length);
}

describe('QU12 events', () => {
  test.each(Array.from({ length: 40 }, (_, n) => n))('any sequence equals the snapshot after it (seed %d)', (seed) => {
    const random = seededRandom(seed);
    const model = new QueueModel();
    model.add(random.whole(0, 90), 'end');
    let state = fromSnapshot(model.snapshot());
    for (let n = 0; n < 120; n++) {
      const change = model.step(random);
      if (change !== null) state = applyChange(state, change);
      agrees(state, model);
    }
    // A complete state stays complete, and is that of the snapshot.
    const whole = fromSnapshot(model.snapshot(Infinity));
    if (isComplete(state)) expect(new Map([...state.items].sort())).toEqual(new Map([...whole.items].sort()));
  });

  test('what is not named stays as it was', () => {
    const before = fromSnapshot(aQueue({ items: items(2), current: aQueueItem({ itemId: 'c' }), undoUntil: 7 }));
    expect(applyChange(before, {})).toEqual(before);
    const after = applyChange(before, { skip: { votes: 1, needed: 2 }, undoUntil: 0 });
    expect(after).toEqual({ ...before, skip: { votes: 1, needed: 2 }, undoUntil: null });
  });

  test('QU11 what becomes known about an item is shown wherever it is', () => {
    const played = [{ ...aQueueItem({ itemId: 'p' }), endedAt: '2026-01-01T21:00:00.000Z' }];
    const before = fromSnapshot(aQueue({ items: items(1), current: aQueueItem({ itemId: 'c' }), played }));
    const after = applyChange(before, {
      changed: [
        { itemId: 'i0', title: 'Zero' },
        { itemId: 'c', duration: 90 },
        { itemId: 'p', poster: 'https://pictures.example/p.jpg' },
        { itemId: 'unknown', title: 'Nothing' },
      ],
    });
    expect(listed(after)[0]).toMatchObject({ title: 'Zero', duration: 0 });
    expect(after.current).toMatchObject({ title: null, duration: 90 });
    expect(after.played[0]).toMatchObject({ poster: 'https://pictures.example/p.jpg' });
  });
});

describe('QU13 pages', () => {
  test.each(Array.from({ length: 30 }, (_, n) => n))('read between changes give the whole list (seed %d)', (seed) => {
    const random = seededRandom(1000 + seed);
    const model = new QueueModel();
    model.add(random.whole(60, 200), 'end');
    let state = fromSnapshot(model.snapshot(20));
    for (let n = 0; n < 200 && !isComplete(state); n++) {
      const after = listed(state).at(-1)?.itemId;
      // The page is as old as the changes that come with it.
      const page = model.page(after, 10);
      const since = [];
      for (let k = random.whole(0, 3); k > 0; k--) {
        const change = random.next() < 0.5 ? model.vote(random.whole(0, model.items.length - 1), k) : model.step(random);
        if (change === null) continue;
        since.push(change);
        state = applyChange(state, change);
      }
      const anchored = after === undefined || !since.some((one) => one.removed?.includes(after));
      if (anchored) state = mergePage(state, page, since);
      agrees(state, model);
    }
    expect(isComplete(state)).toBe(true);
  });

  test('an unknown item that moves into the known part leaves a gap', () => {
    const before = fromSnapshot(aQueue({ items: items(5), total: 9 }));
    const after = applyChange(before, { moved: [{ itemId: 'far', rank: 2.5 }] });
    expect(ids(listed(after))).toEqual(['i0']);
    expect(isComplete(after)).toBe(false);
  });

  test('an item added behind the known part is not shown before what is in between', () => {
    const before = fromSnapshot(aQueue({ items: items(5), total: 9 }));
    const after = applyChange(before, { added: [aQueueItem({ itemId: 'new', rank: 100 })] });
    expect(ids(listed(after))).toEqual(ids(items(5)));
    expect(after.total).toBe(10);
  });
});

describe('QU6 the order of play', () => {
  const byVotes = { loop: 'none', autoplay: true, order: 'votes' } as const;

  test('is that of the list, or most votes first and the earliest among equals', () => {
    const list = items(4, (n) => ({ votes: [1, 3, 0, 3][n] }));
    expect(ids(orderOfPlay(fromSnapshot(aQueue({ items: list }))))).toEqual(['i0', 'i1', 'i2', 'i3']);
    expect(ids(orderOfPlay(fromSnapshot(aQueue({ items: list, mode: byVotes }))))).toEqual(['i1', 'i3', 'i0', 'i2']);
  });

  test('the next one is unknown while an unknown one may have more votes', () => {
    expect(upNext(fromSnapshot(aQueue({ items: items(3), total: 9, mode: byVotes })))).toBeUndefined();
    expect(upNext(fromSnapshot(aQueue({ items: items(3), total: 9 })))?.itemId).toBe('i0');
  });

  test('a repeated film is next itself, and the last one of a repeated list', () => {
    const current = aQueueItem({ itemId: 'c' });
    const mode = (loop: 'none' | 'one' | 'all') => ({ loop, autoplay: true, order: 'manual' }) as const;
    expect(upNext(fromSnapshot(aQueue({ items: items(1), current, mode: mode('one') })))?.itemId).toBe('c');
    expect(upNext(fromSnapshot(aQueue({ items: items(1), current, mode: mode('all') })))?.itemId).toBe('i0');
    expect(upNext(fromSnapshot(aQueue({ current, mode: mode('all') })))?.itemId).toBe('c');
    expect(upNext(fromSnapshot(aQueue({ current, mode: mode('none') })))).toBeNull();
  });

  test('the length of a list counts what is known', () => {
    expect(totalSeconds(items(3, (n) => ({ duration: n * 60 })))).toBe(180);
  });
});
