// @vitest-environment happy-dom
// @vitest-environment-options {"url": "http://localhost:3000/"}
import { describe, expect, test, vi } from 'vitest';
import { aQueue } from './support/queue-model';
import { asked, change, click, current, enter, FILM, film, page, receive, status, three, titles } from './support/queue-page';
import { aRoom, aTimeline } from './support/wire';

vi.mock('socket.io-client', () => import('./support/fake-socket'));

const { socket, drawn, all, text, named, field, type, press, inside, nameless } = page;

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
