// @vitest-environment happy-dom
// @vitest-environment-options {"url": "http://localhost:3000/"}
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { DEFAULT_SETTINGS, type RoomSettings } from '../src/protocol/room-access';
import { createPageHarness } from './support/page-harness';
import { aQueue, aQueueItem } from './support/queue-model';
import { aRoom, aTimeline, aUser } from './support/wire';

vi.mock('socket.io-client', () => import('./support/fake-socket'));

const page = createPageHarness();
const { socket, drawn, all, text, named, field, type, press, inside, nameless } = page;

beforeEach(page.fresh);

const FILM = 'https://films.example/zero.mp4';
const film = (name: string, rank: number, over = {}) =>
  aQueueItem({ itemId: name, title: name, rank, videoUrl: `https://films.example/${name}.mp4`, ...over });
const current = aQueueItem({ itemId: 'Zero', title: 'Zero', videoUrl: FILM, duration: 100 });
const three = () => [film('One', 10), film('Two', 20, { userId: 'u2', userName: 'Ben' }), film('Three', 30)];

interface Start {
  host?: boolean;
  settings?: Partial<RoomSettings>;
  queue?: Parameters<typeof aQueue>[0];
  timeline?: Parameters<typeof aTimeline>[0];
  shown?: boolean;
}

/** Enters the room as Ana, with a queue of three, and opens the tab. */
async function enter({ host = true, settings = {}, queue = {}, timeline = {}, shown = true }: Start = {}): Promise<void> {
  const users = [aUser({ isHost: host }), aUser({ id: 'u2', name: 'Ben', isHost: !host })];
  const room = aRoom({
    users,
    hostId: host ? 'u1' : 'u2',
    videoUrl: FILM,
    videoType: 'video',
    settings: { ...DEFAULT_SETTINGS, ...settings },
    queue: aQueue({ items: three(), current, ...queue }),
  });
  await inside({ room, user: users[0], timeline: aTimeline({ seq: 5, duration: 100, ...timeline }) });
  await vi.dynamicImportSettled();
  await drawn();
  if (!shown) return;
  all('#tab-queue')[0]!.click();
  await vi.dynamicImportSettled();
  await drawn();
}

let seq = 5;
beforeEach(() => void (seq = 5));

async function receive(name: string, payload: Record<string, unknown>): Promise<void> {
  socket().receive(name, { ...payload, epoch: 1, seq: ++seq });
  await drawn();
}

const change = (payload: Record<string, unknown>) => receive('queue-changed', payload);
const titles = () =>
  all('.queue-row')
    .map((row) => ({ title: row.querySelector('b')!.textContent!, top: Number(/-?[\d.]+/.exec(row.style.transform)![0]) }))
    .sort((a, b) => a.top - b.top)
    .map(({ title }) => title);
const asked = (name: string) =>
  socket()
    .requests.filter((one) => one.name === name)
    .map(({ payload }) => Object.fromEntries(Object.entries(payload).filter(([key]) => key !== 'roomId')));
const status = () => all('.queue [role="status"]').map((one) => one.textContent);
const notices = () => all('.chat-notice').map((one) => one.textContent);

async function click(name: string, selector = '.queue button'): Promise<void> {
  named(selector, name).click();
  await drawn();
}

describe('the tab of the queue', () => {
  test('shows the films, who added them, and how many there are', async () => {
    await enter();
    expect(titles()).toEqual(['One', 'Two', 'Three']);
    expect(all('#tab-queue')[0]!.textContent).toBe('Queue 3');
    expect(all('.queue-row small').map((one) => one.textContent)).toEqual(['you', 'Ben', 'you']);
    expect(all('.queue-now h2')[0]!.textContent).toBe('Zero');
    expect(nameless()).toEqual([]);
    await change({ added: [film('Four', 40)], userId: 'u1' });
    expect(titles()).toEqual(['One', 'Two', 'Three', 'Four']);
    expect(all('#tab-queue')[0]!.textContent).toBe('Queue 4');
  });

  test('is missing on a server without a queue', async () => {
    await inside();
    expect(all('#tab-queue')).toEqual([]);
  });

  test('is reached by arrow keys, in a circle', async () => {
    await enter({ shown: false });
    const tabs = all('[role="tablist"]')[0]!;
    const here = () => all('[role="tab"][aria-selected="true"]')[0]!.id;
    const seen: string[] = [];
    for (let n = 0; n < 3; n++) {
      await press(tabs, 'ArrowRight');
      seen.push(here());
    }
    await press(tabs, 'ArrowLeft');
    expect([...seen, here()]).toEqual(['tab-members', 'tab-queue', 'tab-chat', 'tab-queue']);
  });

  test('changes that arrive before its code are applied to it', async () => {
    const room = aRoom({ videoUrl: FILM, videoType: 'video', queue: aQueue({ items: three(), current }) });
    await inside({ room, timeline: aTimeline({ seq: 5 }) });
    await change({ removed: ['One'], userId: 'u1' });
    await vi.dynamicImportSettled();
    await drawn();
    expect(all('#tab-queue')[0]!.textContent).toBe('Queue 2');
  });

  test('the title of the current film is that of the room, also when it becomes known later', async () => {
    await enter({ queue: { current: { ...current, title: null } }, shown: false });
    expect(all('.room-title')[0]!.textContent).toBe('Zero');
    await change({ changed: [{ itemId: 'Zero', title: 'The Story of Zero' }] });
    expect(all('.room-title')[0]!.textContent).toBe('The Story of Zero');
    await receive('video-set', { videoUrl: 'https://films.example/next.mp4', videoType: 'video', userId: 'u2' });
    expect(all('.room-title')[0]!.textContent).toBe('Next');
  });
});

describe('QU1 adding', () => {
  const links = () => field('Paste one or more links');

  test('the choice of the place', async () => {
    await enter();
    socket().manualAnswers.add('queue-add');
    for (const [button, place] of [
      ['Add to the end', 'end'],
      ['Play next', 'next'],
    ]) {
      await type(links(), 'https://films.example/a.mp4\nhttps://films.example/b.mp4');
      await click(button!);
      expect(asked('queue-add').at(-1)).toEqual({
        videoUrls: ['https://films.example/a.mp4', 'https://films.example/b.mp4'],
        place,
      });
      await socket()
        .lastRequest('queue-add')
        .answer({ ok: true, itemIds: ['a', 'b'], epoch: 1, seq: 6 });
      await drawn();
      expect(links().value).toBe('');
    }
    expect(all('.toast')[0]!.textContent).toContain('2 films added');
    await click('Undo', '.toast button');
    expect(asked('queue-undo')).toEqual([{}]);
  });

  test('“Play now” adds the films and shows the first', async () => {
    await enter();
    socket().manualAnswers.add('queue-add');
    await type(links(), 'https://films.example/a.mp4 https://films.example/b.mp4');
    await click('Play now');
    await socket()
      .lastRequest('queue-add')
      .answer({ ok: true, itemIds: ['a', 'b'], epoch: 1, seq: 6 });
    await drawn();
    expect(asked('queue-play')).toEqual([{ itemId: 'a' }]);
  });

  test('more than 50 go in several commands, and in front in their order', async () => {
    await enter();
    socket().manualAnswers.add('queue-add');
    const urls = Array.from({ length: 120 }, (_, n) => `https://films.example/${n}.mp4`);
    await type(links(), urls.join('\n'));
    await click('Play next');
    const sent: string[][] = [];
    for (let n = 0; n < 3; n++) {
      const { payload, answer } = socket().lastRequest('queue-add');
      sent.unshift(payload['videoUrls'] as string[]);
      await answer({ ok: true, itemIds: (payload['videoUrls'] as string[]).map((_, k) => `${n} ${k}`), epoch: 1, seq: 6 });
      await drawn();
    }
    expect(sent.map((part) => part.length)).toEqual([50, 50, 20]);
    expect(sent.flat()).toEqual(urls);
  });

  test('what is no film is named, and stays in the field', async () => {
    await enter();
    socket().manualAnswers.add('queue-add');
    await type(links(), 'https://films.example/a.mp4\nhello there');
    await click('Add to the end');
    await socket()
      .lastRequest('queue-add')
      .answer({ ok: true, itemIds: ['a'], epoch: 1, seq: 6 });
    await drawn();
    expect(links().value).toBe('hello there');
    expect(all('.queue-rejected')[0]!.textContent).toContain(
      '1 added. This one is no film:hello there This does not look like a link',
    );
  });

  test('a full queue is said in words, and nothing is lost', async () => {
    await enter();
    socket().manualAnswers.add('queue-add');
    await type(links(), 'https://films.example/a.mp4');
    await click('Add to the end');
    await socket()
      .lastRequest('queue-add')
      .answer({ ok: false, code: 'queue_full', error: 'The queue is full', retryable: false });
    await drawn();
    expect(all('.queue-rejected')[0]!.textContent).toBe('The queue is full');
    expect(links().value).toBe('https://films.example/a.mp4');
  });

  test('a guest without the right sees who has it, and may vote', async () => {
    await enter({ host: false });
    expect(text()).toContain('Ben holds the remote, and chooses the films.');
    expect(links()).toBeNull();
    expect(all('.queue-handle, .queue-more')).toEqual([]);
    await click('Vote for One, 0 votes');
    expect(asked('vote-item')).toEqual([{ itemId: 'One', on: true }]);
  });

  test('a guest with the right adds, and moves and removes their own', async () => {
    await enter({ host: false, settings: { queue: 'everyone' } });
    expect(all('.queue-places button').map((one) => one.textContent)).toEqual(['Add', 'Play next']);
    expect(all('.queue-handle').map((one) => one.getAttribute('aria-label'))).toEqual(['Move One', 'Move Three']);
  });

  test('a link that is dropped onto the page opens the same choice', async () => {
    await enter({ shown: false });
    const dataTransfer = { types: ['text/uri-list', 'text/plain'], getData: (kind: string) => (kind === 'text/uri-list' ? '# a comment\r\nhttps://films.example/a.mp4' : '') }; // prettier-ignore
    const fire = async (name: string) => {
      const event = Object.assign(new Event(name, { bubbles: true, cancelable: true }), { dataTransfer });
      all('.room')[0]!.dispatchEvent(event);
      await drawn();
      return event;
    };
    expect((await fire('dragover')).defaultPrevented).toBe(true);
    expect(text()).toContain('Drop it to add it to the queue');
    await fire('drop');
    expect(all('dialog[open] h2')[0]!.textContent).toBe('Add to the queue');
    expect(links().value).toBe('https://films.example/a.mp4');
    named('dialog[open] button', 'Play next').click();
    await drawn();
    expect(asked('queue-add')).toEqual([{ videoUrls: ['https://films.example/a.mp4'], place: 'next' }]);
  });
});

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
    all('#tab-queue')[0]!.click();
    await vi.dynamicImportSettled();
    await drawn();
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
    expect(all('.queue-played')[1]!.textContent).toContain('nobody could play it');
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

describe('QU8 the end of the film', () => {
  const card = () => all('.next-card').map((one) => one.textContent);
  /** Lets the film play from a position of its 100 seconds. */
  async function playFrom(position: number, over = {}): Promise<void> {
    await vi.advanceTimersByTimeAsync(500);
    socket().receive('timeline', { ...aTimeline({ epoch: 1, seq: ++seq, phase: 'playing', position, at: performance.now() + 1e6, duration: 100 }), ...over }); // prettier-ignore
    await vi.advanceTimersByTimeAsync(400);
  }

  test('the next film is announced, and a host plays it at once or stays for this once', async () => {
    await enter({ shown: false });
    await playFrom(90);
    expect(card()).toEqual([]);
    await vi.advanceTimersByTimeAsync(6000);
    expect(card()[0]).toMatch(/^O.*NextOneplays in [45] sPlay nowStay here$/);
    expect(all('.next-card-frame [role="status"]')[0]!.textContent).toBe('Next: One. It plays by itself in a few seconds.');
    await click('Play now', '.next-card button');
    expect(asked('queue-next')).toEqual([{}]);
    await click('Stay here', '.next-card button');
    expect(asked('set-queue-mode')).toEqual([{ autoplay: false }]);
    await change({ mode: { loop: 'none', autoplay: false, order: 'manual' }, userId: 'u1' });
    expect(card()).toEqual([]);
    // With the next film the queue goes on by itself again.
    await change({ removed: ['One'], current: film('One', 10), userId: 'u1' });
    expect(asked('set-queue-mode')).toEqual([{ autoplay: false }, { autoplay: true }]);
  });

  test('a guest who stays keeps the film, while the others watch the next one, and joins them later', async () => {
    await enter({ host: false, shown: false });
    await playFrom(97);
    expect(card()[0]).not.toContain('Play now');
    await click('Stay here', '.next-card button');
    await vi.advanceTimersByTimeAsync(400);
    expect(page.app.syncStatus.state.value).toBe('free');
    await receive('video-set', { videoUrl: 'https://films.example/One.mp4', videoType: 'video', userId: 'u1' });
    socket().receive('timeline', aTimeline({ epoch: 1, seq, item: 2, phase: 'preparing', resume: true, waiting: { reason: 'next', for: ['u1'], until: 9e12 } })); // prettier-ignore
    socket().receive('queue-changed', { removed: ['One'], current: film('One', 10), epoch: 1, seq });
    await drawn();
    expect(socket().sent.filter(({ name }) => name === 'ready')).toEqual([{ name: 'ready', payload: { roomId: 'ABC123', seq } }]);
    expect(card()).toEqual(['OYou stayed here. The others watchOneJoin them']);
    expect(page.app.playerHost.report()).not.toHaveProperty('item');
    await click('Join them', '.next-card button');
    expect(card()).toEqual([]);
    expect(page.app.playerHost.staying.value).toBe(false);
  });

  test('without playing on, the next film waits for a host', async () => {
    const mode = { loop: 'none', autoplay: false, order: 'manual' } as const;
    await enter({ queue: { mode }, timeline: { position: 100 }, shown: false });
    await vi.advanceTimersByTimeAsync(400);
    expect(card()).toEqual(['ONextOnePlay now']);
  });

  test('the next film warms up 20 s before the end', async () => {
    await enter({ shown: false });
    const warm = (await import('../src/media/warm-film')).takeWarm;
    await playFrom(75);
    expect(warm('https://films.example/One.mp4')).toBeNull();
    await vi.advanceTimersByTimeAsync(6000);
    expect(warm('https://films.example/One.mp4')).toMatchObject({ kind: 'video', media: { preload: 'auto' } });
  });
});

describe('the chat', () => {
  test('says what happens in the queue, without chatter', async () => {
    await enter();
    await change({ added: [film('A', 40)], userId: 'u2' });
    await change({ added: [film('B', 50)], userId: 'u2' });
    await receive('video-set', { videoUrl: 'https://films.example/One.mp4', videoType: 'video', userId: 'u1' });
    socket().receive('queue-changed', { removed: ['One'], current: film('One', 10), userId: 'u2', epoch: 1, seq });
    await drawn();
    expect(notices()).toEqual(['Ben added 2 films to the queue', 'Ben skipped Zero. Next: One']);
  });
});

test('the film form takes a second link for the queue', async () => {
  const room = aRoom({ queue: aQueue() });
  await inside({ room, timeline: aTimeline({ seq: 5 }) });
  await vi.dynamicImportSettled();
  await drawn();
  const links = field('Paste a YouTube link, or one to a film');
  await type(links, 'https://films.example/a.mp4');
  expect(named('.film-form button', 'Show it')).toBeDefined();
  await type(links, 'https://films.example/a.mp4 https://films.example/b.mp4');
  socket().manualAnswers.add('queue-add');
  named('.film-form button', 'Show the first, queue the rest');
  await page.submit();
  expect(asked('queue-add')).toEqual([
    { videoUrls: ['https://films.example/a.mp4', 'https://films.example/b.mp4'], place: 'end' },
  ]);
  await socket()
    .lastRequest('queue-add')
    .answer({ ok: true, itemIds: ['a', 'b'], epoch: 1, seq: 6 });
  await drawn();
  // In a room without a film, the first of them is shown by itself.
  expect(asked('queue-play')).toEqual([]);
});
