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
  const marked = (context: BrowserContext) =>
    context.route(/\?fault=/, (route) => route.continue({ url: `${route.request().url()}&here` }));
  const ben = await browsers.openPage({ prepare: marked });
  await joinByLink(ben, room, 'Ben');
  const links = FAULTS.map(([fault]) => `${sites.url}/film.mp4?fault=${encodeURIComponent(fault)}`);
  await showAll(ana, links); // prettier-ignore
  await control(ana, 'Play').click();
  for (const [index, [, title]] of FAULTS.entries()) {
    if (index > 0) await showNext(ana);
    await shows(ana, links[index]!);
    await ben.getByRole('heading', { name: title }).waitFor();
    await waitUntilPlaying(ana, 0.5);
    expect(await ana.getByRole('alert').count()).toBe(0);
  }
  await ana.getByRole('button', { name: 'Sync: in step' }).waitFor();
});

test('MD4 films of unusual sites play on both pages', async () => {
  const { ana, ben } = await openRoomOfTwo(browsers);
  const links = ['/no-cors.mp4', '/text.mp4', '/page.mp4', '/bytes', '/moved.mp4', '/sound.m4a'];
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

interface Shown {
  link: string;
  position: number;
  /** Where the thumb of the slider is, as a share of its way. */
  share: number;
}

async function readShown(page: Page): Promise<Shown> {
  const { position } = await readPlayer(page);
  const { link, share } = await page.evaluate(() => {
    const slider = document.querySelector<HTMLInputElement>('.scrub-input');
    const share = slider === null ? 0 : slider.valueAsNumber / Number(slider.max);
    return { link: document.querySelector('.player-mount > [src]')?.getAttribute('src') ?? '', share };
  });
  return { link, position: position || 0, share };
}

/** Films that name their length late, and where they end: without an index, in pieces, and as a playlist that grows. */
const LATE: readonly [path: string, endS: number][] = [
  ['/no-index.webm', 6],
  ['/fragments.mp4', 6],
  ['/event', 8],
];

test('QU9 films that name their length late are shown to their end', async () => {
  const { ana, ben } = await openRoomOfTwo(browsers);
  const last = `${sites.url}/no-cors.mp4`;
  await showAll(ana, [...LATE.map(([path]) => sites.url + path), last]);
  await control(ana, 'Play').click();
  for (const page of [ana, ben]) {
    const furthest = new Map<string, Shown>();
    await expect
      .poll(
        async () => {
          const shown = await readShown(page);
          // The player of the film before may still be read.
          const before = furthest.get(shown.link);
          if (before === undefined || shown.position > before.position) furthest.set(shown.link, shown);
          return shown.link;
        },
        { timeout: 50_000, interval: 100 },
      )
      .toBe(last);
    if (page !== ana) continue;
    for (const [path, endS] of LATE) {
      const { position, share } = furthest.get(sites.url + path)!;
      expect(position, path).toBeGreaterThan(endS - 0.3);
      expect(share, path).toBeGreaterThan(0.9);
    }
  }
  await Promise.all([ana, ben].map((page) => waitUntilPlaying(page, 0.5)));
});
