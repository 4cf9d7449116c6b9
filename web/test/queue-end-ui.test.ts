// @vitest-environment happy-dom
// @vitest-environment-options {"url": "http://localhost:3000/"}
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { createPageHarness } from './support/page-harness';
import { createQueueHarness, film } from './support/queue-harness';
import { aTimeline } from './support/wire';

vi.mock('socket.io-client', () => import('./support/fake-socket'));

const page = createPageHarness();
const { socket, drawn, all } = page;
const queue = createQueueHarness(page);
const { enter, receive, change, asked, click } = queue;

beforeEach(page.fresh);

describe('QU8 the end of the film', () => {
  const card = () => all('.next-card').map((one) => one.textContent);
  /** Lets the film play from a position of its 100 seconds. */
  async function playFrom(position: number, over = {}): Promise<void> {
    await vi.advanceTimersByTimeAsync(500);
    socket().receive('timeline', { ...aTimeline({ epoch: 1, seq: queue.nextSeq(), phase: 'playing', position, at: performance.now() + 1e6, duration: 100 }), ...over }); // prettier-ignore
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
    socket().receive('timeline', aTimeline({ epoch: 1, seq: queue.seq, item: 2, phase: 'preparing', resume: true, waiting: { reason: 'next', for: ['u1'], until: 9e12 } })); // prettier-ignore
    queue.also('queue-changed', { removed: ['One'], current: film('One', 10) });
    await drawn();
    expect(socket().sent.filter(({ name }) => name === 'ready')).toEqual([
      { name: 'ready', payload: { roomId: 'ABC123', seq: queue.seq } },
    ]);
    expect(card()).toEqual(['OThe others watchOneJoin them']);
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

  test('the next film warms up 20 s before the end, and its player goes on with what was loaded', async () => {
    await enter({ shown: false });
    const made = vi.spyOn(document, 'createElement');
    const videos = () => made.mock.results.map(({ value }) => value as HTMLElement).filter((one) => one.tagName === 'VIDEO');
    await playFrom(75);
    expect(videos()).toEqual([]);
    await vi.advanceTimersByTimeAsync(6000);
    expect(videos()).toMatchObject([{ preload: 'auto', src: 'https://films.example/One.mp4' }]);
    // Several events in one go, as a polling connection delivers them.
    const seq = queue.nextSeq();
    socket().receive('video-set', { videoUrl: 'https://films.example/One.mp4', videoType: 'video', userId: 'u1', epoch: 1, seq });
    socket().receive('timeline', aTimeline({ epoch: 1, seq, item: 2, phase: 'preparing', resume: true }));
    queue.also('queue-changed', { removed: ['One'], current: film('One', 10) });
    await drawn();
    expect(all('.player-mount video')).toEqual(videos());
    await vi.advanceTimersByTimeAsync(4000);
    expect(all('.player-mount video')[0]!.getAttribute('src')).toBe('https://films.example/One.mp4');
    made.mockRestore();
  });

  test('what was loaded is let go when the film does not end any more', async () => {
    await enter({ shown: false });
    const made = vi.spyOn(document, 'createElement');
    await playFrom(85);
    const [warm] = made.mock.results.map(({ value }) => value as HTMLElement).filter((one) => one.tagName === 'VIDEO');
    expect(warm!.hasAttribute('src')).toBe(true);
    await playFrom(10);
    await vi.advanceTimersByTimeAsync(4000);
    expect(warm!.hasAttribute('src')).toBe(false);
    made.mockRestore();
  });
});

describe('the chat', () => {
  test('says what happens in the queue, without chatter', async () => {
    await enter();
    await change({ added: [film('A', 40)], userId: 'u2' });
    await change({ added: [film('B', 50)], userId: 'u2' });
    await receive('video-set', { videoUrl: 'https://films.example/One.mp4', videoType: 'video', userId: 'u1' });
    queue.also('queue-changed', { removed: ['One'], current: film('One', 10), userId: 'u2' });
    await drawn();
    expect(all('.chat-notice').map((one) => one.textContent)).toEqual([
      'Ben added 2 films to the queue',
      'Ben skipped Zero. Next: One',
    ]);
  });
});
