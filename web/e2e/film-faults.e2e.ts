/** Films that fail at one viewer, play although their site is unusual, or name their length late. */
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { control, createRoom, joinByLink, openRoomOfTwo, useBrowsers } from './support/browsers';
import { type Faulty, startFaultyServer } from './support/faulty-server';
import { readPlayer, waitUntilInSync, waitUntilPlaying } from './support/film';

/** Browser messages for a failed load, and for an answer that CORS hides. */
const LOAD_FAILED = [/Failed to load resource/, /CORS policy/];
/** The same bound as for exact players. */
const APART_MAX_MS = 250;

const browsers = useBrowsers();
let sites: Faulty;
beforeAll(async () => {
  sites = await startFaultyServer();
});
afterAll(async () => {
  await sites.close();
});

/** Queues films and shows the first. */
async function showAll(page: Page, links: readonly string[]): Promise<void> {
  await page.getByLabel(/Paste a YouTube/).fill(links.join(' '));
  await page.getByRole('button', { name: 'Show the first, queue the rest' }).click();
  await page.getByRole('tab', { name: /^Queue/ }).click();
}

const showNext = (page: Page) => page.getByRole('button', { name: 'Next film' }).click();

/** Waits until a page shows the film of a link, whatever plays it. */
async function shows(page: Page, link: string): Promise<void> {
  const source = () => page.evaluate(() => document.querySelector('.player-mount > [src]')?.getAttribute('src') ?? null);
  await expect.poll(source).toBe(link);
}

const FAULTS: readonly [fault: string, title: RegExp][] = [
  ['403', /not public/],
  ['404', /no film at this link/],
  ['410', /This link has expired/],
  ['500', /cannot be played here/],
  ['page', /leads to a web page/],
  ['no-parts', /does not send this film in parts/],
  ['loop', /cannot be played here/],
  ['codec', /cannot play this format/],
  ['expires midway', /This link has expired/],
];

test('MD5 QU10 a film that fails at one viewer says why there, and the other plays on', async () => {
  browsers.expectedErrors = LOAD_FAILED;
  const ana = await browsers.openPage();
  const room = await createRoom(ana);
  const marked = (context: BrowserContext) => context.setExtraHTTPHeaders({ 'x-viewer': 'Ben' });
  const ben = await browsers.openPage({ prepare: marked });
  await joinByLink(ben, room, 'Ben');
  const link = (fault: string) => `${sites.url}/film.mp4?fault=${encodeURIComponent(fault)}`;
  await showAll(ana, FAULTS.map(([fault]) => link(fault))); // prettier-ignore
  await control(ana, 'Play').click();
  for (const [index, [fault, title]] of FAULTS.entries()) {
    if (index > 0) await showNext(ana);
    await shows(ana, link(fault));
    await ben.getByRole('heading', { name: title }).waitFor();
    await waitUntilPlaying(ana, 0.5);
    expect(await ana.getByRole('alert').count()).toBe(0);
  }
  await ana.getByRole('button', { name: 'Sync: in step' }).waitFor();
});

test('MD4 films of unusual sites play on both pages', async () => {
  const { ana, ben } = await openRoomOfTwo(browsers);
  const links = ['/no-cors.mp4', '/text.mp4', '/page.mp4', '/bytes', '/moved.mp4', '/sound.m4a', '/sound'];
  await showAll(ana, links.map((path) => sites.url + path)); // prettier-ignore
  await control(ana, 'Play').click();
  for (const [index, path] of links.entries()) {
    if (index > 0) await showNext(ana);
    await Promise.all([ana, ben].map((page) => shows(page, sites.url + path)));
    await Promise.all([ana, ben].map((page) => waitUntilPlaying(page, 0.5)));
    await waitUntilInSync(ana, ben, APART_MAX_MS);
  }
});

test('a film without a picture or sound that the browser knows says so, and plays on', async () => {
  const ana = await browsers.openPage();
  await createRoom(ana);
  await showAll(ana, [`${sites.url}/no-picture.mp4`, `${sites.url}/no-sound.mp4`]);
  await control(ana, 'Play').click();
  await ana.getByText('This browser shows no picture for this film.').waitFor();
  await showNext(ana);
  await ana.getByText('This browser plays no sound for this film.').waitFor();
  await ana.getByRole('button', { name: 'OK', exact: true }).click();
  expect(await ana.getByText('This browser plays no sound').count()).toBe(0);
  await waitUntilPlaying(ana);
});

test.each(['/no-index.webm', '/fragments.mp4', '/event'])(
  'QU9 %s names its length late, and is shown to its end',
  async (path) => {
    const { ana, ben } = await openRoomOfTwo(browsers);
    const next = `${sites.url}/no-cors.mp4`;
    await showAll(ana, [sites.url + path, next]);
    // The furthest position before the next film follows.
    const seen = { ana: 0, ben: 0 };
    await control(ana, 'Play').click();
    const pages = { ana, ben };
    const names = ['ana', 'ben'] as const;
    await expect
      .poll(
        async () => {
          for (const name of names) {
            const { position } = await readPlayer(pages[name]);
            if ((await pages[name].locator('.player-mount > [src]').getAttribute('src')) !== next)
              seen[name] = Math.max(seen[name], position || 0);
          }
          return ben.locator('.player-mount > [src]').getAttribute('src');
        },
        { timeout: 40_000, interval: 100 },
      )
      .toBe(next);
    console.log(path, seen);
    await Promise.all([ana, ben].map((page) => waitUntilPlaying(page, 0.5)));
  },
);
