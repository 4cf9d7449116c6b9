// @vitest-environment happy-dom
// @vitest-environment-options {"url": "http://localhost:3000/"}
/** The card that asks for a copy, what is said about a copy, and the forms and drops that bring a film. */
import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { KeptCopy } from '../src/own-copy/copy-store';
import { type Fingerprint, contentKey, writeLocalLink } from '../src/own-copy/local-link';
import type { OwnCopiesApp } from '../src/own-copy/start-own-copies';
import { createPageHarness } from './support/page-harness';
import { aQueue, aQueueItem } from './support/queue-model';
import { MemoryStorage } from './support/memory-storage';
import { aFile, aFingerprint, aHandle } from './support/own-copies';
import { aRoom, aTimeline, aUser } from './support/wire';

vi.mock('socket.io-client', () => import('./support/fake-socket'));

/** What a file turns out to be, by its name. */
const files = new Map<string, Fingerprint | null>();
/** What the browser keeps of an earlier visit. */
const kept = vi.hoisted(() => ({ copy: null as KeptCopy | null }));
vi.mock('../src/own-copy/start-own-copies', async () => {
  const { createOwnCopies } = await import('../src/own-copy/own-copies');
  const { createOffsets } = await import('../src/own-copy/offsets');
  return {
    startOwnCopies: ({ room, playerHost, toasts, after }: OwnCopiesApp) =>
      createOwnCopies({
        room,
        playerHost,
        toasts,
        store: { find: () => Promise.resolve(kept.copy), keep: () => Promise.resolve(), forget: () => Promise.resolve() },
        offsets: createOffsets(new MemoryStorage()),
        examine: (file) => {
          const is = files.get(file.name);
          const problem = { title: `This browser cannot play ${file.name}.`, hint: 'Its format is the reason.' };
          return Promise.resolve(is === null || is === undefined ? { problem } : { duration: is.duration });
        },
        hash: (file) => Promise.resolve(files.get(file.name)?.hashes ?? null),
        lengthOf: () => room.timeline.value?.duration ?? null,
        after,
      }),
  };
});

const FILM = aFingerprint({ name: 'The Film.mp4' });
const LINK = writeLocalLink(FILM);
const page = createPageHarness();
const { drawn, all, named, text, inside, socket, nameless } = page;
beforeEach(() => {
  files.clear();
  kept.copy = null;
  URL.createObjectURL = () => 'blob:film';
  URL.revokeObjectURL = () => undefined;
  return page.fresh();
});

async function settled(): Promise<void> {
  for (let i = 0; i < 4; i++) {
    await vi.dynamicImportSettled();
    await drawn();
  }
}

async function watch({ host = true, link = LINK as string | null, timeline = {} } = {}): Promise<void> {
  const users = [aUser({ isHost: host }), aUser({ id: 'u2', name: 'Ben', isHost: true })];
  const current = link === null ? null : aQueueItem({ videoUrl: link, userId: 'u2', userName: 'Ben' });
  const film = link === null ? {} : { videoUrl: link, videoType: link.startsWith('local:') ? 'local' : 'video' };
  const room = { ...aRoom({ ...film, users, hostId: 'u2' }), queue: aQueue({ items: [], current }) };
  await inside({ room, user: users[0], timeline: aTimeline({ seq: 5, item: link === null ? 0 : 1, ...timeline }) });
  await settled();
}

async function pick(label: string, fingerprint: Fingerprint | null, name = fingerprint?.name ?? 'a.mkv'): Promise<void> {
  const file = aFile({ ...(fingerprint ?? FILM), name });
  files.set(name, fingerprint);
  const input = all(`input[type=file]`).find((one) => one.getAttribute('aria-label') === label) as HTMLInputElement;
  Object.defineProperty(input, 'files', { value: [file], configurable: true });
  input.dispatchEvent(new Event('change', { bubbles: true }));
  await settled();
}

async function transfer(name: 'drop' | 'dragover' | 'paste', file: File | null, type = file?.type ?? 'video/mp4') {
  const data = { types: ['Files'], files: file === null ? [] : [file], items: [{ kind: 'file', type }], getData: () => '' };
  const event = new Event(name, { bubbles: true, cancelable: true });
  Object.assign(event, name === 'paste' ? { clipboardData: data } : { dataTransfer: data });
  document.body.dispatchEvent(event);
  await settled();
  return event;
}

const card = () => page.root.querySelector<HTMLElement>('.own-copy-card');
const status = () => all('.player-screen p.visually-hidden[role=status]').map((one) => one.textContent);
const sent = (name: string) => socket().requests.filter((one) => one.name === name);

describe('OC3 a viewer without a copy', () => {
  test('is asked for it in words, and has controls with names', async () => {
    await watch();
    expect(card()!.querySelector('h2')!.textContent).toBe('Have you got this film?');
    expect(card()!.textContent!.replace('\u00a0', ' ')).toContain('Ben shows The Film.mp4 (1:32:05, 1.4 GB) from a file of their own.');
    expect(nameless()).toEqual([]);
    expect(all('.room-title')[0]!.textContent).toContain('The Film');
  }); // prettier-ignore

  test('reports no copy, in the list of members too, and is not awaited', async () => {
    await watch();
    expect(page.app.syncStatus.state.value).toBe('no_copy');
    expect(page.app.playerHost.report()).toMatchObject({ state: 'no_copy', item: 1 });
    socket().receive('status', { members: [{ userId: 'u2', drift: null, bound: null, state: 'no_copy' }] });
    named('[role=tab]', 'People 2').click();
    await settled();
    expect(all('.member-sync').map((one) => one.textContent)).toEqual(['no copy yet', 'no copy yet']);
    socket().receive('timeline', { ...aTimeline({ seq: 6, phase: 'preparing', resume: true }), reason: 'seek' });
    await drawn();
    expect(socket().sent.filter(({ name }) => name === 'ready').map(({ payload }) => payload)).toEqual([{ roomId: 'ABC123', seq: 6 }]);
    expect(socket().sent.some(({ name }) => name === 'buffering')).toBe(false);
  }); // prettier-ignore

  test('chooses the same file: it plays from an object URL', async () => {
    await watch();
    await pick('Choose your copy', FILM);
    expect([card(), page.root.querySelector('video')!.getAttribute('src')]).toEqual([null, 'blob:film']);
    expect(all('.toast')[0]!.textContent).toBe('Your copy is the same file');
    expect(sent('set-video')).toEqual([]);
  });

  test('chooses another cut: it plays, and can be moved by keyboard and in words', async () => {
    await watch();
    await pick('Choose your copy', { ...FILM, size: 5 });
    expect(status()).toContain('Your copy is another file of the same length. If it is not in step with what the others see, move it.'); // prettier-ignore
    expect(nameless()).toEqual([]);
    named('button', 'Your copy 1 second further on').click();
    named('button', 'Your copy 0.1 seconds further back').click();
    await drawn();
    expect(page.app.ownCopies.loaded.value!.offset.value).toBe(0.9);
    const field = page.field('Offset of your copy, in seconds');
    field.value = '-2.5';
    field.dispatchEvent(new Event('change', { bubbles: true }));
    await drawn();
    expect(page.app.ownCopies.loaded.value!.offset.value).toBe(-2.5);
    named('.own-copy-notice button', 'OK').click();
    await drawn();
    expect(all('.own-copy-notice')).toEqual([]);
  });

  test('chooses a film of another length: it is said, and the viewer decides', async () => {
    await watch();
    await pick('Choose your copy', aFingerprint({ name: 'Other.mp4', size: 5, duration: 5402 }));
    const words = 'Other.mp4 is 1:30:02 long, and the film is 1:32:05. It may be another version, or another film.';
    expect([card()!.querySelector('p')!.textContent, status()]).toEqual([words, expect.arrayContaining([words])]);
    named('button', 'Choose another file');
    named('button', 'Play it anyway').click();
    await settled();
    expect([card(), page.root.querySelector('video') !== null]).toEqual([null, true]);
    expect(text()).toContain('Your copy is 1:30:02 long');
  });

  test('chooses what does not play: it is said, and nothing is sent', async () => {
    await watch();
    const before = socket().requests.filter(({ name }) => name !== 'clock').length;
    await pick('Choose your copy', null);
    expect(card()!.querySelector('[role=alert]')!.textContent).toBe('This browser cannot play a.mkv. Its format is the reason.');
    expect(socket().requests.filter(({ name }) => name !== 'clock').length).toBe(before);
  });

  test('is asked for one click where the browser asks for the permission, and the focus goes to the film', async () => {
    const handle = aHandle(aFile(FILM), 'prompt');
    kept.copy = { film: contentKey(FILM), copy: FILM, lastModified: 1000, handle };
    await watch();
    expect(card()!.querySelector('h2')!.textContent).toBe('One click to go on');
    const button = named('button', 'Open The Film.mp4 again');
    button.focus();
    button.click();
    await settled();
    expect([card(), page.root.querySelector('video') !== null]).toEqual([null, true]);
    expect(document.activeElement!.classList.contains('bar-play')).toBe(true);
  });

  test('drops it onto the page', async () => {
    await watch();
    expect((await transfer('dragover', null)).defaultPrevented).toBe(true);
    expect(all('.film-drop p')[0]!.textContent).toBe('Drop your copy of the film');
    files.set(FILM.name, FILM);
    await transfer('drop', aFile(FILM));
    expect([card(), all('.film-drop')]).toEqual([null, []]);
    expect(page.app.ownCopies.loaded.value!.comparison.value).toBe('match');
  });
});

describe('OC1 showing a film from a file', () => {
  test('from the form: the fingerprint is sent, and the film plays here', async () => {
    await watch({ link: null });
    await pick('A film from this device', FILM);
    expect(sent('set-video').map(({ payload }) => payload)).toEqual([{ roomId: 'ABC123', videoUrl: LINK }]);
    socket().receive('video-set', { videoUrl: LINK, videoType: 'local', userId: 'u1', epoch: 1, seq: 6 });
    await settled();
    expect([card(), page.root.querySelector('video') !== null]).toEqual([null, true]);
  });

  test('what does not play is explained in the form, and so is what the server says', async () => {
    await watch({ link: null });
    await pick('A film from this device', null);
    expect(all('.film-form [role=alert]').map((one) => one.textContent)).toContain('This browser cannot play a.mkv. Its format is the reason.'); // prettier-ignore
    expect(sent('set-video')).toEqual([]);
    socket().manualAnswers.add('set-video');
    await pick('A film from this device', FILM);
    await socket().lastRequest('set-video').answer({ ok: false, code: 'x', error: 'The server said no.', retryable: false });
    await settled();
    expect(all('.film-form [role=alert]').map((one) => one.textContent?.trim())).toContain('The server said no.');
  });

  test('from the form of the queue', async () => {
    await watch();
    named('[role=tab]', 'Queue').click();
    await settled();
    await pick('A film from this device', aFingerprint({ name: 'Next.mp4', size: 9 }));
    expect(sent('queue-add').map(({ payload }) => payload)).toEqual([
      { roomId: 'ABC123', videoUrls: [writeLocalLink(aFingerprint({ name: 'Next.mp4', size: 9 }))], place: 'end' },
    ]);
  });

  test('by drop and by paste: a dialog asks where it goes', async () => {
    await watch({ link: null });
    for (const how of ['drop', 'paste'] as const) {
      files.set(FILM.name, FILM);
      await transfer(how, aFile(FILM));
      expect(page.root.querySelector('dialog[open]')!.textContent).toContain('The Film.mp4 stays on your device.');
      named('dialog[open] button', 'Show it now').click();
      await settled();
      expect(page.root.querySelector('dialog[open]')).toBeNull();
    }
    expect(sent('set-video').map(({ payload }) => payload['videoUrl'])).toEqual([LINK, LINK]);
  });

  test('a guest without the right reads who has it', async () => {
    await watch({ host: false, link: null });
    await transfer('drop', aFile(FILM));
    expect(all('.toast')[0]!.textContent).toBe('Ben holds the remote');
    expect(page.root.querySelector('dialog[open]')).toBeNull();
  });

  test('a pasted text is left to its field', async () => {
    await watch({ link: null });
    expect((await transfer('paste', new File(['x'], 'a.txt', { type: 'text/plain' }))).defaultPrevented).toBe(false);
  });
});

describe('OC6 a film of the library', () => {
  const LIBRARY = 'library:abc';
  const timeline = { duration: FILM.duration };
  const source = () => page.root.querySelector('video')?.getAttribute('src');
  const choices = () => all('dialog[open] .film-buttons button').map((one) => one.textContent);
  const spoken = () =>
    status()
      .filter((one) => one !== '')
      .join();

  test('a guest who drops a file plays it here alone', async () => {
    await watch({ host: false, link: LIBRARY, timeline });
    await transfer('dragover', null);
    expect(all('.film-drop p')[0]!.textContent).toBe('Drop the film to play it');
    files.set(FILM.name, FILM);
    await transfer('drop', aFile(FILM));
    expect(choices()).toEqual(['Play it only here']);
    expect(nameless()).toEqual([]);
    named('dialog[open] button', 'Play it only here').click();
    await settled();
    expect([source(), page.root.querySelector('dialog[open]'), all('.toast')[0]!.textContent]).toEqual(['blob:film', null, '']);
    expect(all('.own-copy-notice p')[0]!.textContent).toMatch(/^Your copy is as long as the film\./);
    expect(page.app.syncStatus.state.value).not.toBe('no_copy');
    expect([sent('set-video'), sent('queue-add')]).toEqual([[], []]);
  });

  test('a host may also show the file, and decides about another length', async () => {
    await watch({ link: LIBRARY, timeline });
    const other = aFingerprint({ name: 'Other.mp4', size: 5, duration: 5402 });
    files.set(other.name, other);
    await transfer('drop', aFile(other));
    expect(choices()).toEqual(['Show it now', 'Play it next', 'Add it to the queue', 'Play it only here']);
    named('dialog[open] button', 'Play it only here').click();
    await settled();
    expect(card()!.querySelector('p')!.textContent).toMatch(/^Other\.mp4 is 1:30:02 long, and the film is 1:32:05\./);
    expect(nameless()).toEqual([]);
    named('button', "Keep the server's film").click();
    await drawn();
    expect([card(), source()]).toEqual([null, undefined]);
  });

  test('a file that takes a click is opened by it, and one that is gone is said', async () => {
    const handle = aHandle(aFile(FILM), 'prompt');
    kept.copy = { film: LIBRARY, copy: FILM, lastModified: 1000, handle };
    await watch({ link: LIBRARY, timeline });
    expect([card(), spoken()]).toEqual([null, 'The Film.mp4 is your copy. The browser asks before it opens it again.']);
    named('.own-copy-notice button', 'Open it again').click();
    await settled();
    expect(source()).toBe('blob:film');
    handle.file = null;
    await page.app.ownCopies.loaded.value!.playServersFilm();
    await settled();
    expect(spoken()).toBe('The Film.mp4 cannot be read any more: it was moved, renamed or deleted.');
    kept.copy = null;
    named('.own-copy-notice button', "Keep the server's film").click();
    await settled();
    expect([spoken(), all('.own-copy-notice')]).toEqual(['', []]);
  });
});
