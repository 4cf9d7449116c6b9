/** Films that cannot be sought, and broadcasts (VF1 to VF4). */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { control, createRoom, joinByLink, openMembers, openRoomOfTwo, showLink, useBrowsers } from './support/browsers';
import { readPlayer, waitUntilPlaying } from './support/film';
import { startFilmServer } from './support/film-server';

const browsers = useBrowsers();
let films: Awaited<ReturnType<typeof startFilmServer>>;
beforeAll(async () => {
  films = await startFilmServer();
});
afterAll(async () => {
  await films.close();
});

/** Counts the seeks of a page's film from the start. */
async function countSeeks(page: Page): Promise<() => Promise<number>> {
  await page.addInitScript(() => {
    const counted = window as unknown as { seeks: number };
    counted.seeks = 0;
    // Also counts films in a shadow tree, whose events do not leave it.
    const place = Object.getOwnPropertyDescriptor(HTMLMediaElement.prototype, 'currentTime')!;
    Object.defineProperty(HTMLMediaElement.prototype, 'currentTime', {
      get: place.get!,
      set(this: HTMLMediaElement, to: number) {
        counted.seeks++;
        place.set!.call(this, to);
      },
    });
  });
  return () => page.evaluate(() => (window as unknown as { seeks: number }).seeks);
}

const CANNOT = 'This film’s server cannot jump, so your film cannot follow.';

test('VF1 no ranges: a late guest sees why and the film, and delays nobody', async () => {
  const ana = await browsers.openPage();
  const link = await createRoom(ana);
  await showLink(ana, `${films.url}/plain/film.mp4`);
  await control(ana, 'Play').click();
  await waitUntilPlaying(ana, 8);
  const ben = await browsers.openPage();
  const seeks = await countSeeks(ben);
  await joinByLink(ben, link, 'Ben');
  await ben.getByText(CANNOT).waitFor();
  await ben.getByRole('button', { name: 'Sync: cannot follow' }).waitFor();
  await waitUntilPlaying(ben, 1);
  expect(await seeks()).toBeLessThanOrEqual(1);
  await openMembers(ana);
  await ana.locator('.member', { hasText: 'Ben' }).getByText('cannot follow').waitFor();

  // A seek would leave all viewers behind: it is rejected, and the film plays on.
  await control(ana, 'Ahead 10 seconds').click();
  await ana.locator('.toast', { hasText: 'This film’s server cannot jump.' }).waitFor();
  const { position } = await readPlayer(ana);
  await waitUntilPlaying(ana, position + 0.5);

  // Every player can seek to the beginning.
  await ana.getByLabel('Position in the film').focus();
  await ana.keyboard.press('Home');
  await ben.getByText(CANNOT).waitFor({ state: 'detached' });
  await Promise.all([waitUntilPlaying(ana, 0.5), waitUntilPlaying(ben, 0.5)]);
  await ben.getByRole('button', { name: 'Sync: in step' }).waitFor();
});

test.each(['/liar/film.mp4', '/deaf/film.mp4'])('VF1 %s, wrong ranges: seeks stop, and the others play on', async (path) => {
  browsers.expectedErrors = [/./];
  const ana = await browsers.openPage();
  const link = await createRoom(ana);
  await showLink(ana, films.url + path);
  await control(ana, 'Play').click();
  await waitUntilPlaying(ana, 6);
  const ben = await browsers.openPage();
  const seeks = await countSeeks(ben);
  await joinByLink(ben, link, 'Ben');
  const { position } = await readPlayer(ana);
  await waitUntilPlaying(ana, position + 20, 40_000);
  expect(await seeks()).toBeLessThanOrEqual(5);
  await waitUntilPlaying(ana);
});

test('VF2 a broadcast: live for everybody, without a slider, and with few seeks', async () => {
  const { ana, ben, link } = await openRoomOfTwo(browsers);
  await showLink(ana, `${films.url}/live/main.m3u8`);
  for (const page of [ana, ben]) {
    await page.locator('.bar-live', { hasText: 'Live' }).waitFor();
    expect(await page.getByLabel('Position in the film').count()).toBe(0);
  }
  await control(ana, 'Play').click();
  await Promise.all([waitUntilPlaying(ana), waitUntilPlaying(ben)]);
  const cem = await browsers.openPage();
  const seeks = await countSeeks(cem);
  await joinByLink(cem, link, 'Cem');
  await waitUntilPlaying(cem);
  await ana.keyboard.press('l');
  await ana.locator('.toast', { hasText: 'This is live' }).waitFor();
  await openMembers(ana);
  for (const name of ['Ana', 'Ben', 'Cem']) await ana.locator('.member', { hasText: name }).getByText('live').waitFor();
  // Longer than the window of the broadcast.
  await Promise.all([ana, ben, cem].map(async (page) => waitUntilPlaying(page, (await readPlayer(page)).position + 26, 35_000)));
  for (const page of [ana, ben, cem]) expect(await page.locator('.spinner').count()).toBe(0);
  expect(await seeks()).toBeLessThanOrEqual(3);
  await control(ana, 'Pause').click();
  for (const page of [ana, ben, cem]) await expect.poll(async () => (await readPlayer(page)).paused).toBe(true);
  await control(ana, 'Play').click();
  await Promise.all([ana, ben, cem].map((page) => waitUntilPlaying(page)));
});
