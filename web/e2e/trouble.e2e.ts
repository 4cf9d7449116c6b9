/** Bad networks and second thoughts: what a person meets on a train. */
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { House, control, createRoom, filmReady, joinByLink, openPeople, say, showSample } from './support/house';
import { apart, read, running, standing } from './support/film';

const NETWORK = /ERR_INTERNET_DISCONNECTED|WebSocket connection|Failed to load resource/;

let house: House;
beforeAll(async () => void (house = await House.open()));
afterEach(() => house.clear());
afterAll(() => house.close());

/** Counts how often the player of this page is moved by hand or by us. */
async function countSeeks(page: Page): Promise<() => Promise<number>> {
  await page.evaluate(() => {
    const told = window as unknown as { __seeks: number };
    told.__seeks = 0;
    document.querySelector('video')?.addEventListener('seeking', () => told.__seeks++);
  });
  return () => page.evaluate(() => (window as unknown as { __seeks: number }).__seeks);
}

test('a network without websockets: polling carries the evening', async () => {
  const prepare = (context: BrowserContext) =>
    context.addInitScript(() => {
      // What a page sees of a proxy that refuses the upgrade.
      window.WebSocket = class extends EventTarget {
        onerror: ((event: Event) => void) | null = null;
        constructor() {
          super();
          setTimeout(() => this.onerror?.(new Event('error')), 10);
        }
        close() {}
      } as unknown as typeof WebSocket;
    });
  const ana = await house.person({ prepare });
  const link = await createRoom(ana);
  const ben = await house.person({ prepare });
  await joinByLink(ben, link, 'Ben');
  await say(ana, 'through the back door');
  await ben.getByText('through the back door').waitFor();
  await showSample(ana);
  await filmReady(ben);
  await control(ana, 'Play').click();
  await Promise.all([running(ana, 1), running(ben, 1)]);
  expect(await apart(ana, ben)).toBeLessThan(250);
});

test('a network that takes websockets and lets them starve: in by polling all the same', async () => {
  const ana = await house.person({ prepare: (context) => context.routeWebSocket(/.*/, () => undefined) });
  await createRoom(ana);
  await say(ana, 'through the back door');
  await ana.locator('.message[data-state=sent]').waitFor();
});

test('the host loses the network while the film runs: it runs on for everybody, and the host comes back as host', async () => {
  house.tolerated = [NETWORK];
  const ana = await house.person();
  const link = await createRoom(ana);
  const ben = await house.person();
  await joinByLink(ben, link, 'Ben');
  await showSample(ana);
  await filmReady(ben);
  await control(ana, 'Play').click();
  await Promise.all([running(ana, 1), running(ben, 1)]);
  await ana.context().setOffline(true);
  await ana.getByText('You are offline').waitFor();
  await running(ben, (await read(ben)).position + 1);
  await ana.context().setOffline(false);
  await ana.getByText('You are offline').waitFor({ state: 'detached' });
  await running(ana, (await read(ben)).position);
  expect(await apart(ana, ben)).toBeLessThan(250);
  await control(ana, 'Pause').click();
  await expect.poll(async () => (await read(ben)).paused).toBe(true);
});

test('what happened while somebody was away is there when they are back', async () => {
  house.tolerated = [NETWORK];
  const ana = await house.person();
  const link = await createRoom(ana);
  const ben = await house.person();
  await joinByLink(ben, link, 'Ben');
  await showSample(ana);
  await filmReady(ben);
  await ben.context().setOffline(true);
  await ben.getByText('You are offline').waitFor();
  await control(ana, 'Ahead 10 seconds').click();
  await expect.poll(async () => (await read(ana)).position).toBeGreaterThan(9);
  await say(ana, 'one');
  await say(ana, 'two');
  const cem = await house.person();
  await joinByLink(cem, link, 'Cem');
  await ben.context().setOffline(false);
  for (const text of ['one', 'two']) await ben.locator('.message-text', { hasText: new RegExp(`^${text}$`) }).waitFor();
  expect(await ben.locator('.message').count()).toBe(2);
  await standing(ben, (await read(ana)).position, 0.1);
  await openPeople(ben);
  await expect.poll(() => ben.locator('.person').count()).toBe(3);
});

test('a steady evening moves nobody: no seeks, and the rate within what nobody hears', async () => {
  const ana = await house.person();
  const link = await createRoom(ana);
  const ben = await house.person();
  await joinByLink(ben, link, 'Ben');
  await showSample(ana);
  await filmReady(ben);
  await control(ana, 'Play').click();
  await Promise.all([running(ana, 5), running(ben, 5)]);
  const counts = await Promise.all([countSeeks(ana), countSeeks(ben)]);
  expect(await apart(ana, ben, 30)).toBeLessThan(250);
  for (const count of counts) expect(await count()).toBeLessThanOrEqual(1);
  await control(ana, 'Pause').click();
  for (const page of [ana, ben]) {
    await expect.poll(async () => (await read(page)).paused).toBe(true);
    await expect.poll(() => page.evaluate(() => document.querySelector('video')?.playbackRate)).toBe(1);
    expect(await page.evaluate(() => document.querySelector('video')?.volume)).toBe(1);
  }
});

test('hasty fingers on play and seek: everybody ends up at the same place', async () => {
  const ana = await house.person();
  const link = await createRoom(ana);
  const ben = await house.person();
  await joinByLink(ben, link, 'Ben');
  await showSample(ana);
  await filmReady(ben);
  for (let i = 0; i < 6; i++) await ana.keyboard.press('k');
  for (let i = 0; i < 3; i++) await ana.keyboard.press('l');
  await expect.poll(async () => Math.min((await read(ana)).position, (await read(ben)).position)).toBeGreaterThan(20);
  const same = async () => {
    const [a, b] = [await read(ana), await read(ben)];
    return a.paused === b.paused && Math.abs((a.position - b.position) * 1000 - (a.paused ? 0 : a.at - b.at)) < 250;
  };
  await expect.poll(same, { timeout: 10_000 }).toBe(true);
  if (await control(ana, 'Play').isVisible()) await control(ana, 'Play').click();
  await Promise.all([running(ana, 20), running(ben, 20)]);
  expect(await apart(ana, ben)).toBeLessThan(250);
  await ana.keyboard.press('k');
  await expect.poll(async () => (await read(ana)).paused).toBe(true);
  await standing(ben, (await read(ana)).position, 0.1);
});

test('going back in the browser leaves the room, and forward is the door again', async () => {
  const ana = await house.person();
  const link = await createRoom(ana);
  const ben = await house.person();
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

test('a host who leaves hands the room on, and comes back by the link as host', async () => {
  const ana = await house.person();
  const link = await createRoom(ana);
  const ben = await house.person();
  await joinByLink(ben, link, 'Ben');
  await ana.getByRole('link', { name: 'Leave the room', exact: true }).click();
  await ben.locator('.toast', { hasText: 'You hold the remote now' }).waitFor();
  await joinByLink(ana, link, 'Ana');
  await openPeople(ana);
  await expect.poll(() => ana.locator('.person-host').count()).toBe(2);
});
