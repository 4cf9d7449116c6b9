import { signal } from '@preact/signals';
import { describe, expect, test } from 'vitest';
import type { Ack } from '../src/protocol/messages';
import { createQueuePages } from '../src/queue/queue-pages';
import type { QueueChange } from '../src/protocol/queue';
import { applyChange, fromSnapshot, isComplete, listed } from '../src/queue/queue-state';
import { QueueModel } from './support/queue-model';
import { seededRandom } from './support/random';

/** A page and its server; `between` runs after the server has read the page and before the answer arrives. */
function harness(count: number) {
  const model = new QueueModel();
  model.add(count, 'end');
  const state = signal(fromSnapshot(model.snapshot()));
  const asked: unknown[] = [];
  let between: () => void = () => undefined;
  let before: () => void = () => undefined;
  const pages = createQueuePages({
    state,
    request: (_, payload) => {
      asked.push(payload);
      before();
      const page = model.page(payload['after'] as string | undefined, payload['limit'] as number);
      between();
      return Promise.resolve({ ok: true, ...page } as Ack);
    },
  });
  const arrive = (change: QueueChange) => {
    state.value = applyChange(state.value, change);
    pages.onChange(change);
  };
  return {
    model,
    state,
    pages,
    asked,
    arrive,
    betweenOnce: (run: () => void) => (between = () => ((between = () => undefined), run())),
    beforeOnce: (run: () => void) => (before = () => ((before = () => undefined), run())),
  };
}

describe('QU13 a long list', () => {
  test('is read by pages of 100 behind what is known', async () => {
    const { model, state, pages, asked } = harness(320);
    await pages.readAll();
    expect(listed(state.value)).toEqual(model.items);
    expect(asked).toEqual([
      { after: 'i49', limit: 100 },
      { after: 'i149', limit: 100 },
      { after: 'i249', limit: 100 },
    ]);
    expect(pages.progress.value).toBe('idle');
    await pages.readAll();
    expect(asked).toHaveLength(3);
  });

  test('a change that arrives before the page is applied to it too', async () => {
    const { model, state, pages, arrive, betweenOnce } = harness(120);
    betweenOnce(() => {
      arrive(model.remove(80));
      arrive(model.vote(90, 7));
      arrive(model.move(100, 3, false));
    });
    await pages.readAll();
    expect(listed(state.value)).toEqual(model.items);
  });

  test('a page behind an item that had moved already is read again', async () => {
    const { model, state, pages, arrive, beforeOnce } = harness(120);
    beforeOnce(() => arrive(model.move(49, 119, false)));
    await pages.readAll();
    expect(listed(state.value)).toEqual(model.items);
    expect(isComplete(state.value)).toBe(true);
  });

  test('a page behind an item whose move arrives later makes the list be read again', async () => {
    const { model, state, pages, arrive, beforeOnce } = harness(120);
    let late: QueueChange | null = null;
    beforeOnce(() => (late = model.move(49, 119, false)));
    await pages.readAll();
    arrive(late!);
    expect(isComplete(state.value)).toBe(false);
    await pages.readAll();
    expect(listed(state.value)).toEqual(model.items);
  });

  test('a page behind an item that is gone is read behind the one before it', async () => {
    const { model, state, pages, asked, arrive, beforeOnce } = harness(120);
    beforeOnce(() => arrive(model.remove(49)));
    await pages.readAll();
    expect(listed(state.value)).toEqual(model.items);
    expect(asked).toEqual([
      { after: 'i49', limit: 100 },
      { after: 'i48', limit: 100 },
    ]);
  });

  test('an answer to a page from before a snapshot is ignored', async () => {
    const { model, state, pages, betweenOnce } = harness(120);
    betweenOnce(() => {
      model.clear();
      state.value = fromSnapshot(model.snapshot());
      pages.reset();
    });
    await pages.readAll();
    expect(listed(state.value)).toEqual([]);
  });

  test('a rejection is shown as a failure, and the next attempt may succeed', async () => {
    const model = new QueueModel();
    model.add(80, 'end');
    const state = signal(fromSnapshot(model.snapshot()));
    let up = false;
    const pages = createQueuePages({
      state,
      request: (_, payload) =>
        Promise.resolve(
          (up
            ? { ok: true, ...model.page(payload['after'] as string, 100) }
            : { ok: false, code: 'unavailable', error: 'x', retryable: true }) as Ack,
        ),
    });
    await pages.readAll();
    expect(pages.progress.value).toBe('failed');
    up = true;
    await pages.readAll();
    expect(pages.progress.value).toBe('idle');
    expect(listed(state.value)).toEqual(model.items);
  });

  test.each(Array.from({ length: 20 }, (_, n) => n))(
    'with changes at any time it ends complete and right (seed %d)',
    async (seed) => {
      const random = seededRandom(seed);
      const { model, state, pages, arrive, beforeOnce, betweenOnce } = harness(300);
      const change = () => {
        const one = model.step(random);
        if (one !== null) arrive(one);
      };
      for (let n = 0; n < 6 && !(isComplete(state.value) && n > 2); n++) {
        beforeOnce(change);
        betweenOnce(change);
        await pages.readAll();
        change();
      }
      await pages.readAll();
      expect(listed(state.value)).toEqual(model.items);
    },
  );
});
