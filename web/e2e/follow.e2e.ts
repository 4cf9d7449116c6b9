/** Films that stand still no more: servers that cannot jump, and broadcasts (VF1 to VF4). */
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { House, control, createRoom, joinByLink, openPeople, showLink } from './support/house';
import { read, running } from './support/film';
import { serveOdd } from './support/odd-server';

let house: House;
let odd: Awaited<ReturnType<typeof serveOdd>>;
beforeAll(async () => {
  house = await House.open();
  odd = await serveOdd();
});
afterEach(() => house.clear());
afterAll(async () => {
  await house.close();
  await odd.close();
});

/** Counts the seeks of a page's film from its first moment on. */
async function countSeeks(page: Page): Promise<() => Promise<number>> {
  await page.addInitScript(() => {
    const counted = window as unknown as { seeks: number };
    counted.seeks = 0;
    // Also of films in a shadow tree, whose events stay there.
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

test('VF1 no ranges: a late guest reads why, sees the film, and nobody waits', async () => {
  const ana = await house.person();
  const link = await createRoom(ana);
  await showLink(ana, `${odd.url}/plain/film.mp4`);
  await control(ana, 'Play').click();
  await running(ana, 8);
  const ben = await house.person();
  const seeks = await countSeeks(ben);
  await joinByLink(ben, link, 'Ben');
  await ben.getByText(CANNOT).waitFor();
  await ben.getByRole('button', { name: 'Sync: cannot follow' }).waitFor();
  await running(ben, 1);
  expect(await seeks()).toBeLessThanOrEqual(1);
  await openPeople(ana);
  await ana.locator('.person', { hasText: 'Ben' }).getByText('cannot follow').waitFor();

  // A jump would leave everybody behind: it is refused in words, and the film goes on.
  await control(ana, 'Ahead 10 seconds').click();
  await ana.locator('.toast', { hasText: 'This film’s server cannot jump.' }).waitFor();
  const { position } = await read(ana);
  await running(ana, position + 0.5);

  // From the beginning everybody can.
  await ana.getByLabel('Position in the film').focus();
  await ana.keyboard.press('Home');
  await ben.getByText(CANNOT).waitFor({ state: 'detached' });
  await Promise.all([running(ana, 0.5), running(ben, 0.5)]);
  await ben.getByRole('button', { name: 'Sync: in step' }).waitFor();
});

test.each(['/liar/film.mp4', '/deaf/film.mp4'])(
  'VF1 %s, ranges that are not what they say: tries end, and the others go on',
  async (path) => {
    house.tolerated = [/./];
    const ana = await house.person();
    const link = await createRoom(ana);
    await showLink(ana, odd.url + path);
    await control(ana, 'Play').click();
    await running(ana, 6);
    const ben = await house.person();
    const seeks = await countSeeks(ben);
    await joinByLink(ben, link, 'Ben');
    await ana.waitForTimeout(20_000);
    expect(await seeks()).toBeLessThanOrEqual(5);
    await running(ana);
  },
);

test('VF2 a broadcast: live for everybody, without a bar to jump in, and no seeks that fight its window', async () => {
  const ana = await house.person();
  const link = await createRoom(ana);
  const ben = await house.person();
  await joinByLink(ben, link, 'Ben');
  await showLink(ana, `${odd.url}/live/main.m3u8`);
  for (const page of [ana, ben]) {
    await page.locator('.bar-live', { hasText: 'Live' }).waitFor();
    expect(await page.getByLabel('Position in the film').count()).toBe(0);
  }
  await control(ana, 'Play').click();
  await Promise.all([running(ana), running(ben)]);
  const cem = await house.person();
  const seeks = await countSeeks(cem);
  await joinByLink(cem, link, 'Cem');
  await running(cem);
  await ana.keyboard.press('l');
  await ana.locator('.toast', { hasText: 'This is live' }).waitFor();
  await openPeople(ana);
  for (const name of ['Ana', 'Ben', 'Cem']) await ana.locator('.person', { hasText: name }).getByText('live').waitFor();
  // Longer than the window is: everybody goes on with it.
  await ana.waitForTimeout(26_000);
  await Promise.all([ana, ben, cem].map((page) => running(page)));
  for (const page of [ana, ben, cem]) expect(await page.locator('.spinner').count()).toBe(0);
  expect(await seeks()).toBeLessThanOrEqual(3);
  await control(ana, 'Pause').click();
  for (const page of [ana, ben, cem]) await expect.poll(async () => (await read(page)).paused).toBe(true);
  await control(ana, 'Play').click();
  await Promise.all([ana, ben, cem].map((page) => running(page)));
});
