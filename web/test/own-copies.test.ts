// @vitest-environment happy-dom
/** Choosing, comparing, finding again and losing a viewer's copy, and its player. */
import { signal } from '@preact/signals';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { PlayerEvents } from '../src/media/player';
import { openCopy } from '../src/own-copy/copy-player';
import type { CopyStore, KeptCopy } from '../src/own-copy/copy-store';
import type { Examined } from '../src/own-copy/examine-film';
import { type Fingerprint, contentKey, writeLocalLink } from '../src/own-copy/local-link';
import { createOffsets } from '../src/own-copy/offsets';
import { createOwnCopies } from '../src/own-copy/own-copies';
import { shareFilm } from '../src/own-copy/share-film';
import { createRoomStore } from '../src/room/room-store';
import { MemoryStorage } from './support/memory-storage';
import { FILM_KEY, aFile, aFingerprint, aHandle } from './support/own-copies';

const FILM = aFingerprint();
const LINK = writeLocalLink(FILM);
const OTHER = aFingerprint({ name: 'other.mp4', size: 5, duration: 60 });
const objectUrls = { made: [] as File[], revoked: [] as string[] };

function events(): PlayerEvents {
  return {
    onChange: vi.fn(),
    onExternalAction: vi.fn(),
    onDiscontinuity: vi.fn(),
    onBlocked: vi.fn(),
    onProblem: vi.fn(),
  };
}

/** A page that shows a film; `files` says what a file turns out to be. */
function aPage(kept: Record<string, KeptCopy> = {}, filmLength: number | null = null) {
  const room = createRoomStore();
  const files = new Map<File, Fingerprint | 'unplayable' | 'unreadable'>();
  const known = new Map(Object.entries(kept));
  const store: CopyStore = {
    find: (film) => Promise.resolve(known.get(film) ?? null),
    keep: (copy) => Promise.resolve(void known.set(copy.film, copy)),
    forget: (film) => Promise.resolve(void known.delete(film)),
  };
  const playerHost = { retry: vi.fn(), noCopy: signal(true) };
  const toasts = { show: vi.fn() };
  const of = (file: File) => files.get(file) ?? FILM;
  const length = signal(filmLength);
  const timers: (() => void)[] = [];
  const copies = createOwnCopies({
    room,
    playerHost,
    toasts,
    store,
    offsets: createOffsets(new MemoryStorage()),
    examine: (file): Promise<Examined> => {
      const is = of(file);
      return Promise.resolve(
        is === 'unplayable' ? { problem: { title: 'no', hint: '' } } : { duration: is === 'unreadable' ? 1 : is.duration },
      );
    },
    hash: (file) => {
      const is = of(file);
      return Promise.resolve(typeof is === 'string' ? null : is.hashes);
    },
    lengthOf: () => length.value,
    after: (_ms, run) => {
      timers.push(run);
      return () => undefined;
    },
  });
  const show = (link: string | null) => (room.film.value = link === null ? null : { url: link, type: 'local' });
  show(LINK);
  const choose = (is: Fingerprint | 'unplayable' | 'unreadable', handle = null as ReturnType<typeof aHandle> | null) => {
    const file = aFile(typeof is === 'string' ? FILM : is);
    files.set(file, is);
    return copies.choose({ file, handle });
  };
  const open = (link = LINK) => copies.open(link, document.body, events());
  return { room, copies, known, store, playerHost, toasts, files, length, timers, show, choose, open };
}

/** Returns a file that cannot be read any more. */
function unreadable(is: Fingerprint): File {
  const file = aFile(is);
  file.slice = () => ({ arrayBuffer: () => Promise.reject(new DOMException('', 'NotReadableError')) }) as unknown as Blob;
  return file;
}

beforeEach(() => {
  objectUrls.made = [];
  objectUrls.revoked = [];
  URL.createObjectURL = (file) => `blob:${objectUrls.made.push(file as File)}`;
  URL.revokeObjectURL = (url) => void objectUrls.revoked.push(url);
});
afterEach(() => document.body.replaceChildren());

describe('OC3 choosing a copy', () => {
  test('the same file plays, and is kept for this visit and the next one', async () => {
    const page = aPage();
    expect(await page.open()).toBeNull();
    expect(page.copies.missing.value).toEqual({ why: 'unchosen' });
    const handle = aHandle(aFile());
    await page.choose(FILM, handle);
    expect(page.copies.comparison.value).toBe('match');
    expect(page.toasts.show).toHaveBeenCalledWith('Your copy is the same file');
    expect(page.playerHost.retry).toHaveBeenCalledOnce();
    expect(page.known.get(FILM_KEY)).toMatchObject({ handle, copy: FILM, lastModified: 1000 });
    expect(await page.open()).not.toBeNull();
    page.show(writeLocalLink(OTHER));
    expect(page.copies.copy.value).toBeNull();
    page.show(LINK);
    expect(page.copies.copy.value).not.toBeNull();
  });

  test('another cut of the same length plays, with an offset for this film', async () => {
    const page = aPage();
    await page.choose(aFingerprint({ size: 7, duration: FILM.duration + 1 }));
    expect(page.copies.comparison.value).toBe('cut');
    page.copies.setOffset(1.5);
    expect(page.copies.offset.value).toBe(1.5);
    page.show(writeLocalLink(OTHER));
    expect(page.copies.offset.value).toBe(0);
  });

  test('a file of another length waits for a decision', async () => {
    const page = aPage();
    await page.choose(OTHER);
    expect([page.copies.doubtful.value?.fingerprint, page.copies.copy.value]).toEqual([OTHER, null]);
    expect(page.playerHost.retry).not.toHaveBeenCalled();
    await page.copies.playAnyway();
    expect([page.copies.doubtful.value, page.copies.comparison.value]).toEqual([null, 'mismatch']);
    await page.choose(OTHER);
    page.copies.dismiss();
    expect([page.copies.doubtful.value, page.copies.comparison.value]).toEqual([null, 'mismatch']);
  });

  test('a file that does not play or cannot be read is explained', async () => {
    const page = aPage();
    await page.choose('unplayable');
    expect(page.copies.problem.value?.title).toBe('no');
    await page.choose('unreadable');
    expect(page.copies.problem.value?.title).toMatch(/cannot be read/);
    await page.choose(FILM);
    expect(page.copies.problem.value).toBeNull();
  });

  test('of two choices the later one counts, and one for an earlier film counts no more', async () => {
    const page = aPage();
    await Promise.all([page.choose(OTHER), page.choose(FILM)]);
    expect([page.copies.doubtful.value, page.copies.comparison.value]).toEqual([null, 'match']);
    const late = page.choose(OTHER);
    page.show(writeLocalLink(aFingerprint({ size: 9 })));
    await late;
    expect([page.copies.doubtful.value, page.copies.copy.value, page.copies.reading.value]).toEqual([null, null, null]);
  });

  test('a link that this page cannot read says so', async () => {
    await expect(aPage().open('local:v2')).rejects.toThrow('cannot read which film');
  });
});

describe('after a refresh', () => {
  const kept = (handle: KeptCopy['handle'], copy = FILM) => ({
    [FILM_KEY]: { film: FILM_KEY, copy, lastModified: 1000, handle },
  });

  test('a copy is found again, with what it is', async () => {
    const copy = aFingerprint({ size: 7 });
    const page = aPage(kept(aHandle(aFile(copy)), copy));
    expect(await page.open()).not.toBeNull();
    expect(page.copies.comparison.value).toBe('cut');
  });

  test('a permission takes one click', async () => {
    const page = aPage(kept(aHandle(aFile(), 'prompt')));
    expect(await page.open()).toBeNull();
    expect(page.copies.missing.value).toEqual({ why: 'permission', name: 'film.mp4' });
    await page.copies.allow();
    expect(page.playerHost.retry).toHaveBeenCalledOnce();
    expect(await page.open()).not.toBeNull();
  });

  test('a file that is gone or not kept is asked for by its name', async () => {
    const gone = aPage(kept(aHandle(null)));
    expect(await gone.open()).toBeNull();
    expect(gone.copies.missing.value).toEqual({ why: 'gone', name: 'film.mp4' });
    const again = aPage(kept(null));
    expect(await again.open()).toBeNull();
    expect(again.copies.missing.value).toEqual({ why: 'again', name: 'film.mp4' });
  });
});

describe('the player', () => {
  function aPlayer(offset = 10, onFailed = vi.fn(() => Promise.resolve<{ title: string; hint: string } | null>(null))) {
    const on = events();
    const player = openCopy({ file: aFile(), filmLength: () => 100, offset: () => offset, onFailed }, document.body, on);
    const video = player.view as HTMLVideoElement;
    const shape = (values: Record<string, unknown>) => {
      for (const [name, value] of Object.entries(values)) Object.defineProperty(video, name, { value, configurable: true, writable: true }); // prettier-ignore
    };
    const span = (end: number) => ({ length: 1, start: () => 0, end: () => end });
    shape({ duration: 95, currentTime: 30, seekable: span(95), buffered: span(60), readyState: 4, error: null, ended: false });
    return { player, video, shape, on, onFailed };
  }

  test('counts in the positions of the film', () => {
    const { player, video } = aPlayer();
    expect(player.measure()).toMatchObject({ position: 20, duration: 85, seekable: [{ start: -10, end: 85 }] });
    expect([player.bufferedTo(), player.filmLength]).toEqual([50, 100]);
    player.seek(40);
    expect(video.currentTime).toBe(50);
    aPlayer(-10).player.seek(4);
  });

  test('a copy that begins later waits for its beginning', () => {
    const { player, video } = aPlayer(-10);
    expect(player.measure().seekable).toEqual([{ start: 10, end: 105 }]);
    player.seek(4);
    expect(video.currentTime).toBe(0);
  });

  test('a shorter copy does not end the film for the others', () => {
    const { player, shape } = aPlayer();
    shape({ ended: true, currentTime: 95 });
    expect(player.measure().ended).toBe(false);
    shape({ ended: true, currentTime: 109 });
    expect(player.measure().ended).toBe(true);
  });

  test('gives its object URL back', () => {
    const { player } = aPlayer();
    expect([objectUrls.made.length, objectUrls.revoked]).toEqual([1, []]);
    player.destroy();
    expect([objectUrls.revoked, document.querySelector('video')]).toEqual([['blob:1'], null]);
  });

  test('a failure is explained, unless the file is asked for again', async () => {
    const found = { title: 'no', hint: '' };
    const failing = aPlayer(0, vi.fn(() => Promise.resolve(found))); // prettier-ignore
    failing.video.dispatchEvent(new Event('error'));
    await vi.waitFor(() => expect(failing.on.onProblem).toHaveBeenCalledWith(found));
    const lost = aPlayer();
    lost.video.dispatchEvent(new Event('error'));
    await vi.waitFor(() => expect(lost.onFailed).toHaveBeenCalled());
    expect(lost.on.onProblem).not.toHaveBeenCalled();
  });
});

describe('a copy that fails while it plays', () => {
  async function failing(file: File, handle: ReturnType<typeof aHandle> | null) {
    const page = aPage();
    page.files.set(file, FILM);
    await page.copies.choose({ file, handle });
    const on = events();
    const player = (await page.copies.open(LINK, document.body, on))!;
    player.view.dispatchEvent(new Event('error'));
    return { page, on };
  }

  test('and can be read is of a format that does not play', async () => {
    const { on } = await failing(aFile(), null);
    await vi.waitFor(() =>
      expect(on.onProblem).toHaveBeenCalledWith(expect.objectContaining({ title: expect.stringContaining('cannot play') })),
    );
  });

  test('and cannot be read any more is asked for again, and says why once', async () => {
    const file = unreadable(FILM);
    const { page, on } = await failing(file, aHandle(null));
    await vi.waitFor(() => expect(page.playerHost.retry).toHaveBeenCalledTimes(2));
    expect(await page.open()).toBeNull();
    expect(page.copies.missing.value).toEqual({ why: 'gone', name: 'film.mp4' });
    expect([page.known.size, on.onProblem]).toEqual([0, expect.not.objectContaining({ called: true })]);
    expect(await page.open()).toBeNull();
    expect(page.copies.missing.value).toEqual({ why: 'unchosen' });
  });
});

describe('OC1 sharing a film', () => {
  test('sends its fingerprint and nothing else, and needs no copy of its own', async () => {
    const page = aPage();
    page.show(null);
    const request = vi.fn(() => Promise.resolve({ ok: true as const }));
    const own = (await page.copies.read({ file: aFile(), handle: null })) as Parameters<typeof shareFilm>[0];
    const controls = { rejectionText: () => 'no' };
    const ports = { copies: page.copies, controls, queue: null, request };
    expect(await shareFilm(own, 'show', ports)).toBeNull();
    expect(request.mock.calls).toEqual([['set-video', { videoUrl: LINK }]]);
    page.show(LINK);
    expect(await page.open()).not.toBeNull();
    const no = () => Promise.resolve({ ok: false as const, code: 'x', error: 'no', retryable: false });
    expect(await shareFilm(own, 'show', { ...ports, request: no })).toBe('no');
    const addFilm = vi.fn(() => Promise.resolve(null));
    const queue = { commands: { addFilm } } as unknown as NonNullable<Parameters<typeof shareFilm>[2]['queue']>;
    expect(await shareFilm(own, 'next', { ...ports, queue })).toBeNull();
    expect(addFilm).toHaveBeenCalledWith(LINK, 'next');
    expect(contentKey(own.fingerprint)).toBe(FILM_KEY);
  });
});

describe('OC6 a copy of a film of the library', () => {
  const LIBRARY = 'library:abc';
  const MINE = aFingerprint({ name: 'mine.mp4', size: 5, duration: 101 });
  const kept = (handle: KeptCopy['handle']) => ({
    [LIBRARY]: { film: LIBRARY, copy: MINE, lastModified: 1000, handle },
  });

  function aLibraryPage(before: Record<string, KeptCopy> = {}, filmLength: number | null = 100) {
    const page = aPage(before, filmLength);
    page.show(LIBRARY);
    return { ...page, open: () => page.open(LIBRARY) };
  }

  test('plays with an offset and the length of the film, is kept by its id, and is never called the same file', async () => {
    const page = aLibraryPage();
    expect(await page.open()).toBeNull();
    await page.choose(MINE, aHandle(aFile(MINE)));
    expect([page.copies.comparison.value, page.known.get(LIBRARY)?.copy]).toEqual(['cut', MINE]);
    page.copies.setOffset(1);
    const player = (await page.open())!;
    Object.assign(player.view, { currentTime: 31 });
    expect([player.measure().position, player.filmLength, player.kind]).toEqual([30, 100, 'local']);
    await page.choose({ ...MINE, duration: 100 });
    expect(page.copies.comparison.value).toBe('cut');
    expect(page.toasts.show).not.toHaveBeenCalled();
  });

  test('of another length waits for a decision; without a length of the film it plays, and is not the length of the film', async () => {
    const page = aLibraryPage();
    await page.choose({ ...MINE, duration: 200 });
    expect([page.copies.doubtful.value !== null, page.copies.copy.value]).toEqual([true, null]);
    page.length.value = null;
    await page.choose({ ...MINE, duration: 200 });
    expect([page.copies.doubtful.value, page.copies.comparison.value]).toEqual([null, 'unknown']);
    const player = (await page.open())!;
    Object.defineProperties(player.view, { ended: { value: true }, duration: { value: 200 } });
    expect([player.filmLength, player.measure().ended]).toEqual([0, false]);
    page.length.value = 100;
    expect([player.filmLength, page.copies.comparison.value]).toEqual([100, 'mismatch']);
  });

  test('goes back to the film of the server, also after a refresh', async () => {
    const page = aLibraryPage(kept(aHandle(aFile(MINE))));
    expect(await page.open()).not.toBeNull();
    await page.copies.playServersFilm();
    expect([page.copies.copy.value, page.known.size]).toEqual([null, 0]);
    expect(page.playerHost.retry).toHaveBeenCalledOnce();
    expect(await page.open()).toBeNull();
    page.show(LINK);
    await page.choose(FILM);
    await page.copies.playServersFilm();
    expect(page.copies.copy.value).not.toBeNull();
  });

  test.each([
    ['permission', aHandle(aFile(MINE), 'prompt')],
    ['again', null],
    ['gone', aHandle(null)],
    ['changed', aHandle(aFile({ ...MINE, size: 6 }))],
  ] as const)('that does not play after a refresh says why (%s), until the server is preferred', async (why, handle) => {
    const page = aLibraryPage(kept(handle));
    expect(await page.open()).toBeNull();
    expect(page.copies.missing.value).toEqual({ why, name: 'mine.mp4' });
    await page.copies.playServersFilm();
    expect([page.copies.missing.value, page.known.size]).toEqual([{ why: 'unchosen' }, 0]);
    // The server's film plays already.
    expect(page.playerHost.retry).not.toHaveBeenCalled();
  });

  test.each([
    ['unplayable', aFile(MINE)],
    ['gone', unreadable(MINE)],
  ] as const)('that fails (%s) gives way to the film of the server', async (why, file) => {
    const page = aLibraryPage();
    page.files.set(file, MINE);
    await page.copies.choose({ file, handle: null });
    const on = events();
    const player = (await page.copies.open(LIBRARY, document.body, on))!;
    player.view.dispatchEvent(new Event('error'));
    await vi.waitFor(() => expect(page.playerHost.retry).toHaveBeenCalledTimes(2));
    expect([await page.open(), page.known.size]).toEqual([null, 0]);
    expect(page.copies.missing.value).toEqual({ why, name: 'mine.mp4' });
    expect(on.onProblem).not.toHaveBeenCalled();
    page.show(LINK);
    expect(page.copies.missing.value).toEqual({ why: 'unchosen' });
  });

  test('that is found late takes the place of the film of the server', async () => {
    const page = aLibraryPage();
    let find: (found: KeptCopy | null) => void = () => undefined;
    page.store.find = () => new Promise((resolve) => (find = resolve));
    const opened = page.open();
    await vi.waitFor(() => expect(page.timers).toHaveLength(1));
    page.timers[0]!();
    expect(await opened).toBeNull();
    find(kept(aHandle(aFile(MINE)))[LIBRARY]!);
    await vi.waitFor(() => expect(page.playerHost.retry).toHaveBeenCalledOnce());
    expect(await page.open()).not.toBeNull();
  });
});
