import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createLibraryBrowser } from '../src/library/library-browser';
import { createLibraryPresence } from '../src/library/library-presence';
import { aFilm, aFolder, aPage, heldServer, rejected } from './support/library';
import { after } from './support/timers';

let server: ReturnType<typeof heldServer>;
let browser: ReturnType<typeof createLibraryBrowser>;
beforeEach(() => {
  vi.useFakeTimers();
  server = heldServer();
  browser = createLibraryBrowser({ request: server.request, after });
});
afterEach(() => {
  browser.close();
  vi.useRealTimers();
});

const names = () => browser.listing.value?.films.map((film) => film.mediaId);
const payloads = () => server.asked.map(({ payload }) => payload);

describe('LB2 folders', () => {
  test('are entered, and left by the path', async () => {
    browser.open();
    await server.last.answer(aPage({ folders: [aFolder('Series')], films: [aFilm('One')] }));
    expect([names(), browser.listing.value?.folders.length, browser.state.value]).toEqual([['One'], 1, 'idle']);
    browser.enter(aFolder('Series'));
    expect(browser.listing.value).toBeNull();
    await server.last.answer(aPage({ folders: [aFolder('Season 1')] }));
    browser.enter(aFolder('Season 1'));
    await server.last.answer(aPage({ films: [aFilm('Pilot')] }));
    expect(browser.path.value.map((folder) => folder.name)).toEqual(['Series', 'Season 1']);
    browser.goTo(1);
    await server.last.answer(aPage());
    browser.goTo(0);
    expect(payloads()).toEqual([{}, { folder: 'Series' }, { folder: 'Season 1' }, { folder: 'Series' }, {}]);
  });

  test('pages follow the last film, and what has moved is there once', async () => {
    browser.open();
    await server.last.answer(aPage({ folders: [aFolder('A')], films: [aFilm('One'), aFilm('Two')], total: 5, more: true }));
    void browser.loadMore();
    void browser.loadMore();
    expect([server.asked.length, browser.state.value]).toEqual([2, 'loading-more']);
    expect(server.last.payload).toEqual({ after: 'Two' });
    await server.last.answer(aPage({ films: [aFilm('Two'), aFilm('Three')], total: 4 }));
    expect([names(), browser.listing.value?.total, browser.listing.value?.more]).toEqual([['One', 'Two', 'Three'], 4, false]);
    void browser.loadMore();
    expect(server.asked).toHaveLength(2);
  });

  test('a page of folders alone is followed by its last folder, and an empty page ends the list', async () => {
    browser.open();
    await server.last.answer(aPage({ folders: [aFolder('A'), aFolder('B')], total: 9, more: true }));
    void browser.loadMore();
    expect(server.last.payload).toEqual({ after: 'B' });
    await server.last.answer(aPage({ more: true, total: 9 }));
    expect(browser.listing.value?.more).toBe(false);
  });

  test('a folder that is gone leads back to all films', async () => {
    browser.showFolder({ folderId: 'X', name: 'X' });
    browser.open();
    await server.last.answer(rejected('folder_not_found'));
    expect(browser.problem.value).toBe('no_folder');
    void browser.retry();
    expect([browser.path.value, server.last.payload]).toEqual([[], {}]);
  });
});

describe('LB4 a search', () => {
  beforeEach(async () => {
    browser.open();
    await server.last.answer(aPage({ films: [aFilm('One')] }));
  });

  test('is sent once when the viewer stops typing', async () => {
    for (const text of ['b', 'bl', 'bla', ' bla ']) browser.search(text);
    expect([server.asked.length, browser.searching.value]).toEqual([1, true]);
    await vi.advanceTimersByTimeAsync(250);
    expect(payloads().slice(1)).toEqual([{ query: 'bla' }]);
    await server.last.answer(aPage({ films: [aFilm('Blade')] }));
    expect([names(), browser.searching.value, browser.listing.value?.query]).toEqual([['Blade'], false, 'bla']);
  });

  test('the last one wins, whatever is answered last', async () => {
    browser.search('one');
    await vi.advanceTimersByTimeAsync(250);
    const first = server.last;
    browser.search('two');
    await vi.advanceTimersByTimeAsync(250);
    await server.last.answer(aPage({ films: [aFilm('Two')] }));
    await first.answer(aPage({ films: [aFilm('One')] }));
    expect(names()).toEqual(['Two']);
  });

  test('an answer that comes while the viewer types on is not shown', async () => {
    browser.search('one');
    await vi.advanceTimersByTimeAsync(250);
    browser.search('one t');
    await server.last.answer(aPage({ films: [aFilm('Wrong')] }));
    expect([names(), browser.searching.value]).toEqual([['One'], true]);
  });

  test('looks through the whole library from any folder, and an empty one shows that folder again', async () => {
    browser.enter(aFolder('Series'));
    await server.last.answer(aPage());
    browser.search('x');
    await vi.advanceTimersByTimeAsync(250);
    expect(server.last.payload).toEqual({ query: 'x' });
    await server.last.answer(aPage());
    browser.search('');
    await vi.advanceTimersByTimeAsync(0);
    expect(server.last.payload).toEqual({ folder: 'Series' });
  });
});

describe('LB1 what the server cannot answer', () => {
  test.each([
    [rejected('no_connection', true), 'offline'],
    [rejected('unavailable', true), 'busy'],
    [rejected('not_host'), 'not_allowed'],
    [rejected('no_library'), 'no_library'],
    [rejected('internal'), 'unreadable'],
    [{ ok: true as const, films: 'all' }, 'unreadable'],
  ])('%o is a problem of its own, and a retry asks again', async (answer, problem) => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    browser.open();
    await server.last.answer(answer);
    expect([browser.problem.value, browser.state.value]).toEqual([problem, 'idle']);
    void browser.retry();
    await server.last.answer(aPage({ films: [aFilm('One')] }));
    expect([browser.problem.value, names()]).toEqual([null, ['One']]);
    warn.mockRestore();
  });

  test('a list is read again while the server reads its folders, and not when it is closed', async () => {
    browser.open();
    await server.last.answer(aPage({ scanning: { done: 10, found: 0 } }));
    await vi.advanceTimersByTimeAsync(3000);
    expect([server.asked.length, browser.state.value]).toEqual([2, 'idle']);
    await server.last.answer(aPage({ films: [aFilm('One')], scanning: { done: 20, found: 1 } }));
    expect([names(), browser.scanning.value?.found]).toEqual([['One'], 1]);
    await vi.advanceTimersByTimeAsync(3000);
    await server.last.answer(aPage({ films: [aFilm('One'), aFilm('Two')] }));
    await vi.advanceTimersByTimeAsync(60_000);
    expect([server.asked.length, browser.scanning.value]).toEqual([3, null]);
    browser.open();
    await server.last.answer(aPage({ scanning: { done: 10, found: 0 } }));
    browser.close();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(server.asked).toHaveLength(4);
  });
});

describe('LB1 whether there is a library', () => {
  const create = () => createLibraryPresence({ request: server.request, after });

  test('is asked once for each connection', async () => {
    const { presence, check, onReconnect } = create();
    void check();
    void check();
    await server.last.answer(rejected('no_library'));
    void check();
    expect([presence.value, server.asked.length]).toEqual(['absent', 1]);
    onReconnect();
    void check();
    await server.last.answer(aPage());
    expect([presence.value, server.asked.length]).toEqual(['present', 2]);
  });

  test('an older server has none', async () => {
    const { presence, check } = create();
    void check();
    await server.last.answer(rejected('unknown_event'));
    expect(presence.value).toBe('absent');
  });

  test('what says nothing about it is asked again: later, or when the rights are there; not without end', async () => {
    const { presence, check } = create();
    void check();
    await server.last.answer(rejected('not_host'));
    expect(presence.value).toBe('unknown');
    for (let tries = 2; tries <= 6; tries++) {
      void check();
      await server.last.answer(rejected('unavailable', true));
      expect(server.asked).toHaveLength(tries);
      await vi.advanceTimersByTimeAsync(4000);
    }
    expect(server.asked).toHaveLength(6);
  });
});
