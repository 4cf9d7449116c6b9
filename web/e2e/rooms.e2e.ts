import { expect, test } from 'vitest';
import {
  control,
  createRoom,
  joinByLink,
  openMembers,
  openRoomOfTwo,
  openRoomWithFilm,
  say,
  showSample,
  useBrowsers,
} from './support/browsers';
import { readPlayer, waitUntilPlaying, waitUntilPaused } from './support/film';

const browsers = useBrowsers();

test('a room is created, another member joins by the link, and both see each other', async () => {
  const { ana, ben } = await openRoomOfTwo(browsers);
  await ben.getByText('Waiting for Ana to choose a film').waitFor();
  await ana.getByText('Ben came in').waitFor();
  await openMembers(ana);
  expect(await ana.locator('.member-name').allInnerTexts()).toEqual(['Ana you', 'Ben']);
});

test('a pasted link and a lower-case code both join', async () => {
  const ana = await browsers.openPage();
  const link = await createRoom(ana);
  for (const [entered, name] of [
    [link, 'Ben'],
    [link.slice(-6).toLowerCase(), 'Cem'],
  ] as const) {
    const guest = await browsers.openPage();
    await guest.goto('/join');
    await guest.getByLabel('Room code or link').fill(entered);
    await guest.getByLabel('Your name').fill(name);
    await guest.getByRole('button', { name: 'Take a seat' }).click();
    await guest.locator('#chat-input').waitFor();
    expect(guest.url()).toBe(link);
  }
});

test('a taken name is rejected with a reason, and another one joins', async () => {
  const { link } = await openRoomOfTwo(browsers);
  const other = await browsers.openPage();
  await other.goto(link);
  await other.getByLabel('Your name').fill('ben');
  await other.getByRole('button', { name: 'Take a seat' }).click();
  await other.getByText('Somebody called ben is already inside').waitFor();
  await other.getByLabel('Your name').fill('Ben Two');
  await other.getByRole('button', { name: 'Take a seat' }).click();
  await other.locator('#chat-input').waitFor();
});

test('unknown rooms and pages are explained', async () => {
  const ana = await browsers.openPage();
  await ana.goto('/room/ZZZZZ9');
  await ana.getByLabel('Your name').fill('Ana');
  await ana.getByRole('button', { name: 'Take a seat' }).click();
  await ana.getByRole('heading', { name: 'Room not found' }).waitFor();
  await ana.getByRole('link', { name: 'Create a new room' }).click();
  await ana.waitForURL('**/create');
});

test('a reload keeps seat, role and position of host and guest', async () => {
  const { ana, ben } = await openRoomWithFilm(browsers);
  await control(ana, 'Play').click();
  await waitUntilPlaying(ben, 1);

  for (const page of [ana, ben]) {
    const before = await readPlayer(page);
    await page.reload();
    await page.locator('#chat-input').waitFor();
    await waitUntilPlaying(page, before.position - 0.5);
  }
  await openMembers(ana);
  await expect.poll(() => ana.locator('.member').allInnerTexts()).toHaveLength(2);
  expect(await ana.locator('.member', { hasText: 'Ana' }).innerText()).toContain('Host');
  expect(await ana.locator('.member', { hasText: 'Ben' }).innerText()).not.toContain('Host');
  await control(ana, 'Pause').click();
  await expect.poll(async () => (await readPlayer(ben)).paused).toBe(true);
});

test('a host promotes a guest, who can then control the film', async () => {
  const { ana, ben } = await openRoomWithFilm(browsers);
  expect(await control(ben, 'Play').getAttribute('aria-disabled')).toBe('true');
  await control(ben, 'Play').click({ force: true });
  await ben.locator('.toast', { hasText: 'Ana holds the remote' }).waitFor();
  // The player may be running its silent calibration.
  await expect.poll(async () => (await readPlayer(ben)).paused).toBe(true);

  await openMembers(ana);
  await ana.getByRole('button', { name: 'Give remote to Ben' }).click();
  await ana.getByRole('button', { name: 'Yes' }).click();
  await expect.poll(() => control(ben, 'Play').getAttribute('aria-disabled')).not.toBe('true');
  await control(ben, 'Play').click();
  await waitUntilPlaying(ana);
  await ana.locator('.toast', { hasText: 'Ben pressed play' }).waitFor();
});

test('going offline is shown, and the member returns without a click', async () => {
  browsers.expectedErrors = [/ERR_INTERNET_DISCONNECTED|WebSocket connection|Failed to load resource/];
  const { ana, ben } = await openRoomWithFilm(browsers);
  await control(ana, 'Play').click();
  await waitUntilPlaying(ben);

  await ben.context().setOffline(true);
  await ben.getByText('You are offline').waitFor();
  await say(ana, 'where is Ben?');
  await ben.context().setOffline(false);
  await ben.getByText('where is Ben?').waitFor();
  await ben.getByText('You are offline').waitFor({ state: 'detached' });
  await openMembers(ana);
  await ana.locator('.member[data-away=false]', { hasText: 'Ben' }).waitFor();
  expect(await ana.locator('.member').count()).toBe(2);
  await waitUntilPlaying(ben, (await readPlayer(ben)).position);
  const [a, b] = [await readPlayer(ana), await readPlayer(ben)];
  expect(Math.abs((a.position - b.position) * 1000 - (a.at - b.at))).toBeLessThan(1000);
});

test('a late joiner reaches the position, playing or paused', async () => {
  const ana = await browsers.openPage();
  const link = await createRoom(ana);
  await showSample(ana);
  await control(ana, 'Play').click();
  await waitUntilPlaying(ana, 2);
  const ben = await browsers.openPage();
  await joinByLink(ben, link, 'Ben');
  await waitUntilPlaying(ben, 2);
  await control(ana, 'Pause').click();
  await expect.poll(async () => (await readPlayer(ana)).paused).toBe(true);
  const { position } = await readPlayer(ana);
  await waitUntilPaused(ben, position);
  const cem = await browsers.openPage();
  await joinByLink(cem, link, 'Cem');
  await waitUntilPaused(cem, position);
});

test('a second tab takes the seat over, and the first can take it back', async () => {
  const ana = await browsers.openPage();
  const link = await createRoom(ana);
  // A tab opened by the page inherits its sessionStorage, as a duplicated tab does.
  const [second] = await Promise.all([ana.context().waitForEvent('page'), ana.evaluate((url) => void window.open(url), link)]);
  await second.locator('#chat-input').waitFor();
  await ana.getByRole('heading', { name: 'You opened this room in another tab' }).waitFor();
  await ana.getByRole('button', { name: 'Use it here' }).click();
  await ana.locator('#chat-input').waitFor();
  await second.getByRole('heading', { name: 'You opened this room in another tab' }).waitFor();
  await openMembers(ana);
  expect(await ana.locator('.member').count()).toBe(1);
  expect(await ana.locator('.member').innerText()).toContain('Host');
});

test('a member who leaves is removed, and the room continues', async () => {
  const { ana, ben } = await openRoomOfTwo(browsers);
  await ana.getByRole('link', { name: 'Leave the room', exact: true }).click();
  await ana.getByRole('link', { name: 'Create a room' }).waitFor();
  await ben.getByText('Ana left').waitFor();
  await ben.getByText('What are we watching?').waitFor();
});
