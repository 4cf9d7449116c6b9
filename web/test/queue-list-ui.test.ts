// @vitest-environment happy-dom
// @vitest-environment-options {"url": "http://localhost:3000/"}
import { type VNode, options } from 'preact';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { createPageHarness } from './support/page-harness';
import { createQueueHarness, film } from './support/queue-harness';

vi.mock('socket.io-client', () => import('./support/fake-socket'));

const page = createPageHarness();
const { socket, drawn, all, named, press } = page;
const queue = createQueueHarness(page);
const { enter, change, titles, asked, status, click, openTab } = queue;

beforeEach(page.fresh);

describe('QU2 moving', () => {
  const handle = (title: string) => named('.queue-handle', `Move ${title}`);

  test('by keyboard: Space lifts, arrows move, Space drops, and each is said', async () => {
    await enter();
    handle('One').focus();
    await press(handle('One'), ' ');
    expect(status()).toContain('Lifted One, 1 of 3. Arrow keys move it, Space drops it, Escape cancels.');
    expect(handle('One').getAttribute('aria-pressed')).toBe('true');
    await press(handle('One'), 'ArrowDown');
    expect(status()).toContain('2 of 3');
    expect(titles()).toEqual(['Two', 'One', 'Three']);
    await press(handle('One'), 'End');
    await press(handle('One'), ' ');
    expect(status()).toContain('Dropped at 3 of 3.');
    expect(asked('queue-move')).toEqual([{ itemId: 'One', beforeId: null }]);
    expect(document.activeElement).toBe(handle('One'));
    // Shown there before the server has answered.
    expect(titles()).toEqual(['Two', 'Three', 'One']);
    await change({ moved: [{ itemId: 'One', rank: 40 }], userId: 'u1' });
    expect(titles()).toEqual(['Two', 'Three', 'One']);
  });

  test('Escape puts it back, and so does leaving it', async () => {
    await enter();
    handle('Two').focus();
    await press(handle('Two'), ' ');
    await press(handle('Two'), 'ArrowUp');
    const escape = await press(handle('Two'), 'Escape');
    expect(escape.defaultPrevented).toBe(true);
    expect(status()).toContain('Back at its old place.');
    expect(titles()).toEqual(['One', 'Two', 'Three']);
    await press(handle('Two'), ' ');
    await press(handle('Two'), 'ArrowUp');
    named('.queue-places button', 'Play next').focus();
    await drawn();
    expect(titles()).toEqual(['One', 'Two', 'Three']);
    expect(asked('queue-move')).toEqual([]);
  });

  test('an item that leaves the list while it is lifted is not moved', async () => {
    await enter();
    handle('Two').focus();
    await press(handle('Two'), ' ');
    await change({ removed: ['Two'], userId: 'u2' });
    expect(status()).toContain('It is not in the queue any more.');
    expect(titles()).toEqual(['One', 'Three']);
  });

  test('a rejected move goes back', async () => {
    await enter();
    socket().manualAnswers.add('queue-move');
    handle('One').focus();
    await press(handle('One'), ' ');
    await press(handle('One'), 'ArrowDown');
    await press(handle('One'), 'Enter');
    expect(titles()).toEqual(['Two', 'One', 'Three']);
    await socket().lastRequest('queue-move').answer({ ok: false, code: 'item_not_found', error: 'That film is not in the queue', retryable: false }); // prettier-ignore
    await drawn();
    expect(titles()).toEqual(['One', 'Two', 'Three']);
    expect(all('.toast')[0]!.textContent).toBe('That film is not in the queue');
  });

  test('by pointer: the others give way, and the drop is sent', async () => {
    await enter();
    const grip = handle('Three') as HTMLElement & { setPointerCapture: (id: number) => void };
    grip.setPointerCapture = () => undefined;
    const fire = async (name: string, clientY: number) => {
      grip.dispatchEvent(new PointerEvent(name, { bubbles: true, cancelable: true, pointerId: 1, button: 0, clientY }));
      await drawn();
    };
    // Without a layout, every box is at 0: the row's top, too.
    await fire('pointerdown', 0);
    await fire('pointermove', 68);
    expect(titles()).toEqual(['One', 'Three', 'Two']);
    await fire('pointermove', 10);
    expect(titles()).toEqual(['Three', 'One', 'Two']);
    await fire('pointerup', 10);
    expect(asked('queue-move')).toEqual([{ itemId: 'Three', beforeId: 'One' }]);
  });

  test('by the menu of an item', async () => {
    await enter();
    const choose = async (title: string, entry: string) => {
      await click(`More for ${title}`);
      named('[role="menuitem"]', entry).click();
      await drawn();
    };
    await click('More for Two');
    expect(all('[role="menuitem"]').map((one) => one.textContent)).toEqual([
      'Play now',
      'Play next',
      'Move up',
      'Move down',
      'To the end',
      'Remove',
    ]);
    expect(document.activeElement!.textContent).toBe('Play now');
    await press(document.activeElement!, 'ArrowDown');
    expect(document.activeElement!.textContent).toBe('Play next');
    await press(document.activeElement!, 'Escape');
    expect(all('[role="menuitem"]')).toEqual([]);
    expect(document.activeElement!.getAttribute('aria-label')).toBe('More for Two');
    await choose('Three', 'Play next');
    await change({ moved: [{ itemId: 'Three', rank: 5 }], userId: 'u1' });
    await choose('Two', 'Play now');
    await choose('Two', 'Remove');
    expect(asked('queue-move')).toEqual([{ itemId: 'Three', beforeId: 'One' }]);
    expect(asked('queue-play')).toEqual([{ itemId: 'Two' }]);
    expect(asked('queue-remove')).toEqual([{ itemId: 'Two' }]);
    expect(all('.toast')[0]!.textContent).toContain('Removed Two');
  });

  test('of 500 films only those on the screen are drawn, and the rest is read by pages', async () => {
    const many = Array.from({ length: 500 }, (_, n) => film(`Film ${n}`, n + 1));
    await enter({ queue: { items: many.slice(0, 50), total: 500 }, shown: false });
    socket().manualAnswers.add('get-queue');
    await openTab();
    expect(all('.queue-handle')).toEqual([]);
    for (let from = 50; from < 500; from += 100) {
      expect(asked('get-queue').at(-1)).toEqual({ after: `Film ${from - 1}`, limit: 100 });
      const items = many.slice(from, from + 100);
      const next = from + 100 < 500 ? items.at(-1)!.itemId : null;
      await socket().lastRequest('get-queue').answer({ ok: true, items, next, total: 500, epoch: 1, seq: 5 });
      await drawn();
    }
    expect(all('.queue-list')[0]!.style.height).toBe(`${500 * 68}px`);
    expect(all('.queue-row').length).toBeLessThan(30);
    expect(all('.queue-row')[0]!.getAttribute('aria-setsize')).toBe('500');
    const first = named('.queue-handle', 'Move Film 0');
    first.focus();
    await press(first, ' ');
    await press(first, 'End');
    await press(first, ' ');
    expect(asked('queue-move')).toEqual([{ itemId: 'Film 0', beforeId: null }]);
  });
});

/** Counts the rows that are drawn from now on; Preact calls this hook for each component that it renders. */
function countDrawnRows(): { take(): number } {
  const hooks = options as { __r?: (vnode: VNode) => void };
  const before = hooks.__r;
  let count = 0;
  hooks.__r = (vnode) => {
    // Each test has modules of its own.
    if ((vnode.type as { name?: string }).name === 'QueueRow') count++;
    before?.(vnode);
  };
  return { take: () => ([count, (count = 0)] as const)[0] };
}

describe('a change of one film', () => {
  const many = Array.from({ length: 40 }, (_, n) => film(`Film ${n}`, n + 1));

  test.each([
    ['a vote of another member', { votes: [{ itemId: 'Film 3', votes: 2 }] }, 1],
    ['a title', { changed: [{ itemId: 'Film 3', title: 'Three' }] }, 1],
    ['a film beyond the screen', { changed: [{ itemId: 'Film 39', title: 'Last' }] }, 0],
    ['what is no part of the list', { skip: { votes: 1, needed: 2 } }, 0],
  ])('%s', async (_, parts, rows) => {
    await enter({ queue: { items: many } });
    const drawnRows = countDrawnRows();
    await change({ ...parts, userId: 'u2' });
    expect(drawnRows.take()).toBe(rows);
  });

  test('an own vote draws its row alone', async () => {
    await enter({ queue: { items: many } });
    const drawnRows = countDrawnRows();
    await click('Vote for Film 3, 0 votes');
    expect(drawnRows.take()).toBe(1);
  });
});

describe('QU6 QU7 order and votes', () => {
  const votes = (title: string) => all('.queue-vote').find((one) => one.getAttribute('aria-label')!.includes(title))!;

  test('a vote counts at once, and once when the server has counted it', async () => {
    await enter({ queue: { items: [film('One', 10, { votes: 2 })], voted: [] } });
    await click('Vote for One, 2 votes');
    expect(votes('One').getAttribute('aria-label')).toBe('Vote for One, 3 votes');
    expect(votes('One').getAttribute('aria-pressed')).toBe('true');
    await change({ votes: [{ itemId: 'One', votes: 3 }], userId: 'u1' });
    expect(votes('One').getAttribute('aria-label')).toBe('Vote for One, 3 votes');
    await click('Vote for One, 3 votes');
    expect(asked('vote-item')).toEqual([
      { itemId: 'One', on: true },
      { itemId: 'One', on: false },
    ]);
    expect(votes('One').getAttribute('aria-label')).toBe('Vote for One, 2 votes');
  });

  test('a rejected vote is taken back', async () => {
    await enter({ queue: { voted: ['Two'] } });
    expect(votes('Two').getAttribute('aria-pressed')).toBe('true');
    socket().manualAnswers.add('vote-item');
    await click('Vote for One, 0 votes');
    await socket().lastRequest('vote-item').answer({ ok: false, code: 'too_many_votes', error: 'You vote for too many films', retryable: false }); // prettier-ignore
    await drawn();
    expect(votes('One').getAttribute('aria-pressed')).toBe('false');
    expect(votes('One').getAttribute('aria-label')).toBe('Vote for One, 0 votes');
  });

  test('with votes, the list is shown in the order in which it plays, and is not moved by hand', async () => {
    await enter();
    await change({ votes: [{ itemId: 'Three', votes: 2 }], userId: 'u2' });
    expect(titles()).toEqual(['One', 'Two', 'Three']);
    await change({ mode: { loop: 'none', autoplay: true, order: 'votes' }, userId: 'u2' });
    expect(titles()).toEqual(['Three', 'One', 'Two']);
    expect(all('.queue-handle')).toEqual([]);
    await click('More for One');
    expect(all('[role="menuitem"]').map((one) => one.textContent)).toEqual(['Play now', 'Remove']);
  });

  test('votes to skip are counted, and end with the film', async () => {
    await enter({ host: false, queue: { skip: { votes: 1, needed: 3 } } });
    await click('Vote to Skip1 of 3');
    expect(asked('vote-skip')).toEqual([{ on: true }]);
    await change({ skip: { votes: 2, needed: 3 }, userId: 'u1' });
    expect(named('.queue button', 'Vote to Skip2 of 3').getAttribute('aria-pressed')).toBe('true');
    await change({ removed: ['One'], current: film('One', 10), skip: { votes: 0, needed: 3 } });
    expect(named('.queue button', 'Vote to Skip').getAttribute('aria-pressed')).toBe('false');
  });

  test('there are none when the room has switched them off', async () => {
    await enter({ settings: { skipShare: 0 } });
    expect(all('.queue-now button').map((one) => one.getAttribute('aria-label'))).toEqual(['Previous film', 'Next film']);
  });

  test('a host changes how the queue goes on', async () => {
    await enter();
    await click('Play on');
    await click('By votes');
    await click('Repeat: off');
    await click('Shuffle');
    await click('Empty the queue');
    expect(asked('set-queue-mode')).toEqual([{ autoplay: false }, { order: 'votes' }, { loop: 'all' }]);
    expect([asked('queue-shuffle'), asked('queue-clear')]).toEqual([[{}], [{}]]);
  });
});

describe('QU5 undo', () => {
  const undo = () => all('.queue-head button').filter((one) => one.getAttribute('aria-label') === 'Undo the last change');
  /** The fake server's clock (support/fake-socket). */
  const serverNow = () => performance.now() + 1e6;

  test('a host undoes anybody’s change, while that can be', async () => {
    await enter();
    await vi.advanceTimersByTimeAsync(500);
    expect(undo()).toEqual([]);
    await change({ removed: ['Two'], undoUntil: serverNow() + 30_000, userId: 'u2' });
    expect(undo()).toHaveLength(1);
    undo()[0]!.click();
    expect(asked('queue-undo')).toEqual([{}]);
    await vi.advanceTimersByTimeAsync(30_000);
    expect(undo()).toEqual([]);
  });

  test('a guest undoes only their own', async () => {
    await enter({ host: false, settings: { queue: 'everyone' } });
    await vi.advanceTimersByTimeAsync(500);
    await change({ removed: ['Two'], undoUntil: serverNow() + 30_000, userId: 'u2' });
    expect(undo()).toEqual([]);
    await change({ removed: ['One'], undoUntil: serverNow() + 30_000, userId: 'u1' });
    expect(undo()).toHaveLength(1);
    await change({ undoUntil: 0, userId: 'u1' });
    expect(undo()).toEqual([]);
  });
});

describe('QU3 what was played', () => {
  const played = [
    { ...film('Old', 1), endedAt: '2026-01-01T20:30:00.000Z' },
    { ...film('Older', 2), endedAt: '2026-01-01T20:10:00.000Z', failed: true },
  ].toReversed();

  test('is listed newest first, and shown again by a host', async () => {
    await enter({ queue: { played } });
    const head = all('.queue-history-head')[0]!;
    expect([head.textContent, head.getAttribute('aria-expanded')]).toEqual(['Played2', 'false']);
    head.click();
    await drawn();
    expect(all('.queue-played b').map((one) => one.textContent)).toEqual(['Old', 'Older']);
    expect(all('.queue-played')[1]!.textContent).toContain('did not play');
    await click('Old again');
    expect(asked('queue-play')).toEqual([{ itemId: 'Old' }]);
  });

  test('is added to the end by a guest who may', async () => {
    await enter({ host: false, settings: { queue: 'everyone' }, queue: { played } });
    all('.queue-history-head')[0]!.click();
    await drawn();
    await click('Old again');
    expect(asked('queue-add')).toEqual([{ videoUrls: ['https://films.example/Old.mp4'], place: 'end' }]);
  });
});
