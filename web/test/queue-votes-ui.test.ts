// @vitest-environment happy-dom
// @vitest-environment-options {"url": "http://localhost:3000/"}
import { describe, expect, test, vi } from 'vitest';
import { aQueue } from './support/queue-model';
import { asked, change, click, enter, film, nextSeq, notices, page, receive, seq, titles } from './support/queue-page';
import { aRoom, aTimeline } from './support/wire';

vi.mock('socket.io-client', () => import('./support/fake-socket'));

const { socket, drawn, all, named, field, type, inside } = page;

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
    socket().receive('timeline', { ...aTimeline({ epoch: 1, seq: nextSeq(), phase: 'playing', position, at: performance.now() + 1e6, duration: 100 }), ...over }); // prettier-ignore
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
