/** The queue: adding, moving, voting, playing on, and what was played. */
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { BASE_URL, control, filmReady, openRoomOfTwo, openRoomWithFilm, useBrowsers } from './support/browsers';
import { measureSkewMs, readPlayer, waitUntilPlaying } from './support/film';
import { axeViolations, closeMenu, menu, openMenu } from './support/host-menu';

const browsers = useBrowsers();

/** The sample film under another address. */
const film = (name: string) => `${BASE_URL}/media/sample.mp4?${name}`;
const NARROW = { width: 390, height: 844 };
const WIDE = { width: 1440, height: 900 };

const openQueue = (page: Page) => page.getByRole('tab', { name: /^Queue/ }).click();
const rows = (page: Page) => page.getByRole('list', { name: 'Up next' }).getByRole('listitem');
const current = (page: Page) => page.getByRole('region', { name: 'On the screen' });

async function add(page: Page, links: string[], how = 'Add to the end'): Promise<void> {
  await page.getByLabel('Paste one or more links').fill(links.join('\n'));
  await page.getByRole('button', { name: how, exact: true }).click();
}

/** The last letter of each link, in the order in which the films are shown. */
async function order(page: Page): Promise<string> {
  return page.evaluate(() => {
    const drawn = [...document.querySelectorAll<HTMLElement>('.queue-row')];
    const top = (row: HTMLElement) => row.getBoundingClientRect().top;
    return drawn
      .sort((a, b) => top(a) - top(b))
      .map((row) => row.querySelector('b')!.textContent?.at(-1))
      .join('');
  });
}

/** Files of no server: their titles are their names. Nothing is fetched before they are shown. */
const named = (letter: string) => `https://films.example/Film_${letter}.mp4`;

/** Opens the list of what was played, if something was. */
async function openPlayed(page: Page): Promise<void> {
  const head = page.getByRole('button', { name: /^Played/, expanded: false });
  if ((await head.count()) > 0) await head.click();
}

/** Checks the queue beside the chat, and as a sheet of a phone. */
async function clean(page: Page): Promise<void> {
  for (const size of [WIDE, NARROW]) {
    await page.setViewportSize(size);
    if (size === NARROW) await page.getByRole('button', { name: /^Queue/ }).click();
    await current(page).waitFor();
    await openPlayed(page);
    expect(await axeViolations(page)).toEqual([]);
    if (size === NARROW) await page.getByRole('button', { name: 'Close' }).click();
  }
  await page.setViewportSize(WIDE);
  await page.getByRole('tab', { name: /^Queue/ }).waitFor();
}

test('QU1 QU2 QU5 films are added by a paste, moved by keyboard, removed and put back', async () => {
  const { ana, ben } = await openRoomWithFilm(browsers);
  await Promise.all([openQueue(ana), openQueue(ben)]);
  await add(ana, [named('A'), 'what a film', named('B'), named('C')]);
  await ana.getByText('3 added. This one is no film:').waitFor();
  await expect.poll(() => order(ben)).toBe('ABC');
  await ben.getByRole('tab', { name: 'Queue 3' }).waitFor();
  // A guest without the right sees the list and cannot change it.
  expect(await ben.getByRole('button', { name: 'Move Film A' }).count()).toBe(0);

  await ana.getByRole('button', { name: 'Move Film C' }).focus();
  await ana.keyboard.press('Space');
  await ana.keyboard.press('ArrowUp');
  await ana.keyboard.press('ArrowUp');
  await ana.getByText('1 of 3', { exact: true }).waitFor({ state: 'attached' });
  await ana.keyboard.press('Space');
  await expect.poll(() => order(ben)).toBe('CAB');
  await expect.poll(() => order(ana)).toBe('CAB');
  expect(await ana.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('Move Film C');

  await add(ana, [named('D')], 'Play next');
  await expect.poll(() => order(ben)).toBe('DCAB');
  await ana.getByRole('button', { name: 'More for Film A' }).click();
  await ana.getByRole('menuitem', { name: 'Remove' }).click();
  await expect.poll(() => order(ben)).toBe('DCB');
  await ana.locator('.toast').getByRole('button', { name: 'Undo' }).click();
  await expect.poll(() => order(ben)).toBe('DCAB');
  await ben.getByRole('tab', { name: 'Chat' }).click();
  await ben.getByText('Ana removed Film A from the queue').waitFor();
  await clean(ana);
});

test('QU6 QU7 a guest votes, the votes decide, and enough of them skip the film', async () => {
  const { ana, ben } = await openRoomWithFilm(browsers);
  await Promise.all([openQueue(ana), openQueue(ben)]);
  await add(ana, [film('A'), film('B')]);
  await expect.poll(() => rows(ben).count()).toBe(2);
  await ana.getByRole('button', { name: 'By votes' }).click();
  const second = rows(ben)
    .nth(1)
    .getByRole('button', { name: /^Vote for/ });
  const id = await rows(ben).nth(1).getAttribute('data-item');
  await second.click();
  await expect.poll(() => rows(ana).first().getAttribute('data-item')).toBe(id);
  await ana.getByRole('button', { name: /^Vote for .*, 1 vote$/ }).waitFor();

  // Two of two are needed from here on.
  await openMenu(ana, 'Room');
  await menu(ana).getByRole('group', { name: 'Votes needed to skip a film' }).getByRole('button', { name: 'All' }).click();
  await closeMenu(ana);
  await ben.getByRole('button', { name: 'Vote to skip' }).click();
  await ana.getByRole('button', { name: 'Vote to skip 1 of 2' }).click();
  await expect.poll(() => ben.evaluate(() => document.querySelector('video')?.src)).toBe(film('B'));
  await Promise.all([filmReady(ana), filmReady(ben)]);
  await ben.getByRole('button', { name: 'Vote to skip', pressed: false }).waitFor();
  await expect.poll(() => rows(ben).count()).toBe(1);
});

test('QU8 QU10 at the end of a film the next one plays on both pages, in step, without a click', async () => {
  const { ana, ben } = await openRoomOfTwo(browsers);
  await ana.getByLabel(/Paste a YouTube/).fill(`${film('A')} ${film('B')}`);
  await ana.getByRole('button', { name: 'Show the first, queue the rest' }).click();
  await Promise.all([filmReady(ana), filmReady(ben)]);
  await ana.getByLabel('Position in the film').fill('145');
  await expect.poll(async () => (await readPlayer(ben)).position).toBeGreaterThan(144);
  await control(ana, 'Play').click();
  const card = ben.getByRole('group', { name: 'Next film' });
  await card.getByText(/plays in [1-5] s/).waitFor();
  expect(await card.getByRole('button').allInnerTexts()).toEqual(['Stay here']);
  await ana.setViewportSize(NARROW);
  await ana.getByRole('group', { name: 'Next film' }).getByRole('button', { name: 'Play now' }).waitFor();
  await ana.setViewportSize(WIDE);

  const shown = (page: Page) => page.evaluate(() => document.querySelector('video')?.src);
  await expect.poll(() => shown(ana)).toBe(film('B'));
  await expect.poll(() => shown(ben)).toBe(film('B'));
  await Promise.all([waitUntilPlaying(ana, 1), waitUntilPlaying(ben, 1)]);
  const apart = await measureSkewMs(ana, ben);
  expect(apart).toBeLessThan(250);
  console.log(`apart: ${apart.toFixed(1)} ms after playing on`);
  await card.waitFor({ state: 'detached' });
});

test('QU3 a host goes on and back, and what was played is shown again', async () => {
  const { ana, ben } = await openRoomWithFilm(browsers);
  await Promise.all([openQueue(ana), openQueue(ben)]);
  await add(ana, [film('A'), film('B')]);
  await expect.poll(() => rows(ben).count()).toBe(2);
  const shown = () => ben.evaluate(() => document.querySelector('video')?.src);
  await ana.getByRole('button', { name: 'Next film' }).click();
  await expect.poll(shown).toBe(film('A'));
  await ana.getByRole('button', { name: 'Previous film' }).click();
  await expect.poll(shown).toBe(`${BASE_URL}/media/sample.mp4`);
  await expect.poll(() => rows(ben).count()).toBe(2);
  await add(ana, [film('C')], 'Play now');
  await expect.poll(shown).toBe(film('C'));
  await clean(ana);
  // The list is drawn anew, and closed, while the page changes its size.
  await expect
    .poll(async () => {
      await openPlayed(ana);
      return ana.getByRole('list', { name: 'Played' }).isVisible();
    })
    .toBe(true);
  await ana
    .getByRole('list', { name: 'Played' })
    .getByRole('button', { name: /again$/ })
    .first()
    .click();
  await expect.poll(shown).toBe(`${BASE_URL}/media/sample.mp4`);
  await ben.getByRole('tab', { name: 'Chat' }).click();
  await ben.getByText('Ana put on Sample').last().waitFor();
  // A film that was played is in the list no more than once, and nothing was lost.
  await expect.poll(() => rows(ana).count()).toBe(2);
});
