/** The room is away behind a server that stands, and a server that is started anew. */
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { BASE_URL, House, control, createRoom, filmReady, joinByLink, say, showSample } from './support/house';
import { apart, read, running } from './support/film';
import { startBalancer, startServer } from './support/servers';
import { WireTap } from './support/wire-tap';

const NETWORK = /ERR_CONNECTION_REFUSED|WebSocket connection|Failed to load resource/;
const COMMANDS = ['play-video', 'pause-video', 'seek-video', 'send-message', 'join-room', 'resume'];

let house: House;
beforeAll(async () => void (house = await House.open()));
afterEach(() => house.clear());
afterAll(() => house.close());

const roomOf = (link: string) => link.slice(-6);

test('the room is away: a calm banner, the film runs on, and what was written goes out when it is back', async () => {
  const tap = new WireTap();
  const ana = await house.person({ prepare: tap.listen });
  const link = await createRoom(ana);
  const ben = await house.person();
  await joinByLink(ben, link, 'Ben');
  await showSample(ana);
  await filmReady(ben);
  await control(ana, 'Play').click();
  await Promise.all([running(ana, 1), running(ben, 1)]);
  const roomId = roomOf(link);

  tap.refuse('unavailable', ...COMMANDS);
  tap.tell('room-availability', { roomId, available: false });
  const banner = ana.locator('.line-strip');
  await ana.getByText('Reconnecting to the room…').waitFor();
  expect(await banner.getAttribute('role')).toBe('status');
  await say(ana, 'first into the dark');
  await say(ana, 'then a second one');
  await expect.poll(() => ana.locator('.message-note').allInnerTexts()).toEqual(Array(2).fill('Not sent yet – trying again'));
  await ana.keyboard.press('Escape');
  const before = await read(ana);
  for (let i = 0; i < 3; i++) await control(ana, 'Pause').click();
  await ana.locator('.toast', { hasText: 'still reconnecting' }).waitFor();
  expect(tap.asked.get('pause-video')).toBeUndefined();
  await running(ana, before.position + 1);

  tap.heal();
  tap.tell('room-availability', { roomId, available: true });
  await ana.getByText('Back in the room').waitFor();
  expect(await ana.getByText('still reconnecting').isVisible()).toBe(false);
  await ben.getByText('then a second one').waitFor();
  expect(await ben.locator('.message-text').allInnerTexts()).toEqual(['first into the dark', 'then a second one']);
  await expect.poll(() => ana.locator('.message-note').count()).toBe(0);
  expect(await ana.locator('.message-text').allInnerTexts()).toEqual(['first into the dark', 'then a second one']);
  await expect.poll(() => banner.innerText()).toBe('');
  expect(await apart(ana, ben)).toBeLessThan(250);
  await control(ana, 'Pause').click();
  await expect.poll(async () => (await read(ben)).paused).toBe(true);
});

test('a reload does not lose what was not sent, and sends it once', async () => {
  const tap = new WireTap();
  const ana = await house.person({ prepare: tap.listen });
  const link = await createRoom(ana);
  const ben = await house.person();
  await joinByLink(ben, link, 'Ben');
  tap.refuse('unavailable', 'send-message');
  await say(ana, 'before the reload');
  await ana.getByText('Not sent yet').waitFor();
  tap.heal();
  await ana.reload();
  await ben.getByText('before the reload').waitFor();
  await expect.poll(() => ana.locator('.message-text').allInnerTexts()).toEqual(['before the reload']);
  expect(await ben.locator('.message-text').count()).toBe(1);
});

test('a position elsewhere is caught up with: scroll, focus and film stay where they are', async () => {
  const tap = new WireTap();
  const ana = await house.person({ prepare: tap.listen });
  const link = await createRoom(ana);
  await showSample(ana);
  await control(ana, 'Play').click();
  await running(ana, 1);
  for (let i = 1; i <= 14; i++) await say(ana, `line ${i}\nand more\nand more`);
  await ana.locator('.message-text', { hasText: 'line 14' }).waitFor();
  const log = ana.getByRole('log');
  await log.hover();
  await log.evaluate((element) => element.scrollTo(0, 40));
  await ana.locator('#chat-input').fill('half a sent');
  await ana.evaluate(() => {
    const told = window as unknown as { __film: Element | null; __moved: number };
    told.__film = document.querySelector('video');
    told.__moved = 0;
    for (const name of ['seeking', 'pause', 'emptied']) told.__film?.addEventListener(name, () => told.__moved++);
  });
  tap.tell('stream-position', { roomId: roomOf(link), epoch: 1, seq: 1 });
  await expect.poll(() => tap.asked.get('resume')).toBe(1);
  await running(ana, (await read(ana)).position + 1);
  expect(await log.evaluate((element) => element.scrollTop)).toBe(40);
  expect(await ana.evaluate(() => document.activeElement?.id)).toBe('chat-input');
  expect(await ana.locator('#chat-input').inputValue()).toBe('half a sent');
  expect(await ana.locator('.message').count()).toBe(14);
  const film = await ana.evaluate(() => {
    const told = window as unknown as { __film: Element | null; __moved: number };
    return { same: told.__film === document.querySelector('video'), moved: told.__moved };
  });
  expect(film).toEqual({ same: true, moved: 0 });
});

test('the proxy before the server is gone for some seconds: the film never stops, the seat is kept, and the talk goes on', async () => {
  house.tolerated = [NETWORK];
  const there = [Number(new URL(BASE_URL).port)];
  const door = await startBalancer(there);
  const ana = await house.person({ at: door.url });
  const link = await createRoom(ana);
  const ben = await house.person();
  await joinByLink(ben, new URL(link).pathname, 'Ben');
  await showSample(ana);
  await filmReady(ben);
  await control(ana, 'Play').click();
  await Promise.all([running(ana, 1), running(ben, 1)]);
  await ana.evaluate(() => {
    const told = window as unknown as { __stops: number };
    told.__stops = 0;
    for (const name of ['pause', 'emptied', 'seeking'])
      document.querySelector('video')?.addEventListener(name, () => told.__stops++);
  });
  await door.close();
  await ana.getByText('Reconnecting to the room…').waitFor();
  await say(ana, 'are you still there?');
  await running(ana, (await read(ana)).position + 3);
  const again = await startBalancer(there, door.port);
  try {
    await ben.getByText('are you still there?').waitFor();
    await ana.getByText('Back in the room').waitFor();
    expect(await ben.locator('.message').count()).toBe(1);
    expect(await ana.evaluate(() => (window as unknown as { __stops: number }).__stops)).toBe(0);
    expect(await apart(ana, ben)).toBeLessThan(250);
    await ana.keyboard.press('Escape');
    await control(ana, 'Pause').click();
    await expect.poll(async () => (await read(ben)).paused).toBe(true);
  } finally {
    await again.close();
  }
});

test('a server that keeps rooms in memory is started anew: the film runs on meanwhile, then the page says that the room is gone', async () => {
  house.tolerated = [NETWORK];
  const first = await startServer();
  const ana = await house.person({ at: first.url });
  await createRoom(ana);
  await showSample(ana);
  await control(ana, 'Play').click();
  await running(ana, 1);
  await first.kill();
  await ana.getByText('Reconnecting to the room…').waitFor();
  await running(ana, (await read(ana)).position + 1.5);
  const second = await startServer([], first.port);
  try {
    await ana.getByRole('heading', { name: 'Room not found' }).waitFor();
    await ana.getByRole('link', { name: 'Create a new room' }).click();
    await createRoom(ana);
  } finally {
    await second.kill();
  }
});
