import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { House, control, createRoom, filmReady, joinByLink, openPeople, say, showSample } from './support/house';
import { read, running, standing } from './support/film';

let house: House;
beforeAll(async () => void (house = await House.open()));
afterEach(() => house.clear());
afterAll(() => house.close());

test('somebody creates a room, another comes in by the link, both see each other', async () => {
  const ana = await house.person();
  const link = await createRoom(ana);
  const ben = await house.person();
  await joinByLink(ben, link, 'Ben');
  await ben.getByText('Waiting for Ana to choose a film').waitFor();
  await ana.getByText('Ben came in').waitFor();
  await openPeople(ana);
  expect(await ana.locator('.person-name').allInnerTexts()).toEqual(['Ana you', 'Ben']);
});

test('a pasted link and a lower-case code both lead in', async () => {
  const ana = await house.person();
  const link = await createRoom(ana);
  for (const [entered, name] of [
    [link, 'Ben'],
    [link.slice(-6).toLowerCase(), 'Cem'],
  ] as const) {
    const guest = await house.person();
    await guest.goto('/join');
    await guest.getByLabel('Room code or link').fill(entered);
    await guest.getByLabel('Your name').fill(name);
    await guest.getByRole('button', { name: 'Take a seat' }).click();
    await guest.locator('#chat-input').waitFor();
    expect(guest.url()).toBe(link);
  }
});

test('a taken name is refused in words and the next one gets in', async () => {
  const ana = await house.person();
  const link = await createRoom(ana);
  const ben = await house.person();
  await joinByLink(ben, link, 'Ben');
  const other = await house.person();
  await other.goto(link);
  await other.getByLabel('Your name').fill('ben');
  await other.getByRole('button', { name: 'Take a seat' }).click();
  await other.getByText('Somebody called ben is already inside').waitFor();
  await other.getByLabel('Your name').fill('Ben Two');
  await other.getByRole('button', { name: 'Take a seat' }).click();
  await other.locator('#chat-input').waitFor();
});

test('a room that does not exist and a page that does not exist say so', async () => {
  const ana = await house.person();
  await ana.goto('/room/ZZZZZ9');
  await ana.getByLabel('Your name').fill('Ana');
  await ana.getByRole('button', { name: 'Take a seat' }).click();
  await ana.getByRole('heading', { name: 'Room not found' }).waitFor();
  await ana.getByRole('link', { name: 'Create a new room' }).click();
  await ana.waitForURL('**/create');
});

test('a reload keeps the seat: the host stays host, the guest stays guest, both at their place', async () => {
  const ana = await house.person();
  const link = await createRoom(ana);
  const ben = await house.person();
  await joinByLink(ben, link, 'Ben');
  await showSample(ana);
  await filmReady(ben);
  await control(ana, 'Play').click();
  await running(ben, 1);

  for (const page of [ana, ben]) {
    const before = await read(page);
    await page.reload();
    await page.locator('#chat-input').waitFor();
    await running(page, before.position - 0.5);
  }
  await openPeople(ana);
  await expect.poll(() => ana.locator('.person').allInnerTexts()).toHaveLength(2);
  expect(await ana.locator('.person', { hasText: 'Ana' }).innerText()).toContain('Host');
  expect(await ana.locator('.person', { hasText: 'Ben' }).innerText()).not.toContain('Host');
  await control(ana, 'Pause').click();
  await expect.poll(async () => (await read(ben)).paused).toBe(true);
});

test('a host hands the remote on, and the other can use it', async () => {
  const ana = await house.person();
  const link = await createRoom(ana);
  const ben = await house.person();
  await joinByLink(ben, link, 'Ben');
  await showSample(ana);
  await filmReady(ben);
  expect(await control(ben, 'Play').getAttribute('aria-disabled')).toBe('true');
  await control(ben, 'Play').click({ force: true });
  await ben.locator('.toast', { hasText: 'Ana holds the remote' }).waitFor();
  // Unless the player is just finding out, unheard, what a start costs here.
  await expect.poll(async () => (await read(ben)).paused).toBe(true);

  await openPeople(ana);
  await ana.getByRole('button', { name: 'Give Ben the remote' }).click();
  await ana.getByRole('button', { name: 'Yes' }).click();
  await expect.poll(() => control(ben, 'Play').getAttribute('aria-disabled')).not.toBe('true');
  await control(ben, 'Play').click();
  await running(ana);
  await ana.locator('.toast', { hasText: 'Ben pressed play' }).waitFor();
});

test('a lost network is told calmly, and the person is back without a click', async () => {
  house.tolerated = [/ERR_INTERNET_DISCONNECTED|WebSocket connection|Failed to load resource/];
  const ana = await house.person();
  const link = await createRoom(ana);
  const ben = await house.person();
  await joinByLink(ben, link, 'Ben');
  await showSample(ana);
  await filmReady(ben);
  await control(ana, 'Play').click();
  await running(ben);

  await ben.context().setOffline(true);
  await ben.getByText('You are offline').waitFor();
  await say(ana, 'where is Ben?');
  await ben.context().setOffline(false);
  await ben.getByText('where is Ben?').waitFor();
  await ben.getByText('You are offline').waitFor({ state: 'detached' });
  await openPeople(ana);
  await ana.locator('.person[data-away=false]', { hasText: 'Ben' }).waitFor();
  expect(await ana.locator('.person').count()).toBe(2);
  await running(ben, (await read(ben)).position);
  const [a, b] = [await read(ana), await read(ben)];
  expect(Math.abs((a.position - b.position) * 1000 - (a.at - b.at))).toBeLessThan(1000);
});

test('a late joiner lands on the position, running or standing', async () => {
  const ana = await house.person();
  const link = await createRoom(ana);
  await showSample(ana);
  await control(ana, 'Play').click();
  await running(ana, 2);
  const ben = await house.person();
  await joinByLink(ben, link, 'Ben');
  await running(ben, 2);
  await control(ana, 'Pause').click();
  await expect.poll(async () => (await read(ana)).paused).toBe(true);
  const { position } = await read(ana);
  await standing(ben, position);
  const cem = await house.person();
  await joinByLink(cem, link, 'Cem');
  await standing(cem, position);
});

test('one seat, one screen: a second tab takes it over, and the first can take it back', async () => {
  const ana = await house.person();
  const link = await createRoom(ana);
  // A tab opened from the page inherits its sessionStorage, as a duplicated tab does.
  const [second] = await Promise.all([ana.context().waitForEvent('page'), ana.evaluate((url) => void window.open(url), link)]);
  await second.locator('#chat-input').waitFor();
  await ana.getByRole('heading', { name: 'You opened this room in another tab' }).waitFor();
  await ana.getByRole('button', { name: 'Use it here' }).click();
  await ana.locator('#chat-input').waitFor();
  await second.getByRole('heading', { name: 'You opened this room in another tab' }).waitFor();
  await openPeople(ana);
  expect(await ana.locator('.person').count()).toBe(1);
  expect(await ana.locator('.person').innerText()).toContain('Host');
});

test('whoever leaves is gone, and the room goes on', async () => {
  const ana = await house.person();
  const link = await createRoom(ana);
  const ben = await house.person();
  await joinByLink(ben, link, 'Ben');
  await ana.getByRole('link', { name: 'Leave the room', exact: true }).click();
  await ana.getByRole('link', { name: 'Create a room' }).waitFor();
  await ben.getByText('Ana left').waitFor();
  await ben.getByText('What are we watching?').waitFor();
});
