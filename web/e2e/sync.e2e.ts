import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { House, control, createRoom, filmReady, joinByLink, openPeople, say, showSample } from './support/house';
import { running } from './support/film';

let house: House;
beforeAll(async () => void (house = await House.open()));
afterEach(() => house.clear());
afterAll(() => house.close());

test('the sync panel by keyboard alone: in, through, out, and back to the badge', async () => {
  const ana = await house.person();
  await createRoom(ana);
  await showSample(ana);
  const badge = ana.getByRole('button', { name: /^Sync: / });
  await control(ana, 'Ahead 10 seconds').focus();
  await ana.keyboard.press('Tab');
  expect(await badge.evaluate((element) => element === document.activeElement)).toBe(true);
  await ana.keyboard.press('Enter');
  const panel = ana.getByRole('dialog', { name: 'Your sync' });
  await panel.waitFor();
  expect(await badge.getAttribute('aria-expanded')).toBe('true');

  const focused = () => ana.evaluate(() => document.activeElement?.closest('label, button')?.textContent?.trim() ?? document.activeElement?.tagName); // prettier-ignore
  const reach = async (what: RegExp) => {
    for (let i = 0; i < 20 && !what.test((await focused()) ?? ''); i++) await ana.keyboard.press('Tab');
    expect(await focused()).toMatch(what);
  };
  await reach(/^Tight/);
  await ana.keyboard.press('ArrowDown');
  expect(await panel.getByRole('radio', { name: /^Smooth/ }).isChecked()).toBe(true);
  await reach(/^INPUT/);
  for (let i = 0; i < 3; i++) await ana.keyboard.press('ArrowRight');
  expect(await panel.getByRole('slider', { name: 'Sound offset' }).getAttribute('aria-valuetext')).toBe('15 ms earlier');
  await reach(/^1\.25×/);

  await ana.keyboard.press('Escape');
  await panel.waitFor({ state: 'hidden' });
  expect(await badge.evaluate((element) => element === document.activeElement)).toBe(true);
});

test('how somebody keeps step is their own choice, and is kept over a reload', async () => {
  const ana = await house.person();
  await createRoom(ana);
  await showSample(ana);
  const panel = ana.getByRole('dialog', { name: 'Your sync' });
  const open = async () => {
    await ana.getByRole('button', { name: /^Sync: / }).click();
    await panel.waitFor();
  };
  await open();
  await panel.getByRole('radio', { name: /^Smooth/ }).check();
  await panel.getByRole('radio', { name: /^On my own/ }).check();
  await panel.getByRole('slider', { name: 'Sound offset' }).fill('-120');
  await ana.reload();
  await filmReady(ana);
  await open();
  expect(await panel.getByRole('radio', { name: /^On my own/ }).isChecked()).toBe(true);
  expect(await panel.getByRole('slider', { name: 'Sound offset' }).getAttribute('aria-valuetext')).toBe('120 ms later');
  await panel.getByRole('button', { name: 'Sync me' }).click();
  expect(await panel.getByRole('radio', { name: /^On my own/ }).isChecked()).toBe(false);
});

test('on a phone the panel is a sheet that fits, and nothing runs out of the page', async () => {
  const ana = await house.person({ width: 390, height: 844, touch: true });
  await createRoom(ana);
  await showSample(ana);
  await ana.getByRole('button', { name: /^Sync: / }).tap();
  const panel = ana.getByRole('dialog', { name: 'Your sync' });
  await panel.waitFor();
  const box = (await panel.boundingBox())!;
  expect([Math.round(box.x), Math.round(box.width), Math.round(box.y + box.height)]).toEqual([0, 390, 844]);
  expect(await ana.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  expect(await panel.evaluate((element) => element.scrollWidth <= element.clientWidth)).toBe(true);
  await panel.getByRole('button', { name: 'Close' }).tap();
  await panel.waitFor({ state: 'hidden' });
});

test('everybody sees how well the others keep step', async () => {
  const ana = await house.person();
  const link = await createRoom(ana);
  const ben = await house.person();
  await joinByLink(ben, link, 'Ben');
  await showSample(ana);
  await filmReady(ben);
  await control(ana, 'Play').click();
  await running(ben);
  for (const page of [ana, ben]) {
    await openPeople(page);
    for (const name of ['Ana', 'Ben']) {
      const step = page.locator('.person', { hasText: name }).locator('.person-step');
      await step.getByText('in step').waitFor();
      // Whoever has just started is in step before there is a figure.
      await expect.poll(() => step.getAttribute('title')).toMatch(/^(\d+ ms (behind|ahead)|in time), measured to ± \d+ ms$/);
    }
  }
  await ben.getByRole('button', { name: 'Sync: in step' }).click();
  await ben.getByRole('radio', { name: /^On my own/ }).check();
  await ana.locator('.person', { hasText: 'Ben' }).getByText('on their own').waitFor();
});

/** Somebody whose film never comes. */
const withoutFilm = { prepare: (context: BrowserContext) => context.route('**/media/sample.mp4', () => undefined) };

async function aRoomWithSomebodyLate(): Promise<{ ana: Page; ben: Page }> {
  const ana = await house.person();
  const link = await createRoom(ana);
  const ben = await house.person(withoutFilm);
  await joinByLink(ben, link, 'Ben');
  await showSample(ana);
  await control(ana, 'Play').click();
  await running(ana);
  return { ana, ben };
}

test('while the room waits everybody reads for whom, and it goes on by itself', async () => {
  const { ana, ben } = await aRoomWithSomebodyLate();
  // All of it is over within seconds: everybody looks at the same time.
  await Promise.all([
    ana.getByText(/Waiting for Ben.* · goes on by itself in \d s/).waitFor(),
    ana.getByRole('button', { name: 'Go on without them' }).waitFor(),
    ben.getByText(/Waiting for you.* · goes on by itself in \d s/).waitFor(),
    ana.locator('.toast', { hasText: 'Went on without Ben' }).waitFor(),
    ben.locator('.toast', { hasText: 'Went on without you' }).waitFor(),
    control(ana, 'Ahead 10 seconds').click(),
  ]);
  await ana.locator('.wait-card').waitFor({ state: 'detached' });
  await running(ana, 10);
});

test('a host need not wait', async () => {
  const { ana, ben } = await aRoomWithSomebodyLate();
  await control(ana, 'Ahead 10 seconds').click();
  await ana.getByRole('button', { name: 'Go on without them' }).click();
  await ana.getByText('You went on without Ben').waitFor();
  await ben.locator('.toast', { hasText: 'Ana went on without you' }).waitFor();
  await running(ana, 10);
});

test('speed and waiting are set for everybody by a host, and shown held to the others', async () => {
  const ana = await house.person();
  const link = await createRoom(ana);
  const ben = await house.person();
  await joinByLink(ben, link, 'Ben');
  await showSample(ana);
  await filmReady(ben);
  await control(ana, 'Play').click();
  await running(ben);
  for (const page of [ana, ben]) await page.getByRole('button', { name: /^Sync: / }).click();
  const choice = (page: Page, name: string) => page.getByRole('dialog').getByRole('button', { name, exact: true });
  await choice(ben, '1.5×').click({ force: true });
  await ben.locator('.toast', { hasText: 'Ana holds the remote' }).waitFor();
  await choice(ana, '1.5×').click();
  await choice(ana, 'Up to 10 seconds').click();
  for (const page of [ana, ben]) {
    await expect.poll(() => choice(page, '1.5×').getAttribute('aria-pressed')).toBe('true');
    await expect.poll(() => choice(page, 'Up to 10 seconds').getAttribute('aria-pressed')).toBe('true');
    await page.locator('.bar-rate', { hasText: '1.5×' }).waitFor();
    await expect.poll(() => page.evaluate(() => document.querySelector('video')!.playbackRate)).toBeGreaterThan(1.4);
  }
  await ben.getByText('Ana: the room now waits up to 10 s for stalled viewers').first().waitFor();
});

test('messages that come while nobody looks are counted in the tab’s title', async () => {
  const ana = await house.person();
  const link = await createRoom(ana);
  const ben = await house.person();
  await joinByLink(ben, link, 'Ben');
  // A page in a browser without a window is never hidden by itself.
  const hide = (hidden: boolean) =>
    ben.evaluate((value) => {
      Object.defineProperty(document, 'hidden', { configurable: true, get: () => value });
      document.dispatchEvent(new Event('visibilitychange'));
    }, hidden);
  await hide(true);
  await say(ana, 'are you there?');
  await say(ana, 'hello?');
  await expect.poll(() => ben.title()).toMatch(/^\(2\) Room /);
  await hide(false);
  await expect.poll(() => ben.title()).toMatch(/^Room /);
});

test('a media key means the whole room when a host presses it, and nothing when a guest does', async () => {
  // The keys themselves belong to the machine: what the browser would call with them is called instead.
  const listen = (context: { addInitScript(run: () => void): Promise<unknown> }) =>
    context.addInitScript(() => {
      const keys: Record<string, (() => void) | null> = {};
      Object.assign(window, { keys });
      MediaSession.prototype.setActionHandler = (action: string, run: unknown) => void (keys[action] = run as () => void);
    });
  const press = (page: { evaluate(run: (key: string) => void, key: string): Promise<unknown> }, key: string) =>
    page.evaluate((name) => (window as unknown as { keys: Record<string, () => void> }).keys[name]?.(), key);
  const ana = await house.person({ prepare: listen });
  const link = await createRoom(ana);
  const ben = await house.person({ prepare: listen });
  await joinByLink(ben, link, 'Ben');
  await showSample(ana);
  await filmReady(ben);
  await press(ben, 'play');
  await ben.locator('.toast', { hasText: 'Ana holds the remote' }).waitFor();
  await press(ana, 'play');
  await running(ben);
  expect(await ana.evaluate(() => navigator.mediaSession.metadata?.artist)).toMatch(/^Room [A-Z0-9]{6}$/);
  await press(ana, 'pause');
  await control(ben, 'Play').waitFor();
});
