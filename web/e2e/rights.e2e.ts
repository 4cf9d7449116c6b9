/** Who may do what: shared control, the way back from a jump, hosts and the owner, the chat's rules, titles and lists. */
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { control, createRoom, joinByLink, openRoomOfTwo, openRoomWithFilm, say, useBrowsers } from './support/browsers';
import { readPlayer, waitUntilPaused } from './support/film';
import { act, chooseEntry, closeMenu, inside, menu, openMenu } from './support/host-menu';

const browsers = useBrowsers();

async function chooseControl(page: Page, who: 'Hosts' | 'Everybody'): Promise<void> {
  await openMenu(page, 'Room');
  await menu(page).getByRole('group', { name: 'Play, pause, jump, speed' }).getByRole('button', { name: who }).click();
}

async function chooseWriters(page: Page, who: 'Hosts' | 'Everybody'): Promise<void> {
  await openMenu(page, 'Room');
  await menu(page).getByRole('group', { name: 'Who may write' }).getByRole('button', { name: who }).click();
}

test('RT4 RT8 a guest controls the film when everybody may, and takes a jump back', async () => {
  const { ana, ben } = await openRoomWithFilm(browsers);
  await chooseControl(ana, 'Everybody');
  await closeMenu(ana);
  await ben.getByText('Ana let everybody control the film').first().waitFor();
  await control(ben, 'Ahead 10 seconds').click();
  await waitUntilPaused(ana, 10);
  await ana.getByText('Ben moved the film to 0:10').first().waitFor();
  await ben.getByRole('button', { name: 'Undo jump' }).click();
  await waitUntilPaused(ana, 0);
  await ana.getByText('Ben took the jump back, to 0:00').first().waitFor();
  await ben.getByRole('button', { name: 'Undo jump' }).waitFor({ state: 'detached' });

  await chooseControl(ana, 'Hosts');
  await expect.poll(() => control(ben, 'Play').getAttribute('aria-disabled')).toBe('true');
  expect((await readPlayer(ben)).paused).toBe(true);
});

test('RT6 the owner gives the remote, takes it back, and a host gives it up', async () => {
  const { ana, ben } = await openRoomOfTwo(browsers);
  await act(ana, 'Ben', 'Give the remote');
  await ben.locator('.toast', { hasText: 'You hold the remote now' }).waitFor();
  await act(ana, 'Ben', 'Take the remote back');
  await ben.locator('.toast', { hasText: 'Ana took the remote back from you' }).waitFor();
  await act(ana, 'Ben', 'Give the remote');
  await act(ben, 'Ben', 'Give up the remote');
  // The menu of a guest closes.
  await menu(ben).waitFor({ state: 'hidden' });
  await ana.getByText('Ben gave up the remote').waitFor();
});

test('RT2 the new owner can do what only the owner may, and the former cannot', async () => {
  const { ana, ben, link } = await openRoomOfTwo(browsers);
  await act(ana, 'Ben', 'Make owner…');
  await menu(ana).getByRole('button', { name: 'Hand over' }).click();
  await ben.locator('.toast', { hasText: 'Ana handed the room over to you' }).waitFor();
  await openMenu(ana, 'People');
  expect(await menu(ana).getByRole('button', { name: 'Actions for Ben' }).count()).toBe(0);
  await act(ben, 'Ana', 'Take the remote back');
  await menu(ana).waitFor({ state: 'hidden' });
  // The new owner's right lives in the browser: it leaves, returns by the link, and owns the room.
  await ben.getByRole('button', { name: 'Close' }).click();
  await ben.getByRole('link', { name: 'Leave the room', exact: true }).click();
  await ana.getByText('Ben left').waitFor();
  await joinByLink(ben, link, 'Ben');
  await openMenu(ben, 'People');
  await menu(ben).getByText('Owner', { exact: true }).waitFor();
});

test('EN11 a muted member reads along, and writes again when allowed', async () => {
  const { ana, ben } = await openRoomOfTwo(browsers);
  await act(ana, 'Ben', 'Mute in the chat');
  await expect.poll(() => ben.locator('#chat-input').getAttribute('readonly')).not.toBeNull();
  await ben.getByPlaceholder('A host has muted you').waitFor();
  await ben.reload();
  await ben.getByPlaceholder('A host has muted you').waitFor();
  await act(ana, 'Ben', 'Let write again');
  await closeMenu(ana);
  await ben.getByPlaceholder('Say something').waitFor();
  await say(ben, 'thank you');
  await ana.locator('.message', { hasText: 'thank you' }).waitFor();
});

test('RT5 only hosts write, or guests write slowly, when the host says so', async () => {
  const { ana, ben } = await openRoomOfTwo(browsers);
  await chooseWriters(ana, 'Hosts');
  await ben.getByPlaceholder('Only hosts can write now').waitFor();
  await chooseWriters(ana, 'Everybody');
  await menu(ana).getByRole('button', { name: 'Every 30 s' }).click();
  await closeMenu(ana);
  await ben.getByPlaceholder('One message every 30 s').waitFor();
  await say(ben, 'one');
  await ana.locator('.message', { hasText: 'one' }).waitFor();
  await ben.getByRole('button', { name: /^Send, in \d+ s$/ }).waitFor();
  await say(ben, 'two');
  // What cannot be sent yet stays in the field.
  expect(await ben.locator('#chat-input').inputValue()).toBe('two');
  expect(await ana.locator('.message', { hasText: 'two' }).count()).toBe(0);
  await say(ana, 'hosts are quick');
  await say(ana, 'and quicker');
  await ben.locator('.message', { hasText: 'and quicker' }).waitFor();
});

test('RT3 a room is created with a title, a password and shared control', async () => {
  const ana = await browsers.openPage();
  await ana.goto('/create');
  await ana.getByLabel('Your name').fill('Ana');
  await ana.getByRole('button', { name: 'Title, password, who may control' }).click();
  await ana.getByLabel('Title of the room').fill('Filmabend für Größen 映画の夜');
  await ana.getByLabel('With a password').check();
  await ana.getByLabel('Everybody', { exact: true }).check();
  await ana.getByRole('button', { name: 'Open the doors' }).click();
  await ana.getByText('A password has at least 4 characters').waitFor();
  await ana.getByLabel('Password of the room').fill('geheim');
  await ana.getByRole('button', { name: 'Open the doors' }).click();
  await ana.getByText('What are we watching?').waitFor();
  await ana.locator('.room-title', { hasText: 'Filmabend für Größen 映画の夜' }).waitFor();
  await openMenu(ana, 'Room');
  await menu(ana).getByRole('button', { name: 'Everybody', pressed: true }).first().waitFor();
  await openMenu(ana, 'The door');
  await menu(ana).getByRole('button', { name: 'With a password', pressed: true }).waitFor();
});

test('RT20 RT23 names of every script come in, and a lookalike of a member does not', async () => {
  const ana = await browsers.openPage();
  const link = await createRoom(ana, 'Анна');
  const ben = await browsers.openPage();
  await joinByLink(ben, link, 'Zoë Ünal');
  await ana.getByText('Zoë Ünal came in').waitFor();
  const copy = await browsers.openPage();
  await copy.goto(link);
  // Its first letter is a Latin one.
  await copy.getByLabel('Your name').fill('Aнна');
  await copy.getByRole('button', { name: 'Take a seat' }).click();
  await copy.getByText('The name Aнна belongs to the host of this room').waitFor();
  await copy.getByLabel('Your name').fill('映画 好き');
  await copy.getByRole('button', { name: 'Take a seat' }).click();
  await inside(copy);
});

test('EN12 a listed room is on the start page, and this browser’s last rooms are kept until forgotten', async () => {
  const { ana, link } = await openRoomOfTwo(browsers);
  const code = link.slice(-6);
  const title = `Open to all ${code}`;
  await openMenu(ana, 'Room');
  await menu(ana).getByLabel('Title').fill(title);
  await menu(ana).getByRole('button', { name: 'Save' }).click();
  await menu(ana)
    .getByRole('switch', { name: /Show it on the start page/ })
    .click();
  await menu(ana)
    .getByRole('switch', { name: /Show it on the start page/, checked: true })
    .waitFor();
  await chooseEntry(ana, 'When a host lets them in');

  const guest = await browsers.openPage();
  const listed = guest.getByRole('region', { name: 'Showing now' }).getByRole('link', { name: new RegExp(code) });
  // The directory may be some seconds old.
  await expect
    .poll(async () => {
      await guest.goto('/');
      await guest.getByRole('link', { name: 'Create a room' }).waitFor();
      return listed.isVisible();
    })
    .toBe(true);
  expect(await listed.innerText()).toMatch(title);
  await listed.click();
  await guest.getByRole('heading', { name: 'You are invited' }).waitFor();

  await closeMenu(ana);
  await ana.getByRole('link', { name: 'Leave the room', exact: true }).click();
  const recent = ana.getByRole('region', { name: 'Your last rooms' });
  await recent.getByText(title).waitFor();
  await recent.getByRole('button', { name: `Forget the room ${title}` }).click();
  await recent.waitFor({ state: 'detached' });
  await ana.reload();
  await ana.getByRole('link', { name: 'Create a room' }).waitFor();
  expect(await recent.count()).toBe(0);
});
