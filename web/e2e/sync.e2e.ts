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
import { waitUntilPlaying } from './support/film';

const browsers = useBrowsers();

test('the sync panel by keyboard alone, with the focus back on the badge', async () => {
  const ana = await browsers.openPage();
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

test("the sync mode is the viewer's own, and survives a reload", async () => {
  const ana = await browsers.openPage();
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

test('on a phone the panel is a sheet that fits', async () => {
  const ana = await browsers.openPage({ width: 390, height: 844, touch: true });
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

test('the sync state of every member is shown to all', async () => {
  const { ana, ben } = await openRoomWithFilm(browsers);
  await control(ana, 'Play').click();
  await waitUntilPlaying(ben);
  for (const page of [ana, ben]) {
    await openMembers(page);
    for (const name of ['Ana', 'Ben']) {
      const step = page.locator('.member', { hasText: name }).locator('.member-sync');
      await step.getByText('in step').waitFor();
      // A viewer that has just started is in sync before there is a figure.
      await expect.poll(() => step.getAttribute('title')).toMatch(/^(\d+ ms (behind|ahead)|in time), measured to ± \d+ ms$/);
    }
  }
  await ben.getByRole('button', { name: 'Sync: in step' }).click();
  await ben.getByRole('radio', { name: /^On my own/ }).check();
  await ana.locator('.member', { hasText: 'Ben' }).getByText('on their own').waitFor();
});

/** A viewer whose film never loads. */
const withoutFilm = { prepare: (context: BrowserContext) => context.route('**/media/sample.mp4', () => undefined) };

async function aRoomWithSomebodyLate(): Promise<{ ana: Page; ben: Page }> {
  const ana = await browsers.openPage();
  const link = await createRoom(ana);
  const ben = await browsers.openPage(withoutFilm);
  await joinByLink(ben, link, 'Ben');
  await showSample(ana);
  await control(ana, 'Play').click();
  // A player is started for a moment to be ready; only then the film plays, and the next jump waits anew.
  await waitUntilPlaying(ana, 1);
  return { ana, ben };
}

test('the ready barrier names who is late, and ends by itself', async () => {
  const { ana, ben } = await aRoomWithSomebodyLate();
  // The notices last only seconds, so all are awaited at the same time.
  await Promise.all([
    ana.getByText(/Waiting for Ben.* · goes on by itself in \d s/).waitFor(),
    ana.getByRole('button', { name: 'Go on without them' }).waitFor(),
    ben.getByText(/Waiting for you.* · goes on by itself in \d s/).waitFor(),
    ana.locator('.toast', { hasText: 'Went on without Ben' }).waitFor(),
    ben.locator('.toast', { hasText: 'Went on without you' }).waitFor(),
    control(ana, 'Ahead 10 seconds').click(),
  ]);
  await ana.locator('.film-notice-card').waitFor({ state: 'detached' });
  await waitUntilPlaying(ana, 10);
});

test('a host can skip the ready barrier', async () => {
  const { ana, ben } = await aRoomWithSomebodyLate();
  // The room waits for three seconds: nothing may come between the jump and the click.
  await Promise.all([
    ana.getByRole('button', { name: 'Go on without them' }).click({ force: true }),
    control(ana, 'Ahead 10 seconds').click(),
  ]);
  await ana.getByText('You went on without Ben').waitFor();
  await ben.locator('.toast', { hasText: 'Ana went on without you' }).waitFor();
  await waitUntilPlaying(ana, 10);
});

test('a host sets rate and waiting for everybody; they are locked for guests', async () => {
  const { ana, ben } = await openRoomWithFilm(browsers);
  await control(ana, 'Play').click();
  await waitUntilPlaying(ben);
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

test("unseen messages are counted in the tab's title", async () => {
  const { ana, ben } = await openRoomOfTwo(browsers);
  // A headless page is never hidden by itself.
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

test('media keys control the room for a host, and do nothing for a guest', async () => {
  // Media keys cannot be pressed here, so the page's handlers are called directly.
  const listen = (context: { addInitScript(run: () => void): Promise<unknown> }) =>
    context.addInitScript(() => {
      const keys: Record<string, (() => void) | null> = {};
      Object.assign(window, { keys });
      MediaSession.prototype.setActionHandler = (action: string, run: unknown) => void (keys[action] = run as () => void);
    });
  const press = (page: { evaluate(run: (key: string) => void, key: string): Promise<unknown> }, key: string) =>
    page.evaluate((name) => (window as unknown as { keys: Record<string, () => void> }).keys[name]?.(), key);
  const ana = await browsers.openPage({ prepare: listen });
  const link = await createRoom(ana);
  const ben = await browsers.openPage({ prepare: listen });
  await joinByLink(ben, link, 'Ben');
  await showSample(ana);
  await filmReady(ben);
  await press(ben, 'play');
  await ben.locator('.toast', { hasText: 'Ana holds the remote' }).waitFor();
  await press(ana, 'play');
  await waitUntilPlaying(ben);
  expect(await ana.evaluate(() => navigator.mediaSession.metadata?.artist)).toMatch(/^Room [A-Z0-9]{6}$/);
  await press(ana, 'pause');
  await control(ben, 'Play').waitFor();
});
