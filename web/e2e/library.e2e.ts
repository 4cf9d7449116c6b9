/** The library of films on the server's disks: browsing, playing, links that end, and links that change (LB). */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type PageOptions, control, createRoom, filmReady, joinByLink, useBrowsers } from './support/browsers';
import { measureSkewMs, readPlayer, waitUntilInSync, waitUntilPlaying } from './support/film';
import { axeViolations, heading, remove } from './support/host-menu';
import { type LibraryFilms, MANY, makeLibraryFilms, makeOwnCut } from './support/library-films';
import { pickFromStorage, watchNetwork } from './support/own-films';
import { type Running, startServer } from './support/servers';

const NETWORK = /ERR_CONNECTION_|ERR_FAILED|ERR_EMPTY_RESPONSE|WebSocket connection|Failed to load resource/;
const STEP_MS = 150;

const browsers = useBrowsers();
let films: LibraryFilms;
let rooms: string;
let server: Running;
const start = (port?: number) => startServer(['--media', films.folder, '--data', rooms], port);

beforeAll(async () => {
  films = makeLibraryFilms();
  rooms = mkdtempSync(join(tmpdir(), 'watchnchill-rooms-'));
  server = await start();
});
afterAll(async () => {
  await server.kill();
  films.remove();
  rmSync(rooms, { recursive: true, force: true });
});

const dialog = (page: Page) => page.getByRole('dialog', { name: 'Films on this server' });
const list = (page: Page) => dialog(page).getByRole('list', { name: 'Films and folders' });
const open = (page: Page) => page.getByRole('button', { name: 'Films on this server' }).first().click();
const search = (page: Page, words: string) => dialog(page).getByLabel('Search all films').fill(words);

/** Opens a room on the server of the library. */
async function hostPage(size: PageOptions = {}): Promise<Page> {
  const ana = await browsers.openPage({ at: server.url, ...size });
  await createRoom(ana);
  return ana;
}

/** Opens a room of two in which a film of the library plays in step. */
async function watching(title: string): Promise<{ ana: Page; ben: Page }> {
  const ana = await hostPage();
  const ben = await browsers.openPage({ at: server.url });
  await joinByLink(ben, ana.url(), 'Ben');
  await open(ana);
  await search(ana, title);
  await dialog(ana)
    .getByRole('button', { name: `Play now: ${title}` })
    .click();
  await dialog(ana).waitFor({ state: 'hidden' });
  await Promise.all([filmReady(ana), filmReady(ben)]);
  await control(ana, 'Play').click();
  await Promise.all([waitUntilPlaying(ana), waitUntilPlaying(ben)]);
  return { ana, ben };
}

const address = (page: Page) => page.evaluate(() => document.querySelector('video')?.getAttribute('src') ?? '');
const failures = (page: Page) => page.getByRole('button', { name: 'Try again' }).count();

test('LB2 LB4 folders, pages and a search lead to a film, which plays in step on two pages and after a reload', async () => {
  const { ana, ben } = await watching('Alpha (2009)');
  await waitUntilInSync(ana, ben, STEP_MS);
  expect(await measureSkewMs(ana, ben, 9)).toBeLessThan(STEP_MS);
  expect(await address(ana)).toMatch(/^\/media\/[\w-]{50,}/);
  expect(await address(ben)).not.toBe(await address(ana));

  await ben.reload();
  await waitUntilPlaying(ben);
  await waitUntilInSync(ana, ben, STEP_MS);

  await ana.getByRole('tab', { name: /^Queue/ }).click();
  await open(ana);
  await list(ana)
    .getByRole('button', { name: /^Series/ })
    .click();
  await list(ana).getByRole('button', { name: /^Many/ }).click();
  await expect.poll(() => list(ana).getByRole('listitem').count()).toBe(50);
  await dialog(ana).getByRole('button', { name: 'Show more' }).scrollIntoViewIfNeeded();
  await expect.poll(() => list(ana).getByRole('listitem').count()).toBe(MANY);
  await dialog(ana).getByRole('navigation', { name: 'Folder' }).getByRole('button', { name: 'All films' }).click();
  await search(ana, 'nothing of the kind');
  await dialog(ana).getByText('No film has “nothing of the kind” in its name.').waitFor();
  await search(ana, 'PILOT');
  await dialog(ana).getByText('1 film found').waitFor();
  await dialog(ana).getByRole('button', { name: 'Add to the queue: Pilot' }).click();
  await dialog(ana).getByText('Added to the queue').waitFor();
  await ana.keyboard.press('Escape');
  await ana.keyboard.press('Escape');
  await dialog(ana).waitFor({ state: 'hidden' });
  await ana.getByRole('list', { name: 'Up next' }).getByText('Pilot').waitFor();
  await ana.getByRole('button', { name: 'Next film' }).click();
  await expect.poll(async () => (await readPlayer(ben)).position).toBeLessThan(2);
  await Promise.all([filmReady(ana), filmReady(ben)]);
});

test('LB8 the link of a removed member is void at once, and the page says what happened', async () => {
  const { ana, ben } = await watching('Alpha (2009)');
  const link = await address(ben);
  const status = (path: string) => ben.evaluate(async (url) => (await fetch(url, { method: 'HEAD' })).status, path);
  expect(await status(link)).toBe(200);
  browsers.expectedErrors = [/status of 403/];
  await remove(ana, 'Ben');
  await heading(ben, 'You were asked to leave').waitFor();
  expect(await status(link)).toBe(403);
});

test('OC6 a viewer plays an own file of the film in step, also after a reload, and goes back to that of the server', async () => {
  const { ana, ben } = await watching('Alpha (2009)');
  await ben.setViewportSize({ width: 1440, height: 900 });
  const shot = process.env['SCREENSHOTS'];
  const look = async (name: string) => {
    if (shot !== undefined) await ben.screenshot({ path: `${shot}/own-${name}.png` });
    expect(await axeViolations(ben)).toEqual([]);
  };
  const ahead = async () => {
    const [a, b] = await Promise.all([readPlayer(ana), readPlayer(ben)]);
    return Math.abs((b.position - a.position) * 1000 - (b.at - a.at) - 1000);
  };
  await ben.getByRole('button', { name: 'Subtitles and audio' }).click();
  await look('choice-1440');
  await pickFromStorage(ben, makeOwnCut(films), 'My cut.mp4');
  await ben.getByRole('button', { name: 'Use my own file' }).click();
  await expect.poll(() => address(ben)).toMatch(/^blob:/);
  await ben.keyboard.press('Escape');
  await ben.locator('.own-copy-notice', { hasText: 'Your copy is as long as the film.' }).waitFor();
  await ben.getByRole('button', { name: 'Your copy 1 second further on' }).click();
  await waitUntilPlaying(ben);
  await expect.poll(ahead).toBeLessThan(STEP_MS);

  const { sent, asked } = watchNetwork(ben);
  await ben.setViewportSize({ width: 390, height: 844 });
  await ben.reload();
  await waitUntilPlaying(ben);
  await expect.poll(ahead).toBeLessThan(STEP_MS);
  expect(await address(ben)).toMatch(/^blob:/);
  await ben.getByRole('button', { name: 'Subtitles and audio' }).click();
  const back = ben.getByRole('button', { name: "Play the server's film again" });
  await back.scrollIntoViewIfNeeded();
  await look('menu-390');
  expect(sent.length).toBeGreaterThan(0);
  expect(sent.filter((text) => text.includes('My cut') || text.includes('local:'))).toEqual([]);
  expect(asked.filter((url) => url.includes('/media/'))).toEqual([]);

  await back.click();
  await expect.poll(() => address(ben)).toMatch(/^\/media\//);
  await waitUntilInSync(ana, ben, STEP_MS);
});

test('LB1 the library is used by keyboard alone', async () => {
  const ana = await hostPage();
  const button = ana.getByRole('button', { name: 'Films on this server' });
  await button.focus();
  await ana.keyboard.press('Enter');
  await list(ana).waitFor();
  await ana.keyboard.type('alpha');
  await dialog(ana).getByText('1 film found').waitFor();
  const here = () =>
    ana.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent);
  await ana.keyboard.press('Escape');
  await list(ana)
    .getByRole('button', { name: /^Series/ })
    .waitFor();
  await ana.keyboard.press('Tab');
  await expect.poll(here).toMatch(/^Series/);
  await ana.keyboard.press('Enter');
  await expect.poll(here).toMatch(/^Many/);
  await ana.keyboard.press('ArrowDown');
  await expect.poll(here).toBe('Play now: Pilot');
  await ana.keyboard.press('Escape');
  await dialog(ana).waitFor({ state: 'hidden' });
  await expect.poll(here).toBe('Films on this server');
  await ana.keyboard.press('Enter');
  await dialog(ana).getByRole('button', { name: 'Play now: Pilot' }).press('Enter');
  await filmReady(ana);
});

test.each([
  { width: 1440, height: 900 },
  { width: 390, height: 844, touch: true },
] satisfies PageOptions[])('LB2 the list passes axe at %o', async (size) => {
  const ana = await hostPage(size);
  const shot = process.env['SCREENSHOTS'];
  const look = async (name: string) => {
    if (shot !== undefined) await ana.screenshot({ path: `${shot}/library-${name}-${size.width}.png` });
    expect(await axeViolations(ana)).toEqual([]);
    expect(await dialog(ana).evaluate((element) => element.scrollWidth - element.clientWidth)).toBeLessThanOrEqual(0);
  };
  await open(ana);
  await list(ana).getByRole('button', { name: 'Play now: Long River' }).waitFor();
  await look('top');
  await list(ana)
    .getByRole('button', { name: /^Series/ })
    .click();
  await list(ana).getByRole('button', { name: 'Play now: Pilot' }).waitFor();
  await look('folder');
  await search(ana, 'episode');
  await dialog(ana).getByText(`${MANY} films found`).waitFor();
  await look('search');
  await dialog(ana).getByRole('button', { name: 'Add to the queue: Episode 1', exact: true }).click();
  await dialog(ana).getByText('Added to the queue').waitFor();
  await look('added');
});

test('LB9 a page whose network fails goes on when it is back, and the room does not notice', async () => {
  browsers.expectedErrors = [NETWORK];
  const { ana, ben } = await watching('Long River');
  const films = (url: URL) => url.pathname.startsWith('/media/');
  await ben.context().route(films, (route) => route.abort('failed'));
  await ana.getByLabel('Position in the film').fill('45');
  await waitUntilPlaying(ana, 45);
  expect(await failures(ben)).toBe(0);
  await ben.context().unroute(films);
  await waitUntilPlaying(ben, 45);
  await waitUntilInSync(ana, ben, STEP_MS);
});

test('LB8 a server that restarts without its key changes the links, and the film goes on from the new one', async () => {
  browsers.expectedErrors = [NETWORK, /status of 403/];
  const { ana, ben } = await watching('Long River');
  const [before, { port }] = [await address(ben), server];
  await server.kill();
  rmSync(join(rooms, 'film-links'));
  server = await start(port);
  await ben.getByText('Back in the room').waitFor();
  // Beyond what is loaded.
  await expect
    .poll(async () => {
      await ana.getByLabel('Position in the film').fill('45');
      return (await readPlayer(ana)).position;
    })
    .toBeGreaterThan(44);
  await Promise.all([waitUntilPlaying(ana, 45), waitUntilPlaying(ben, 45)]);
  expect(await address(ben)).not.toBe(before);
  expect([await failures(ana), await failures(ben)]).toEqual([0, 0]);
  await waitUntilInSync(ana, ben, STEP_MS);
});
