/** A room whose store is unavailable, and a server that restarts. */
import { expect, test } from 'vitest';
import { BASE_URL, control, createRoom, filmReady, joinByLink, say, showSample, useBrowsers } from './support/browsers';
import { measureSkewMs, readPlayer, waitUntilPlaying } from './support/film';
import { startBalancer, startServer } from './support/servers';
import { SocketInterceptor } from './support/socket-interceptor';

const NETWORK = /ERR_CONNECTION_REFUSED|WebSocket connection|Failed to load resource/;
const COMMANDS = ['play-video', 'pause-video', 'seek-video', 'send-message', 'join-room', 'resume'];

const browsers = useBrowsers();

const roomOf = (link: string) => link.slice(-6);

test('unavailable room: a banner is shown, the film plays on, and messages are sent afterwards', async () => {
  const tap = new SocketInterceptor();
  const ana = await browsers.openPage({ prepare: tap.attach });
  const link = await createRoom(ana);
  const ben = await browsers.openPage();
  await joinByLink(ben, link, 'Ben');
  await showSample(ana);
  await filmReady(ben);
  await control(ana, 'Play').click();
  await Promise.all([waitUntilPlaying(ana, 1), waitUntilPlaying(ben, 1)]);
  const roomId = roomOf(link);

  tap.reject('unavailable', ...COMMANDS);
  tap.inject('room-availability', { roomId, available: false });
  const banner = ana.locator('.connection-banner');
  await ana.getByText('Reconnecting to the room…').waitFor();
  expect(await banner.getAttribute('role')).toBe('status');
  await say(ana, 'first into the dark');
  await say(ana, 'then a second one');
  await expect.poll(() => ana.locator('.message-note').allInnerTexts()).toEqual(Array(2).fill('Not sent yet – trying again'));
  await ana.keyboard.press('Escape');
  const before = await readPlayer(ana);
  for (let i = 0; i < 3; i++) await control(ana, 'Pause').click();
  await ana.locator('.toast', { hasText: 'still reconnecting' }).waitFor();
  expect(tap.commandCounts.get('pause-video')).toBeUndefined();
  await waitUntilPlaying(ana, before.position + 1);

  tap.stopRejecting();
  tap.inject('room-availability', { roomId, available: true });
  await ana.getByText('Back in the room').waitFor();
  expect(await ana.getByText('still reconnecting').isVisible()).toBe(false);
  await ben.getByText('then a second one').waitFor();
  expect(await ben.locator('.message-text').allInnerTexts()).toEqual(['first into the dark', 'then a second one']);
  await expect.poll(() => ana.locator('.message-note').count()).toBe(0);
  expect(await ana.locator('.message-text').allInnerTexts()).toEqual(['first into the dark', 'then a second one']);
  await expect.poll(() => banner.innerText()).toBe('');
  expect(await measureSkewMs(ana, ben)).toBeLessThan(250);
  await control(ana, 'Pause').click();
  await expect.poll(async () => (await readPlayer(ben)).paused).toBe(true);
});

test('a reload keeps unsent messages, and sends them once', async () => {
  const tap = new SocketInterceptor();
  const ana = await browsers.openPage({ prepare: tap.attach });
  const link = await createRoom(ana);
  const ben = await browsers.openPage();
  await joinByLink(ben, link, 'Ben');
  tap.reject('unavailable', 'send-message');
  await say(ana, 'before the reload');
  await ana.getByText('Not sent yet').waitFor();
  tap.stopRejecting();
  await ana.reload();
  await ben.getByText('before the reload').waitFor();
  await expect.poll(() => ana.locator('.message-text').allInnerTexts()).toEqual(['before the reload']);
  expect(await ben.locator('.message-text').count()).toBe(1);
});

test('a different stream position is resumed: scroll, focus and film stay', async () => {
  const tap = new SocketInterceptor();
  const ana = await browsers.openPage({ prepare: tap.attach });
  const link = await createRoom(ana);
  await showSample(ana);
  await control(ana, 'Play').click();
  await waitUntilPlaying(ana, 1);
  for (let i = 1; i <= 14; i++) await say(ana, `line ${i}\nand more\nand more`);
  await ana.locator('.message-text', { hasText: 'line 14' }).waitFor();
  const log = ana.getByRole('log');
  await log.hover();
  await log.evaluate((element) => element.scrollTo(0, 40));
  await ana.locator('#chat-input').fill('half a sent');
  await ana.evaluate(() => {
    const counter = window as unknown as { __film: Element | null; __moved: number };
    counter.__film = document.querySelector('video');
    counter.__moved = 0;
    for (const name of ['seeking', 'pause', 'emptied']) counter.__film?.addEventListener(name, () => counter.__moved++);
  });
  tap.inject('stream-position', { roomId: roomOf(link), epoch: 1, seq: 1 });
  await expect.poll(() => tap.commandCounts.get('resume')).toBe(1);
  await waitUntilPlaying(ana, (await readPlayer(ana)).position + 1);
  expect(await log.evaluate((element) => element.scrollTop)).toBe(40);
  expect(await ana.evaluate(() => document.activeElement?.id)).toBe('chat-input');
  expect(await ana.locator('#chat-input').inputValue()).toBe('half a sent');
  expect(await ana.locator('.message').count()).toBe(14);
  const film = await ana.evaluate(() => {
    const counter = window as unknown as { __film: Element | null; __moved: number };
    return { same: counter.__film === document.querySelector('video'), moved: counter.__moved };
  });
  expect(film).toEqual({ same: true, moved: 0 });
});

test('the proxy is down for some seconds: the film never stops, the seat is kept, and messages are sent', async () => {
  browsers.expectedErrors = [NETWORK];
  const there = [Number(new URL(BASE_URL).port)];
  const balancer = await startBalancer(there);
  const ana = await browsers.openPage({ at: balancer.url });
  const link = await createRoom(ana);
  const ben = await browsers.openPage();
  await joinByLink(ben, new URL(link).pathname, 'Ben');
  await showSample(ana);
  await filmReady(ben);
  await control(ana, 'Play').click();
  await Promise.all([waitUntilPlaying(ana, 1), waitUntilPlaying(ben, 1)]);
  await ana.evaluate(() => {
    const counter = window as unknown as { __stops: number };
    counter.__stops = 0;
    for (const name of ['pause', 'emptied', 'seeking'])
      document.querySelector('video')?.addEventListener(name, () => counter.__stops++);
  });
  await balancer.close();
  await ana.getByText('Reconnecting to the room…').waitFor();
  await say(ana, 'are you still there?');
  await waitUntilPlaying(ana, (await readPlayer(ana)).position + 3);
  const again = await startBalancer(there, balancer.port);
  try {
    await ben.getByText('are you still there?').waitFor();
    await ana.getByText('Back in the room').waitFor();
    expect(await ben.locator('.message').count()).toBe(1);
    expect(await ana.evaluate(() => (window as unknown as { __stops: number }).__stops)).toBe(0);
    expect(await measureSkewMs(ana, ben)).toBeLessThan(250);
    await ana.keyboard.press('Escape');
    await control(ana, 'Pause').click();
    await expect.poll(async () => (await readPlayer(ben)).paused).toBe(true);
  } finally {
    await again.close();
  }
});

test('a server with rooms in memory restarts: the film plays on, then the room is not found', async () => {
  browsers.expectedErrors = [NETWORK];
  const first = await startServer();
  const ana = await browsers.openPage({ at: first.url });
  await createRoom(ana);
  await showSample(ana);
  await control(ana, 'Play').click();
  await waitUntilPlaying(ana, 1);
  await first.kill();
  await ana.getByText('Reconnecting to the room…').waitFor();
  await waitUntilPlaying(ana, (await readPlayer(ana)).position + 1.5);
  const second = await startServer([], first.port);
  try {
    await ana.getByRole('heading', { name: 'Room not found' }).waitFor();
    await ana.getByRole('link', { name: 'Create a new room' }).click();
    await createRoom(ana);
  } finally {
    await second.kill();
  }
});
