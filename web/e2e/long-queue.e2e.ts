/** A room of four pages and a stock client that watches six films of six kinds, one after the other. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { expect, onTestFinished, test } from 'vitest';
import { StockClient } from '../../testkit/clients/stock-client.mjs';
import { PROVIDERS, serveStandIn } from './stand-ins/index.mjs';
import { control, createRoom, filmReady, joinByLink, useBrowsers } from './support/browsers';
import { startFixtureServer } from './support/fixture-server';
import { startServer } from './support/servers';

const OUTAGE = /ERR_CONNECTION_REFUSED|WebSocket connection|Failed to load resource|ERR_/;
/** Pages may differ by so much, s: the slider has whole seconds. How exact films are is tested elsewhere. */
const APART_MAX_S = 1;

const browsers = useBrowsers();

async function serveSites(context: BrowserContext): Promise<void> {
  for (const site of ['youtube', 'vimeo', 'dailymotion'] as const) await serveStandIn(context, site);
}

const slider = (page: Page) => page.getByLabel('Position in the film');
const position = async (page: Page) => Number(await slider(page).inputValue());
const upNext = (page: Page) => page.getByRole('list', { name: 'Up next' }).getByRole('listitem');
const row = (page: Page, title: RegExp) => upNext(page).filter({ hasText: title });
const onTheScreen = (page: Page) => page.getByRole('region', { name: 'On the screen' });

/** Waits until all pages show that film, at the same moment, and it moves. */
async function allWatch(pages: readonly Page[], title: RegExp): Promise<void> {
  for (const page of pages) await expect.poll(() => onTheScreen(page).innerText(), { timeout: 40_000 }).toMatch(title);
  let last = Number.POSITIVE_INFINITY;
  const moveTogether = async () => {
    const all = await Promise.all(pages.map(position));
    const [least, most] = [Math.min(...all), Math.max(...all)];
    const moved = least > last;
    last = least;
    return moved && most - least <= APART_MAX_S;
  };
  await expect.poll(moveTogether, { timeout: 40_000, interval: 1500 }).toBe(true);
}

async function nearTheEnd(page: Page, beforeS: number): Promise<void> {
  const step = Number(await slider(page).getAttribute('step')) || 1; // "any" is no number
  const end = Number(await slider(page).getAttribute('max'));
  await slider(page).fill(String(Math.floor((end - beforeS) / step) * step));
}

test(
  'QU2 QU5 QU6 QU7 QU8 QU10 six films of six kinds with votes, a skip, an undo, a dead link and a killed server',
  {
    timeout: 240_000,
  },
  async () => {
    browsers.expectedErrors = [OUTAGE];
    const folder = mkdtempSync(join(tmpdir(), 'watchnchill-long-queue-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const files = await startFixtureServer();
    onTestFinished(() => files.close());
    let server = await startServer(['--data', folder]);
    onTestFinished(() => server.kill());

    const openPage = () => browsers.openPage({ at: server.url, prepare: serveSites });
    const ana = await openPage();
    const link = await createRoom(ana);
    const guests = await Promise.all(['Ben', 'Cem', 'Dia'].map(async (name) => ({ name, page: await openPage() })));
    for (const { name, page } of guests) await joinByLink(page, link, name);
    const [ben, cem, dia] = guests.map(({ page }) => page) as [Page, Page, Page];
    const pages = [ana, ben, cem, dia];

    const eve = new StockClient({ name: 'Eve', urls: [server.url], options: { transports: ['websocket'] } });
    onTestFinished(() => eve.leave());
    const shownToEve: string[] = [];
    eve.socket.on('video-set', ({ videoType }: { videoType: string }) => shownToEve.push(videoType));
    eve.enter(link.slice(-6));
    await expect.poll(() => eve.open).toBe(true);

    const links = [
      `${server.url}/media/sample.mp4`,
      `${files.url}/hls/main.m3u8`,
      `${files.url}/gone/Dead.mp4`,
      `${files.url}/dash/film.mpd`,
      ...(['youtube', 'vimeo', 'dailymotion'] as const).map((site) => PROVIDERS[site].link),
    ];
    await ana.getByLabel(/Paste a YouTube/).fill(links.join(' '));
    await ana.getByRole('button', { name: 'Show the first, queue the rest' }).click();
    await Promise.all(pages.map(filmReady));
    for (const page of pages) await page.getByRole('tab', { name: /^Queue/ }).click();
    await expect.poll(() => upNext(dia).count()).toBe(6);
    await control(ana, 'Play').click();
    await allWatch(pages, /sample/i);

    // Three of five skip it.
    for (const page of [ben, cem, dia]) await page.getByRole('button', { name: /^Vote to skip/i }).click();
    await allWatch(pages, /Main/);
    await ana.getByRole('button', { name: 'By votes' }).click();
    for (const page of [ben, cem])
      await row(page, /vimeo/i)
        .getByRole('button', { name: /^Vote for/ })
        .click();
    await expect.poll(() => upNext(ana).first().innerText()).toMatch(/vimeo/i);
    await row(ana, /dailymotion/i)
      .getByRole('button', { name: /^More for/ })
      .click();
    await ana.getByRole('menuitem', { name: 'Remove' }).click();
    await expect.poll(() => upNext(ben).count()).toBe(4);
    await ana.locator('.toast').getByRole('button', { name: 'Undo' }).click();
    await expect.poll(() => upNext(ben).count()).toBe(5);

    // It ends, and the one with the most votes follows. Then the server dies and comes back.
    await nearTheEnd(ana, 5);
    await allWatch(pages, /vimeo/i);
    const { port } = server;
    await server.kill();
    for (const page of pages) await page.locator('.connection-banner').getByText(/./).waitFor();
    const before = await Promise.all(pages.map(position));
    server = await startServer(['--data', folder], port);
    await expect.poll(() => eve.open, { timeout: 30_000 }).toBe(true);
    for (const page of pages)
      await expect.poll(() => page.locator('.connection-banner').innerText(), { timeout: 30_000 }).toBe('');
    await allWatch(pages, /vimeo/i);
    expect(Math.min(...(await Promise.all(pages.map(position))))).toBeGreaterThan(Math.max(...before));
    await expect.poll(() => upNext(ben).count()).toBe(4);

    // A film that nobody can play is left behind by itself.
    await nearTheEnd(ana, 5);
    await allWatch(pages, /film/);
    await nearTheEnd(ana, 5);
    await allWatch(pages, /youtu/i);
    await ana.getByRole('button', { name: 'Next film' }).click();
    await allWatch(pages, /dailymotion/i);
    await nearTheEnd(ana, 5);

    // Nothing follows: all stand at the end, and the played films say which one did not play.
    await expect
      .poll(() => Promise.all(pages.map((page) => control(page, 'Play again').isVisible())), { timeout: 20_000 })
      .toEqual(pages.map(() => true));
    await dia.getByRole('button', { name: /^Played/ }).click();
    const played = dia.getByRole('list', { name: 'Played' }).getByRole('listitem');
    await expect.poll(() => played.count()).toBe(6);
    expect(await played.filter({ hasText: 'did not play' }).allInnerTexts()).toEqual([expect.stringContaining('Dead')]);
    expect(shownToEve).toEqual(['video', 'hls', 'vimeo', 'video', 'dash', 'youtube', 'dailymotion']);
    expect(eve.problems).toEqual([]);
  },
);
