// @vitest-environment happy-dom
// @vitest-environment-options {"url": "http://localhost:3000/"}
/** The list of the server's films, films of the library in the queue, and the player of the one that is shown. */
import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { SentRequest } from './support/fake-socket';
import { aFilm, aFilmInfo, aFolder, aPage, rejected } from './support/library';
import { FakeObserver, appears, observers } from './support/fake-observer';
import { createPageHarness } from './support/page-harness';
import { createQueueHarness, current, film } from './support/queue-harness';
import { aRoom, aTimeline, aUser } from './support/wire';

vi.mock('socket.io-client', () => import('./support/fake-socket'));

const page = createPageHarness();
const { socket, drawn, loaded, all, named, field, type, nameless } = page;
const queue = createQueueHarness(page);
const ON_SERVER = 'Films on this server';
const COMMANDS = ['get-library', 'get-film-info', 'get-media-link', 'queue-play', 'queue-add'];

beforeEach(() => {
  const done = page.fresh();
  observers.length = 0;
  vi.stubGlobal('IntersectionObserver', FakeObserver);
  return async () => {
    await done();
    vi.unstubAllGlobals();
  };
});

async function answer(name: string, ack: object): Promise<void> {
  await socket()
    .lastRequest(name)
    .answer(ack as Record<string, unknown>);
  await drawn();
}

/** Enters the room with a queue on a server whose answers the test gives. */
async function enter(over: Parameters<typeof queue.enter>[0] = {}): Promise<void> {
  await queue.enter({ ...over, shown: false });
  for (const name of COMMANDS) socket().manualAnswers.add(name);
  await queue.openTab();
  await loaded();
}

/** Enters, and opens the list. */
async function browse(list: Parameters<typeof aPage>[0] = {}, over: Parameters<typeof queue.enter>[0] = {}): Promise<void> {
  await enter(over);
  await answer('get-library', aPage({ films: [aFilm('One')] }));
  named('.queue button', ON_SERVER).click();
  await loaded();
  await answer('get-library', aPage(list));
}

const asked = (name: string) => queue.asked(name);
const dialog = () => all('dialog.library[open]')[0];
const rows = () => all('.library-list > li').map((row) => (row.querySelector('b') ?? row.querySelector('bdi'))!.textContent);
const button = (name: string) => named('dialog.library button', name);
const status = () => all('.library-status')[0]!.textContent;
const requests = (name: string): SentRequest[] => socket().requests.filter((one) => one.name === name);

describe('LB1 the way to the library', () => {
  test('is there when the server has one, and asked for once', async () => {
    await enter();
    expect(asked('get-library')).toEqual([{}]);
    expect(all('.queue button').some((one) => one.textContent === ON_SERVER)).toBe(false);
    await answer('get-library', aPage());
    expect(named('.queue button', ON_SERVER)).toBeDefined();
    await queue.openTab();
    expect(asked('get-library')).toHaveLength(1);
  });

  test('is missing without a library, also when the form is opened again', async () => {
    await enter();
    await answer('get-library', rejected('no_library'));
    named('.room-tools button', 'Change filmChange film').click();
    await loaded();
    expect(asked('get-library')).toHaveLength(1);
    expect(all('button').filter((one) => one.textContent === ON_SERVER)).toEqual([]);
  });

  test('is not asked for by a guest without the right', async () => {
    await enter({ host: false });
    expect(asked('get-library')).toEqual([]);
  });
});

describe('LB2 the list', () => {
  const films = [aFilm('One'), aFilm('Two'), aFilm('Three')];

  test('has folders and films, whose buttons have names of their own', async () => {
    await browse({ folders: [aFolder('Series', 12)], films });
    expect(dialog()!.querySelector('h2')!.textContent).toBe(ON_SERVER);
    expect(rows()).toEqual(['Series', 'One', 'Two', 'Three']);
    expect(all('.library-folder small')[0]!.textContent).toBe('12 films');
    expect(all('.library-film-buttons')[1]!.textContent).toBe('Play nowAddPlay next');
    for (const name of ['Play now: Two', 'Add to the queue: Two', 'Play next: Two']) expect(button(name)).toBeDefined();
    expect(nameless()).toEqual([]);
  });

  test('looks up what is on the screen, and says what it is', async () => {
    await browse({ films });
    await appears('[data-film="One"], [data-film="Two"]');
    expect(asked('get-film-info')).toEqual([{ mediaIds: ['One', 'Two'] }]);
    const infos = [aFilmInfo('One'), aFilmInfo('Two', { play: 'no', reason: 'no_ffmpeg', poster: null })];
    await answer('get-film-info', { ok: true, films: infos, pending: [] });
    const [one, two, three] = all('.library-film');
    expect(one!.querySelector('small')!.textContent).toBe('1:30:00 · 1080p');
    expect(one!.querySelector('img')!.getAttribute('src')).toBe('/media/poster/One');
    expect(one!.querySelector('img')!.getAttribute('loading')).toBe('lazy');
    expect(two!.querySelector('.library-no')!.textContent).toContain('the server cannot convert it');
    const disabled = button('Play now: Two');
    expect(disabled.getAttribute('aria-disabled')).toBe('true');
    expect(page.root.querySelector(`[id="${disabled.getAttribute('aria-describedby')}"]`)!.textContent).toMatch(/^Cannot be/);
    disabled.click();
    await drawn();
    expect([asked('queue-add'), three!.querySelector('img')]).toEqual([[], null]);
  });

  test('works on a server that knows nothing about films', async () => {
    await browse({ films });
    await appears('[data-film]');
    await answer('get-film-info', rejected('unknown_event'));
    expect([rows(), all('.library-film img'), all('.library-no')]).toEqual([['One', 'Two', 'Three'], [], []]);
    button('Add to the queue: One').click();
    await drawn();
    expect(asked('queue-add')).toEqual([{ videoUrls: ['library:One'], place: 'end' }]);
  });

  test('a folder is entered and left, and the focus goes with it', async () => {
    await browse({ folders: [aFolder('Series')] });
    button('Series2 films').focus();
    button('Series2 films').click();
    await drawn();
    expect(status()).toBe('Opening…');
    await answer('get-library', aPage({ films }));
    expect(all('.library-path li').map((one) => one.textContent)).toEqual(['All films', 'Series']);
    expect(document.activeElement!.getAttribute('aria-label')).toBe('Play now: One');
    button('All films').click();
    await answer('get-library', aPage({ films: [] }));
    expect([all('.library-path'), status()]).toEqual([[], 'There are no films here.']);
  });

  test('the next page follows by scrolling, and by the button, after which the focus is on its first film', async () => {
    await browse({ films: [aFilm('One')], total: 4, more: true });
    expect(status()).toBe('1 of 4');
    await appears('.library-more');
    await answer('get-library', aPage({ films: [aFilm('Two')], total: 4, more: true }));
    expect(asked('get-library').at(-1)).toEqual({ after: 'One' });
    button('Show more').focus();
    button('Show more').click();
    await drawn();
    await answer('get-library', aPage({ films: [aFilm('Three'), aFilm('Four')], total: 4 }));
    expect(rows()).toEqual(['One', 'Two', 'Three', 'Four']);
    expect(document.activeElement!.getAttribute('aria-label')).toBe('Play now: Three');
    expect(all('.library-more')).toEqual([]);
  });

  test('arrow keys lead from row to row', async () => {
    await browse({ folders: [aFolder('Series')], films });
    button('Series2 films').focus();
    const here = () => document.activeElement!.getAttribute('aria-label') ?? document.activeElement!.textContent;
    await page.press(document.activeElement!, 'ArrowDown');
    await page.press(document.activeElement!, 'ArrowDown');
    expect(here()).toBe('Play now: Two');
    await page.press(document.activeElement!, 'ArrowUp');
    await page.press(document.activeElement!, 'ArrowUp');
    await page.press(document.activeElement!, 'ArrowUp');
    expect(here()).toBe('Series2 films');
  });

  test('says how far the server has read its folders', async () => {
    await browse({ scanning: { done: 9000, found: 1200 } });
    expect(status()).toBe('There are no films here. The server is still reading its folders: 1,200 films so far.');
  });
});

describe('LB4 the search', () => {
  test('is announced, shows folders, and says what it has not found', async () => {
    await browse({ films: [aFilm('One')] });
    await type(field('Search all films'), 'blade');
    expect(status()).toBe('Searching…');
    await vi.advanceTimersByTimeAsync(300);
    const place = { folderId: 'Series', name: 'Series' };
    await answer('get-library', aPage({ films: [aFilm('Blade', { folder: place })] }));
    expect([status(), rows()]).toEqual(['1 film found', ['Blade']]);
    named('dialog.library button', 'Folder Series').click();
    await drawn();
    expect(asked('get-library').at(-1)).toEqual({ folder: 'Series' });
    expect(field('Search all films').value).toBe('');
    await answer('get-library', aPage({ films: [aFilm('Blade')] }));
    await type(field('Search all films'), 'nothing');
    await vi.advanceTimersByTimeAsync(300);
    await answer('get-library', aPage());
    expect(status()).toBe('No film has “nothing” in its name.');
  });

  test('the first Escape empties the field', async () => {
    await browse({ films: [aFilm('One')] });
    await type(field('Search all films'), 'blade');
    expect((await page.press(field('Search all films'), 'Escape')).defaultPrevented).toBe(true);
    expect(field('Search all films').value).toBe('');
    expect((await page.press(field('Search all films'), 'Escape')).defaultPrevented).toBe(false);
  });
});

describe('LB7 a film of the list', () => {
  const films = [aFilm('One')];

  test('is shown now, which closes the list', async () => {
    await browse({ films });
    button('Play now: One').click();
    await drawn();
    await answer('queue-add', { ok: true, itemIds: ['new'], epoch: 1, seq: 6 });
    expect([asked('queue-add'), asked('queue-play')]).toEqual([
      [{ videoUrls: ['library:One'], place: 'next' }],
      [{ itemId: 'new' }],
    ]);
    expect(dialog()).toBeDefined();
    await answer('queue-play', { ok: true, epoch: 1, seq: 7 });
    expect(dialog()).toBeUndefined();
  });

  test('LB16 LB17 that viewers cannot get is marked, and not left in the queue', async () => {
    await browse({ films: [aFilm('One', { reachable: false }), aFilm('Two')] });
    expect(all('.library-no').map((one) => one.textContent)).toEqual([expect.stringMatching(/^Not on every server: /)]);
    expect(button('Play now: One').hasAttribute('aria-describedby')).toBe(true);
    button('Play now: One').click();
    await drawn();
    await answer('queue-add', { ok: true, itemIds: ['new'], epoch: 1, seq: 6 });
    await answer('queue-play', rejected('film_not_on_every_server'));
    expect(asked('queue-remove')).toEqual([{ itemId: 'new' }]);
    expect(all('.library-film [role=alert]')[0]!.textContent).toBe('The server said film_not_on_every_server.');
  });

  test('is queued, which the list says, with a way back', async () => {
    await browse({ films });
    button('Play next: One').click();
    await drawn();
    await answer('queue-add', { ok: true, itemIds: ['new'], epoch: 1, seq: 6 });
    expect(asked('queue-add')).toEqual([{ videoUrls: ['library:One'], place: 'next' }]);
    expect(all('.library-toast')[0]!.textContent).toBe('Added to the queueUndo');
    expect(dialog()).toBeDefined();
  });

  test('what the server does not take is said at the film', async () => {
    await browse({ films });
    button('Add to the queue: One').click();
    await drawn();
    await answer('queue-add', rejected('film_not_found'));
    expect(all('.library-film [role=alert]')[0]!.textContent).toBe('The server said film_not_found.');
  });

  test('is queued by a guest with the right, who shows none', async () => {
    await browse({ films }, { host: false, settings: { queue: 'everyone' } });
    expect(all('.library-film-buttons')[0]!.textContent).toBe('AddPlay next');
  });

  test('QU3 goes on where the room has left it', async () => {
    const left = { ...film('Old', 1), videoUrl: 'library:One', endedAt: '2026-01-01T21:00:00.000Z', position: 2530 };
    await browse({ films }, { queue: { played: [left] } });
    await appears('[data-film]');
    await answer('get-film-info', { ok: true, films: [aFilmInfo('One', { duration: 5060 })], pending: [] });
    expect(all('.library-progress i')[0]!.style.width).toBe('50%');
    button('Continue at 42:10: One').click();
    await drawn();
    expect(asked('queue-play')).toEqual([{ itemId: 'Old', from: 2530 }]);
    await answer('queue-play', { ok: true, epoch: 1, seq: 6 });
    expect(dialog()).toBeUndefined();
  });
});

describe('LB1 what keeps the list from being shown', () => {
  test('a lost connection is said; the list comes back with it, or by the button', async () => {
    await browse({ films: [aFilm('One')] });
    await type(field('Search all films'), 'two');
    await vi.advanceTimersByTimeAsync(300);
    await answer('get-library', rejected('unavailable', true));
    expect(all('.library-problem p')[0]!.textContent).toBe('The server cannot read its library right now.');
    button('Try again').click();
    await drawn();
    await answer('get-library', aPage({ films: [aFilm('Two')] }));
    expect([all('.library-problem p'), rows()]).toEqual([[], ['Two']]);
  });

  test('a host that becomes a guest reads so', async () => {
    await browse({ films: [aFilm('One')] });
    await queue.receive('user-demoted', { userId: 'u1', userName: 'Ana', by: 'u2' });
    expect(all('.library-problem')[0]!.textContent).toBe('Only hosts can look through the films now.');
    expect(rows()).toEqual([]);
  });
});

test('LB10 films of the library have pictures and lengths in the queue', async () => {
  const item = film('Two', 20, { videoUrl: 'library:Two', title: 'Two' });
  await enter({ queue: { items: [item], current: { ...current, videoUrl: 'library:Zero', duration: 0 } } });
  await vi.advanceTimersByTimeAsync(100);
  expect(
    asked('get-film-info')
      .flatMap((one) => one['mediaIds'])
      .sort(),
  ).toEqual(['Two', 'Zero']);
  await answer('get-film-info', { ok: true, films: [aFilmInfo('Two'), aFilmInfo('Zero', { duration: 60 })], pending: [] });
  expect(all('.queue img').map((one) => one.getAttribute('src'))).toEqual(['/media/poster/Zero', '/media/poster/Two']);
  expect(all('.queue .poster-time').map((one) => one.textContent)).toEqual(['1:00', '1:30:00']);
});

test('QU3 a played film goes on where the room has left it, for hosts', async () => {
  const played = [
    { ...film('Old', 1), endedAt: '2026-01-01T21:00:00.000Z', position: 75 },
    { ...film('Over', 2), endedAt: '2026-01-01T21:00:00.000Z' },
  ];
  await enter({ queue: { played } });
  await queue.click('Played2', '.queue-history-head');
  expect(all('.queue-played button').map((one) => one.textContent)).toEqual(['Again', 'Continue at 1:15', 'Again']);
  await queue.click('Continue at 1:15: Old');
  expect(asked('queue-play')).toEqual([{ itemId: 'Old', from: 75 }]);
});

describe('LB8 the film on the screen', () => {
  const shown = { videoUrl: 'library:One', videoType: 'video' };

  async function watch(over: Record<string, unknown> = {}): Promise<void> {
    await page.open('/room/ABC123');
    page.app.session.join('ABC123', 'Ana');
    for (const name of COMMANDS) socket().manualAnswers.add(name);
    socket().acceptConnection();
    socket().receive('room-joined', {
      room: aRoom({ ...shown, users: [aUser({ isHost: true })] }),
      user: aUser({ isHost: true }),
      messages: [],
      sessionToken: 'secret',
      timeline: aTimeline({ item: 4, seq: 5 }),
      epoch: 1,
      seq: 5,
      ...over,
    });
    await loaded();
    await loaded();
  }

  const problem = () => all('.overlay-solid h2').map((one) => one.textContent);

  test('plays from its link', async () => {
    await watch();
    expect(asked('get-media-link')).toEqual([{ item: 4 }]);
    await answer('get-media-link', { ok: true, url: '/media/TOKEN', expiresAt: 1e12 });
    await loaded();
    expect(page.root.querySelector('video')!.getAttribute('src')).toBe('/media/TOKEN');
  });

  test('waits for the timeline of a film that has just been set', async () => {
    await watch();
    await answer('get-media-link', rejected('film_changed'));
    expect(requests('get-media-link')).toHaveLength(1);
    socket().receive('timeline', aTimeline({ item: 5, seq: 6, reason: 'media' }));
    await drawn();
    expect(asked('get-media-link').at(-1)).toEqual({ item: 5 });
    expect(problem()).toEqual([]);
  });

  test('that is not ready is waited for in words', async () => {
    await watch();
    await answer('get-media-link', rejected('unavailable', true));
    await loaded();
    expect(all('.film-notice p').map((one) => one.textContent)).toContain('The server is getting this film ready…');
    await vi.advanceTimersByTimeAsync(1000);
    expect(requests('get-media-link')).toHaveLength(2);
    await answer('get-media-link', { ok: true, url: '/media/TOKEN', expiresAt: 1e12 });
    await loaded();
    expect(all('.film-notice p').map((one) => one.textContent)).not.toContain('The server is getting this film ready…');
  });

  test('that the server does not have is said, and nobody waits for this viewer', async () => {
    await watch();
    await answer('get-media-link', rejected('film_not_found'));
    await loaded();
    expect(problem()).toEqual(['This server does not have the film.']);
    expect(page.app.playerHost.report().state).toBe('failed');
    named('button', 'Try again').click();
    await loaded();
    expect(requests('get-media-link')).toHaveLength(2);
  });

  test('LB11 brings its subtitles, which are fetched when they are chosen', async () => {
    const fetched = vi.fn(() => Promise.resolve(new Response('WEBVTT\n\n00:00.000 --> 00:09.000\nhello\n')));
    vi.stubGlobal('fetch', fetched);
    await watch();
    const subtitles = [{ label: 'Deutsch', language: 'de', url: '/media/TOKEN/subtitles/0.vtt' }];
    await answer('get-media-link', { ok: true, url: '/media/TOKEN', expiresAt: 1e12, form: 'file', subtitles });
    await loaded();
    const menu = page.app.subtitles.value!;
    expect(menu.choices.value).toEqual([{ id: 'link 0', label: 'Deutsch', language: 'de', origin: 'film' }]);
    expect(fetched).not.toHaveBeenCalled();
    menu.choose('link 0');
    await drawn();
    expect(fetched.mock.calls.map(([url]: unknown[]) => url)).toEqual(['http://localhost:3000/media/TOKEN/subtitles/0.vtt']);
  });
});
