/** The screens of rights and entry for everybody: axe, small screens, and the keyboard alone. */
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { createRoom, joinByLink, showSample, useBrowsers } from './support/browsers';
import {
  act,
  axeViolations,
  chooseEntry,
  closeMenu,
  enterPassword,
  heading,
  inside,
  invite,
  knock,
  lockWithPassword,
  menu,
  openMenu,
  remove,
} from './support/host-menu';

const browsers = useBrowsers();

/** Checks a screen: what axe finds, and that nothing overflows. */
async function check(page: Page): Promise<void> {
  expect(await axeViolations(page)).toEqual([]);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(wide).toBeLessThanOrEqual(0);
  const boxes = await page
    .locator('dialog[open] .menu-panel:not([hidden])')
    .evaluateAll((panels) => panels.map((panel) => panel.scrollWidth - panel.clientWidth));
  expect(boxes.every((more) => more <= 0)).toBe(true);
}

describe.each([
  [390, 844],
  [1440, 900],
])('on %i × %i axe finds nothing', (width, height) => {
  const open = () => browsers.openPage({ width, height, touch: width < 900 });

  test('on the settings of a new room, the menu and the invitation', async () => {
    const ana = await open();
    await ana.goto('/create');
    await ana.getByRole('button', { name: 'Title, password, who may control' }).click();
    await ana.getByLabel('With a password').check();
    await check(ana);
    await createRoom(ana);
    await check(ana);
    await openMenu(ana, 'Room');
    await check(ana);
    await invite(ana);
    await check(ana);
    await menu(ana)
      .getByRole('button', { name: /^Revoke the invitation/ })
      .click();
    await check(ana);
  });

  test('at the door', async () => {
    const ana = await open();
    const link = await createRoom(ana);
    const invitation = await invite(ana);
    await chooseEntry(ana, 'When a host lets them in');
    await closeMenu(ana);
    const cem = await open();
    await knock(cem, link, 'Cem');
    await heading(cem, 'You are at the door').waitFor();
    await check(cem);
    await ana.getByRole('button', { name: 'Decline Cem' }).waitFor();
    await check(ana);
    await openMenu(ana, 'The door');
    await check(ana);
    await menu(ana).getByRole('button', { name: 'Decline Cem' }).click();
    await heading(cem, 'Not this time').waitFor();
    await check(cem);
    await menu(ana)
      .getByRole('button', { name: /^Revoke the invitation/ })
      .click();
    await menu(ana).getByRole('button', { name: 'Revoke', exact: true }).click();
    await menu(ana).getByRole('list', { name: 'Open invitations' }).waitFor({ state: 'detached' });
    const dan = await open();
    await knock(dan, invitation, 'Dan');
    await heading(dan, 'This invitation has run out').waitFor();
    await check(dan);
    await chooseEntry(ana, 'Nobody new');
    await check(ana);
    await dan.getByRole('button', { name: 'Come in without it' }).click();
    await heading(dan, 'The doors are closed').waitFor();
    await check(dan);
  });

  test('with a password', async () => {
    const ana = await open();
    const link = await createRoom(ana);
    await lockWithPassword(ana, 'open sesame');
    await check(ana);
    await menu(ana).getByRole('button', { name: 'Remove the password' }).click();
    await check(ana);
    const cem = await open();
    await knock(cem, link, 'Cem');
    await heading(cem, 'What’s the word?').waitFor();
    await check(cem);
    await enterPassword(cem, 'open barley');
    await cem.getByText('That is not the password').waitFor();
    await check(cem);
  });

  test('on what hosts do with people, and on what these see', async () => {
    const ana = await open();
    const link = await createRoom(ana);
    const ben = await open();
    await joinByLink(ben, link, 'Ben');
    const cem = await open();
    await joinByLink(cem, link, 'Cem');
    await act(ana, 'Cem', 'Make owner…');
    await check(ana);
    await menu(ana).getByRole('button', { name: 'Cancel' }).click();
    await act(ana, 'Cem', 'Remove…');
    await check(ana);
    await menu(ana).getByRole('button', { name: 'Cancel' }).click();
    await remove(ana, 'Cem', '1 hour');
    await heading(cem, 'You cannot come in here').waitFor();
    await check(cem);
    await menu(ana).getByRole('button', { name: 'Lift the ban of Cem' }).waitFor();
    await check(ana);
    await act(ana, 'Ben', 'Mute in the chat');
    await ben.getByPlaceholder('A host has muted you').waitFor();
    await check(ben);
    await closeMenu(ana);
    await showSample(ana);
    await ana.keyboard.press('l');
    await ana.getByRole('button', { name: 'Undo jump' }).waitFor();
    await check(ana);
    // The start page with the rooms of this browser, and the directory.
    await openMenu(ana, 'Room');
    await menu(ana).getByRole('switch').click();
    await closeMenu(ana);
    await ana.getByRole('link', { name: 'Leave the room', exact: true }).click();
    await ana.getByRole('region', { name: 'Your last rooms' }).waitFor();
    await check(ana);
  });
});

/** Presses Tab until the focus is on a control whose name or text matches, then Enter. */
async function press(page: Page, name: RegExp): Promise<void> {
  for (let i = 0; i < 60; i++) {
    await page.keyboard.press('Tab');
    const here = await page.evaluate(() => {
      const element = document.activeElement as HTMLInputElement | null;
      return element?.getAttribute('aria-label') ?? element?.labels?.[0]?.textContent ?? element?.textContent ?? '';
    });
    if (!name.test(here)) continue;
    await page.keyboard.press('Enter');
    return;
  }
  throw new Error(`No way to ${name} by Tab`);
}

test('a host sets the door, answers, mutes, removes, lifts and hands over by keyboard alone', async () => {
  const ana = await browsers.openPage();
  const link = await createRoom(ana);
  const ben = await browsers.openPage();
  await joinByLink(ben, link, 'Ben');
  const troll = await browsers.openPage();
  await joinByLink(troll, link, 'Troll');

  await press(ana, /^Room menu/);
  await menu(ana).getByRole('tab', { name: 'Room', exact: true }).waitFor();
  // The focus is in the dialog; its tabs change by arrows.
  await press(ana, /^Room$/);
  await ana.keyboard.press('ArrowRight');
  await press(ana, /^When a host lets them in/);
  await menu(ana).getByRole('button', { name: 'When a host lets them in', pressed: true }).waitFor();
  await press(ana, /^Create an invitation$/);
  await menu(ana).getByLabel('Link of the invitation').waitFor();
  await ana.keyboard.press('Escape');
  await menu(ana).waitFor({ state: 'hidden' });

  const cem = await browsers.openPage();
  await knock(cem, link, 'Cem');
  await ana.getByRole('button', { name: 'Let in Cem' }).waitFor();
  await press(ana, /^Let in Cem$/);
  await inside(cem);

  await press(ana, /^Room menu/);
  await press(ana, /^Room$/);
  await ana.keyboard.press('ArrowLeft');
  await press(ana, /^Actions for Troll$/);
  await press(ana, /^Mute in the chat$/);
  await troll.getByPlaceholder('A host has muted you').waitFor();
  await press(ana, /^Remove…$/);
  // The focus is on the question's button, so that Enter answers; the duration stands before it.
  await menu(ana).getByRole('button', { name: 'Remove', exact: true }).waitFor();
  await ana.keyboard.press('Shift+Tab');
  await ana.keyboard.press('Enter');
  await press(ana, /^Remove and ban$/);
  await heading(troll, 'You cannot come in here').waitFor();
  await press(ana, /^Lift the ban of Troll$/);
  await menu(ana).getByRole('list', { name: 'Banned people' }).waitFor({ state: 'detached' });
  await press(ana, /^Actions for Ben$/);
  await press(ana, /^Make owner…$/);
  await menu(ana).getByRole('button', { name: 'Hand over' }).waitFor();
  await ana.keyboard.press('Enter');
  await ben.locator('.toast', { hasText: 'Ana handed the room over to you' }).waitFor();
});

test('a guest enters a password, and waits at a door, by keyboard alone', async () => {
  const ana = await browsers.openPage();
  const link = await createRoom(ana);
  await lockWithPassword(ana, 'open sesame');
  const ben = await browsers.openPage();
  await ben.goto(link);
  await ben.getByLabel('Your name').waitFor();
  await expect.poll(() => ben.evaluate(() => document.activeElement?.tagName)).toBe('INPUT');
  await ben.keyboard.type('Ben');
  await ben.keyboard.press('Enter');
  await heading(ben, 'What’s the word?').waitFor();
  await expect.poll(() => ben.evaluate(() => document.activeElement?.getAttribute('name'))).toBe('room-password');
  await ben.keyboard.type('wrong');
  await ben.keyboard.press('Enter');
  await ben.getByText('That is not the password').waitFor();
  await ben.keyboard.type('open sesame');
  await ben.keyboard.press('Enter');
  await inside(ben);

  await chooseEntry(ana, 'When a host lets them in');
  const cem = await browsers.openPage();
  await cem.goto(link);
  await expect.poll(() => cem.evaluate(() => document.activeElement?.tagName)).toBe('INPUT');
  await cem.keyboard.type('Cem');
  await cem.keyboard.press('Enter');
  await heading(cem, 'You are at the door').waitFor();
  await press(cem, /^Stop waiting$/);
  await cem.getByRole('link', { name: 'Create a room' }).waitFor();
});
