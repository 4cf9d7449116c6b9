/** What stands over the film: reactions, and the chat in full screen and on a phone in landscape. */
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import {
  type PageOptions,
  control,
  createRoom,
  filmReady,
  joinByLink,
  openRoomWithFilm,
  say,
  showSample,
  useBrowsers,
} from './support/browsers';
import { axeViolations } from './support/host-menu';

const browsers = useBrowsers();

const SCREENS = [
  { width: 390, height: 844, touch: true },
  { width: 844, height: 390, touch: true },
  { width: 1440, height: 900 },
] satisfies PageOptions[];

const message = (page: Page, text: string) => page.locator('.over-film-message', { hasText: text });

test('FX1 a reaction of one page floats on the other, until that viewer turns them off', async () => {
  const { ana, ben } = await openRoomWithFilm(browsers);
  await ana.bringToFront();
  await ana.keyboard.press('r');
  const picker = ana.getByRole('group', { name: 'Reactions to the film' });
  await expect.poll(() => ana.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('Laughing');
  await ana.keyboard.press('ArrowRight');
  await ana.keyboard.press('Enter');
  await ben.locator('.floating', { hasText: '❤️' }).waitFor();
  await ben.locator('.floating', { hasText: 'Ana' }).waitFor();
  await ana.locator('.floating', { hasText: 'You' }).waitFor();
  await ana.keyboard.press('Escape');
  await picker.waitFor({ state: 'detached' });
  expect(await ana.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('React to the film');

  await control(ben, 'React to the film').click();
  await ben.getByRole('button', { name: 'Hide reactions' }).click();
  await ben.locator('.reactions-over').waitFor({ state: 'detached' });
  await control(ana, 'React to the film').click();
  await picker.getByRole('button', { name: 'Applause' }).click();
  await ana.locator('.floating', { hasText: '👏' }).waitFor();
  await ben.reload();
  await ben.locator('.bar').waitFor();
  expect(await ben.locator('.reactions-over').count()).toBe(0);
});

test('FX1 with reduced motion reactions are counted in place', async () => {
  const { ana, ben } = await openRoomWithFilm(browsers);
  await ben.emulateMedia({ reducedMotion: 'reduce' });
  await ana.bringToFront();
  await ana.keyboard.press('r');
  await ana.getByRole('button', { name: 'Fire' }).click();
  await ana.getByRole('button', { name: 'Fire' }).click();
  await ben.locator('.reactions-still', { hasText: '🔥 2' }).waitFor();
  expect(await ben.locator('.floating').count()).toBe(0);
});

test.each(SCREENS)('messages are over the film where the chat is out of sight, at %o', async (screen) => {
  const ana = await browsers.openPage(screen);
  const link = await createRoom(ana);
  await showSample(ana);
  const ben = await browsers.openPage();
  await joinByLink(ben, link, 'Ben');
  await filmReady(ben);
  await ana.bringToFront();
  // A phone in landscape has the chat beside the film until it is hidden.
  if (screen.height < 480) await ana.getByRole('button', { name: 'Hide the chat' }).click();
  else await control(ana, 'Full screen').click();
  await say(ben, 'she did it: ||the butler||');
  await message(ana, 'she did it').waitFor();
  expect(await ana.locator('.over-film-message .spoiler [inert]').count()).toBe(1);
  expect(await axeViolations(ana)).toEqual([]);

  await control(ana, 'Write in the chat').click();
  const field = ana.locator('#fullscreen-chat-input');
  await field.fill('no');
  await field.press('Escape');
  await field.waitFor({ state: 'detached' });
  expect(await ana.locator('.player-area').getAttribute('data-fullscreen')).toBe(screen.height < 480 ? 'no' : 'screen');
  await control(ana, 'Write in the chat').click();
  expect(await axeViolations(ana)).toEqual([]);
  await field.fill('I knew it');
  await field.press('Enter');
  await message(ana, 'I knew it').waitFor();
  await ben.getByText('I knew it').waitFor();
  await control(ana, 'React to the film').click();
  expect(await axeViolations(ana)).toEqual([]);
});
