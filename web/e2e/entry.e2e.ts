/** Who may come in: password, approval, invitations, removal, bans, and a stock client at the door. */
import { type Socket, io } from 'socket.io-client';
import { expect, test } from 'vitest';
import { BASE_URL, createRoom, joinByLink, openMembers, openRoomOfTwo, useBrowsers } from './support/browsers';
import {
  act,
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

test('EN2 a password is asked for, a wrong one is explained, and the right one opens', async () => {
  const { ana, ben, link } = await openRoomOfTwo(browsers);
  await lockWithPassword(ana, 'open sesame');
  await ben.getByText('Ana locked the room with a password').waitFor();
  const cem = await browsers.openPage();
  await knock(cem, link, 'Cem');
  await heading(cem, 'What’s the word?').waitFor();
  await enterPassword(cem, 'open barley');
  await cem.getByText('That is not the password').waitFor();
  expect(cem.url()).toBe(link);
  await enterPassword(cem, 'open sesame');
  await inside(cem);
  // A member who reloads the page is asked nothing.
  await cem.reload();
  await inside(cem);
});

test('EN2 a removed password opens the room again, after a question', async () => {
  const ana = await browsers.openPage();
  const link = await createRoom(ana);
  await lockWithPassword(ana, 'open sesame');
  const remover = menu(ana).getByRole('button', { name: 'Remove the password' });
  await remover.click();
  await menu(ana).getByRole('button', { name: 'Cancel' }).click();
  await remover.click();
  await menu(ana).getByRole('button', { name: 'Remove it' }).click();
  await menu(ana).getByRole('button', { name: 'Everybody with the link', pressed: true }).waitFor();
  await joinByLink(await browsers.openPage(), link, 'Ben');
});

test('EN3 after five wrong passwords the page counts down', async () => {
  const ana = await browsers.openPage();
  const link = await createRoom(ana);
  await lockWithPassword(ana, 'open sesame');
  const troll = await browsers.openPage();
  await knock(troll, link, 'Troll');
  for (let i = 0; i < 5; i++) {
    await enterPassword(troll, `guess number ${i}`);
    await troll.getByText('That is not the password').waitFor();
    await expect.poll(() => troll.getByLabel('Password', { exact: true }).inputValue()).toBe('');
  }
  await enterPassword(troll, 'open sesame');
  await troll.getByText(/You can try again in 9 min|You can try again in 10 min/).waitFor();
  expect(await troll.getByRole('button', { name: 'Please wait' }).getAttribute('aria-disabled')).toBe('true');
});

test('EN4 a host lets one in and declines another, and a reload keeps the place at the door', async () => {
  const ana = await browsers.openPage();
  const link = await createRoom(ana);
  await chooseEntry(ana, 'When a host lets them in');
  await closeMenu(ana);
  const ben = await browsers.openPage();
  await knock(ben, link, 'Ben');
  await heading(ben, 'You are at the door').waitFor();
  await ben.getByText('A host has been asked to let you in').waitFor();
  await ana.getByRole('button', { name: 'Let in Ben' }).waitFor();
  await ben.reload();
  await heading(ben, 'You are at the door').waitFor();
  await ana.getByRole('button', { name: 'Let in Ben' }).click();
  await inside(ben);

  const cem = await browsers.openPage();
  const dan = await browsers.openPage();
  await knock(cem, link, 'Cem');
  await ana.getByRole('button', { name: 'Decline Cem' }).waitFor();
  await knock(dan, link, 'Dan');
  await ana.getByRole('button', { name: 'See who' }).click();
  await menu(ana).getByRole('button', { name: 'Decline Cem' }).click();
  await heading(cem, 'Not this time').waitFor();
  // Dan gives up, and the hosts see it.
  await dan.getByRole('button', { name: 'Stop waiting' }).click();
  await dan.getByRole('link', { name: 'Create a room' }).waitFor();
  await menu(ana).getByRole('region', { name: 'At the door', exact: true }).waitFor({ state: 'detached' });
});

test('EN5 nobody new enters a closed room, and a member who left comes back', async () => {
  const { ana, ben, link } = await openRoomOfTwo(browsers);
  await chooseEntry(ana, 'Nobody new');
  const cem = await browsers.openPage();
  await knock(cem, link, 'Cem');
  await heading(cem, 'The doors are closed').waitFor();
  await ben.reload();
  await inside(ben);
  await chooseEntry(ana, 'Everybody with the link');
  await cem.getByRole('button', { name: 'Try again' }).click();
  await inside(cem);
});

test('EN6 an invitation passes the door, also on a page that waits already; a revoked one does not', async () => {
  const ana = await browsers.openPage();
  const link = await createRoom(ana);
  await chooseEntry(ana, 'When a host lets them in');
  const invitation = await invite(ana);
  const ben = await browsers.openPage();
  await joinByLink(ben, invitation, 'Ben');
  // The token does not stay where it is photographed or copied.
  expect(ben.url()).toBe(link);

  const cem = await browsers.openPage();
  await knock(cem, link, 'Cem');
  await heading(cem, 'You are at the door').waitFor();
  await cem.goto(invitation);
  await inside(cem);

  await menu(ana)
    .getByRole('button', { name: /^Revoke the invitation of Ana/ })
    .click();
  await menu(ana).getByRole('button', { name: 'Revoke', exact: true }).click();
  await menu(ana).getByRole('list', { name: 'Open invitations' }).waitFor({ state: 'detached' });
  const dan = await browsers.openPage();
  await knock(dan, invitation, 'Dan');
  await heading(dan, 'This invitation has run out').waitFor();
  await dan.getByRole('button', { name: 'Come in without it' }).click();
  await heading(dan, 'You are at the door').waitFor();
});

test('EN8 a removed member may come back, and the others see who did it', async () => {
  const { ana, ben, link } = await openRoomOfTwo(browsers);
  const cem = await browsers.openPage();
  await joinByLink(cem, link, 'Cem');
  await remove(ana, 'Cem');
  await heading(cem, 'You were asked to leave').waitFor();
  await ben.getByText('Ana removed Cem').waitFor();
  await joinByLink(cem, link, 'Cem');
});

test('EN9 EN10 a ban holds against a reload, another name, a second tab and a new browser, until it is lifted', async () => {
  const { ana, ben, link } = await openRoomOfTwo(browsers);
  const troll = await browsers.openPage();
  await joinByLink(troll, link, 'Troll');
  await remove(ana, 'Troll', '1 hour');
  await heading(troll, 'You cannot come in here').waitFor();
  await ben.getByText('Ana banned Troll').waitFor();

  await troll.reload();
  await troll.getByLabel('Your name').fill('Troll');
  await troll.getByRole('button', { name: 'Take a seat' }).click();
  await heading(troll, 'You cannot come in here').waitFor();
  const tab = await browsers.newPage(troll.context());
  await knock(tab, link, 'Somebody else');
  await heading(tab, 'You cannot come in here').waitFor();
  const fresh = await browsers.openPage();
  await knock(fresh, link, 'Nobody known');
  await heading(fresh, 'You cannot come in here').waitFor();

  // Ben has the same address, and his own browser.
  await ben.reload();
  await inside(ben);
  await menu(ana).getByRole('button', { name: 'Lift the ban of Troll' }).click();
  await menu(ana).getByRole('list', { name: 'Banned people' }).waitFor({ state: 'detached' });
  await joinByLink(tab, link, 'Changed man');
});

test('EN9 a ban by mistake is undone from its message', async () => {
  const { ana, ben, link } = await openRoomOfTwo(browsers);
  await remove(ana, 'Ben', 'For good');
  await heading(ben, 'You cannot come in here').waitFor();
  await menu(ana).getByRole('button', { name: 'Undo' }).click();
  await menu(ana).getByRole('list', { name: 'Banned people' }).waitFor({ state: 'detached' });
  await joinByLink(ben, link, 'Ben');
});

test('a host locks the room, lets a friend in, bans a troll, hands the room over, and leaves', async () => {
  const { ana, ben, link } = await openRoomOfTwo(browsers);
  const troll = await browsers.openPage();
  await joinByLink(troll, link, 'Troll');
  await chooseEntry(ana, 'When a host lets them in');
  await closeMenu(ana);
  const friend = await browsers.openPage();
  await knock(friend, link, 'Friend');
  await ana.getByRole('button', { name: 'Let in Friend' }).click();
  await inside(friend);
  await remove(ana, 'Troll', 'For good');
  await heading(troll, 'You cannot come in here').waitFor();
  await act(ana, 'Ben', 'Make owner…');
  await menu(ana).getByRole('button', { name: 'Hand over' }).click();
  await ben.locator('.toast', { hasText: 'Ana handed the room over to you' }).waitFor();
  await closeMenu(ana);
  await ana.getByRole('link', { name: 'Leave the room', exact: true }).click();
  await friend.getByText('Ana left').waitFor();
  // The new owner has everything: the rule of entry, the ban, the people.
  await openMenu(ben, 'The door');
  await menu(ben).getByRole('button', { name: 'When a host lets them in', pressed: true }).waitFor();
  await openMenu(ben, 'People');
  await menu(ben).getByRole('button', { name: 'Lift the ban of Troll' }).waitFor();
  await closeMenu(ben);
  await openMembers(ben);
  expect(await ben.locator('.member-name').allInnerTexts()).toEqual(['Ben you', 'Friend']);
});

test('EN7 a stock client knocks at the same door, and enters an open room as ever', async () => {
  const ana = await browsers.openPage();
  const link = await createRoom(ana);
  const roomId = link.slice(-6);
  const clients: Socket[] = [];
  const connected = async (): Promise<{ socket: Socket; next: (name: string) => Promise<Record<string, unknown>> }> => {
    const socket = io(BASE_URL, { path: '/api/socket/io', forceNew: true });
    clients.push(socket);
    await new Promise<void>((done) => socket.once('connect', () => done()));
    return { socket, next: (name) => new Promise((done) => socket.once(name, done)) };
  };
  try {
    const first = await connected();
    const joined = first.next('room-joined');
    first.socket.emit('join-room', { roomId, userName: 'Stock' });
    expect(await joined).toMatchObject({ room: { id: roomId }, user: { name: 'Stock' } });
    await ana.getByText('Stock came in').waitFor();

    await chooseEntry(ana, 'When a host lets them in');
    await closeMenu(ana);
    const second = await connected();
    const rejected = second.next('room-error');
    const accepted = second.next('room-joined');
    second.socket.emit('join-room', { roomId, userName: 'Second' });
    expect(await rejected).toHaveProperty('error');
    await ana.getByRole('button', { name: 'Let in Second' }).click();
    expect(await accepted).toMatchObject({ user: { name: 'Second' } });
    const out = second.next('room-error');
    await remove(ana, 'Second');
    expect(await out).toEqual({ error: 'You were removed from this room.' });
  } finally {
    for (const client of clients) client.disconnect();
  }
});
