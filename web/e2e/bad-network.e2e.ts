/** Bad networks and quick changes of mind. */
import type { BrowserContext, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import {
  control,
  createRoom,
  filmReady,
  joinByLink,
  openMembers,
  openRoomOfTwo,
  openRoomWithFilm,
  say,
  showSample,
  useBrowsers,
} from './support/browsers';
import { measureSkewMs, readPlayer, waitUntilPlaying, waitUntilPaused } from './support/film';

const NETWORK = /ERR_INTERNET_DISCONNECTED|WebSocket connection|Failed to load resource/;

const browsers = useBrowsers();

/** Counts the seeks of the page's player. */
async function countSeeks(page: Page): Promise<() => Promise<number>> {
  await page.evaluate(() => {
    const counter = window as unknown as { __seeks: number };
    counter.__seeks = 0;
    document.querySelector('video')?.addEventListener('seeking', () => counter.__seeks++);
  });
  return () => page.evaluate(() => (window as unknown as { __seeks: number }).__seeks);
}

test('without websockets everything works by polling', async () => {
  const prepare = (context: BrowserContext) =>
    context.addInitScript(() => {
      // Fails as it does behind a proxy that refuses the upgrade.
      window.WebSocket = class extends EventTarget {
        onerror: ((event: Event) => void) | null = null;
        constructor() {
          super();
          setTimeout(() => this.onerror?.(new Event('error')), 10);
        }
        close() {}
      } as unknown as typeof WebSocket;
    });
  const ana = await browsers.openPage({ prepare });
  const link = await createRoom(ana);
  const ben = await browsers.openPage({ prepare });
  await joinByLink(ben, link, 'Ben');
  await say(ana, 'through the back door');
  await ben.getByText('through the back door').waitFor();
  await showSample(ana);
  await filmReady(ben);
  await control(ana, 'Play').click();
  await Promise.all([waitUntilPlaying(ana, 1), waitUntilPlaying(ben, 1)]);
  expect(await measureSkewMs(ana, ben)).toBeLessThan(250);
});

test('websockets that connect but deliver nothing: polling is used', async () => {
  const ana = await browsers.openPage({ prepare: (context) => context.routeWebSocket(/.*/, () => undefined) });
  await createRoom(ana);
  await say(ana, 'through the back door');
  await ana.locator('.message[data-state=sent]').waitFor();
});

test('the host goes offline while the film plays: it plays on, and the host returns as host', async () => {
  browsers.expectedErrors = [NETWORK];
  const { ana, ben } = await openRoomWithFilm(browsers);
  await control(ana, 'Play').click();
  await Promise.all([waitUntilPlaying(ana, 1), waitUntilPlaying(ben, 1)]);
  await ana.context().setOffline(true);
  await ana.getByText('You are offline').waitFor();
  await waitUntilPlaying(ben, (await readPlayer(ben)).position + 1);
  await ana.context().setOffline(false);
  await ana.getByText('You are offline').waitFor({ state: 'detached' });
  await waitUntilPlaying(ana, (await readPlayer(ben)).position);
  expect(await measureSkewMs(ana, ben)).toBeLessThan(250);
  await control(ana, 'Pause').click();
  await expect.poll(async () => (await readPlayer(ben)).paused).toBe(true);
});

test('a member who was away receives what happened meanwhile', async () => {
  browsers.expectedErrors = [NETWORK];
  const { ana, ben, link } = await openRoomWithFilm(browsers);
  await ben.context().setOffline(true);
  await ben.getByText('You are offline').waitFor();
  await control(ana, 'Ahead 10 seconds').click();
  await expect.poll(async () => (await readPlayer(ana)).position).toBeGreaterThan(9);
  await say(ana, 'one');
  await say(ana, 'two');
  const cem = await browsers.openPage();
  await joinByLink(cem, link, 'Cem');
  await ben.context().setOffline(false);
  for (const text of ['one', 'two']) await ben.locator('.message-text', { hasText: new RegExp(`^${text}$`) }).waitFor();
  expect(await ben.locator('.message').count()).toBe(2);
  await waitUntilPaused(ben, (await readPlayer(ana)).position, 0.1);
  await openMembers(ben);
  await expect.poll(() => ben.locator('.member').count()).toBe(3);
});

test('steady playback: no seeks, and an inaudible rate', async () => {
  const { ana, ben } = await openRoomWithFilm(browsers);
  await control(ana, 'Play').click();
  await Promise.all([waitUntilPlaying(ana, 5), waitUntilPlaying(ben, 5)]);
  const counts = await Promise.all([countSeeks(ana), countSeeks(ben)]);
  expect(await measureSkewMs(ana, ben, 30)).toBeLessThan(250);
  for (const count of counts) expect(await count()).toBeLessThanOrEqual(1);
  await control(ana, 'Pause').click();
  for (const page of [ana, ben]) {
    await expect.poll(async () => (await readPlayer(page)).paused).toBe(true);
    // Firefox rests beside 1.
    await expect.poll(() => page.evaluate(() => document.querySelector('video')?.playbackRate)).toBeCloseTo(1, 4);
    expect(await page.evaluate(() => document.querySelector('video')?.volume)).toBe(1);
  }
});

test('rapid play and seek commands: all viewers end at the same position', async () => {
  const { ana, ben } = await openRoomWithFilm(browsers);
  for (let i = 0; i < 6; i++) await ana.keyboard.press('k');
  for (let i = 0; i < 3; i++) await ana.keyboard.press('l');
  await expect.poll(async () => Math.min((await readPlayer(ana)).position, (await readPlayer(ben)).position)).toBeGreaterThan(20);
  const same = async () => {
    const [a, b] = [await readPlayer(ana), await readPlayer(ben)];
    return a.paused === b.paused && Math.abs((a.position - b.position) * 1000 - (a.paused ? 0 : a.at - b.at)) < 250;
  };
  await expect.poll(same, { timeout: 10_000 }).toBe(true);
  if (await control(ana, 'Play').isVisible()) await control(ana, 'Play').click();
  await Promise.all([waitUntilPlaying(ana, 20), waitUntilPlaying(ben, 20)]);
  expect(await measureSkewMs(ana, ben)).toBeLessThan(250);
  await ana.keyboard.press('k');
  await expect.poll(async () => (await readPlayer(ana)).paused).toBe(true);
  await waitUntilPaused(ben, (await readPlayer(ana)).position, 0.1);
});

test('going back leaves the room, and forward asks for a name', async () => {
  const ana = await browsers.openPage();
  const link = await createRoom(ana);
  const ben = await browsers.openPage();
  await ben.goto('/');
  await ben.getByRole('link', { name: 'Join with a code or link' }).click();
  await ben.getByLabel('Room code or link').fill(link);
  await ben.getByLabel('Your name').fill('Ben');
  await ben.getByRole('button', { name: 'Take a seat' }).click();
  await ana.getByText('Ben came in').waitFor();
  await ben.goBack();
  await ben.getByRole('link', { name: 'Create a room' }).waitFor();
  await ana.getByText('Ben left').waitFor();
  await ben.goForward();
  await ben.getByRole('heading', { name: 'You are invited' }).waitFor();
  expect(await ben.getByLabel('Your name').inputValue()).toBe('Ben');
});

test('a host who leaves hands over, and returns by the link as host', async () => {
  const { ana, ben, link } = await openRoomOfTwo(browsers);
  await ana.getByRole('link', { name: 'Leave the room', exact: true }).click();
  await ben.locator('.toast', { hasText: 'You hold the remote now' }).waitFor();
  await joinByLink(ana, link, 'Ana');
  await openMembers(ana);
  await expect.poll(() => ana.locator('.member-host').count()).toBe(2);
});
