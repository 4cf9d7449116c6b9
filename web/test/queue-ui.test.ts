// @vitest-environment happy-dom
// @vitest-environment-options {"url": "http://localhost:3000/"}
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { createPageHarness } from './support/page-harness';
import { FILM, createQueueHarness, current, film, three } from './support/queue-harness';
import { aQueue } from './support/queue-model';
import { aRoom, aTimeline } from './support/wire';

vi.mock('socket.io-client', () => import('./support/fake-socket'));

const page = createPageHarness();
const { socket, drawn, all, text, named, field, type, press, inside, nameless } = page;
const queue = createQueueHarness(page);
const { enter, receive, change, titles, asked, click, loaded } = queue;

beforeEach(page.fresh);

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
    await loaded();
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

test('the film form takes a second link for the queue', async () => {
  const room = aRoom({ queue: aQueue() });
  await inside({ room, timeline: aTimeline({ seq: 5 }) });
  await loaded();
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
