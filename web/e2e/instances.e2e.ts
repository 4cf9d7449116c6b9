/** Two servers on one Redis: members on both share a room, and either server may be lost. */
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { control, createRoom, filmReady, joinByLink, openMembers, say, showSample, useBrowsers } from './support/browsers';
import { measureSkewMs, readPlayer, waitUntilPlaying, waitUntilInSync } from './support/film';
import { type Balancer, type Running, startBalancer, startRedis, startServer } from './support/servers';
import { act, chooseEntry, closeMenu, heading, knock, menu, openMenu, remove } from './support/host-menu';
import { SocketInterceptor } from './support/socket-interceptor';

const SAMPLE = join(import.meta.dirname, '../public/media/sample.mp4');
const NETWORK = /ERR_CONNECTION_|ERR_EMPTY_RESPONSE|WebSocket connection|Failed to load resource/;

describe('two servers on one Redis', () => {
  const browsers = useBrowsers();
  let redis: Running;
  let servers: Running[] = [];
  let balancers: Balancer[] = [];

  beforeAll(async () => {
    redis = await startRedis();
  });
  afterEach(async () => {
    await browsers.closePages();
    await Promise.all(balancers.splice(0).map((balancer) => balancer.close()));
    await Promise.all(servers.splice(0).map((server) => server.kill()));
  });
  afterAll(async () => {
    await redis.kill();
  });

  /** Ana's balancer prefers the first server, Ben's the second; each falls back to the other. */
  async function two(tap?: SocketInterceptor, folders: readonly string[] = []) {
    browsers.expectedErrors = [NETWORK];
    const media = [0, 1].map((index) => (folders[index] === undefined ? [] : ['--media', folders[index]]));
    servers = await Promise.all(media.map((words) => startServer(['--redis', redis.url, ...words])));
    const [first, second] = servers.map(({ port }) => port) as [number, number];
    balancers = await Promise.all([startBalancer([first, second]), startBalancer([second, first])]);
    const ana = await browsers.openPage({ at: balancers[0]!.url, ...(tap === undefined ? {} : { prepare: tap.attach }) });
    const link = await createRoom(ana);
    const ben = await browsers.openPage({ at: balancers[1]!.url });
    await joinByLink(ben, new URL(link).pathname, 'Ben');
    await ana.getByText('Ben came in').waitFor();
    return { ana, ben };
  }

  async function watching() {
    const { ana, ben } = await two();
    await showSample(ana);
    await filmReady(ben);
    await control(ana, 'Play').click();
    await Promise.all([waitUntilPlaying(ana, 2), waitUntilPlaying(ben, 2)]);
    return { ana, ben };
  }

  const said = (page: Page, text: string) => page.locator('.message-text', { hasText: new RegExp(`^${text}$`) });

  test('members on both chat, and watch in sync', async () => {
    const { ana, ben } = await watching();
    await say(ana, 'Hello Ben');
    await said(ben, 'Hello Ben').waitFor();
    await say(ben, 'Hello Ana');
    await said(ana, 'Hello Ana').waitFor();
    expect(await measureSkewMs(ana, ben)).toBeLessThan(250);
    await control(ana, 'Pause').click();
    await expect.poll(async () => (await readPlayer(ben)).paused).toBe(true);
  });

  test('one server is killed: its member keeps the seat on the other, and the film never stops', async () => {
    const { ana, ben } = await watching();
    await say(ana, 'before');
    await said(ben, 'before').waitFor();
    await ana.evaluate(() => {
      const counter = window as unknown as { __stops: number };
      counter.__stops = 0;
      const film = document.querySelector('video');
      for (const name of ['pause', 'emptied']) film?.addEventListener(name, () => counter.__stops++);
    });
    const before = await readPlayer(ana);

    await servers[0]!.kill();
    await say(ana, 'out of the dark');
    await say(ben, 'are you there');
    await Promise.all([said(ben, 'out of the dark').waitFor(), said(ana, 'are you there').waitFor()]);

    expect(await said(ana, 'out of the dark').count()).toBe(1);
    expect(await said(ben, 'out of the dark').count()).toBe(1);
    await waitUntilInSync(ana, ben, 1000);
    expect((await readPlayer(ana)).position).toBeGreaterThan(before.position);
    expect(await ana.evaluate(() => (window as unknown as { __stops: number }).__stops)).toBe(0);
    expect(await measureSkewMs(ana, ben)).toBeLessThan(250);
    // The same seat: no leave, no join, and Ana is still host.
    expect(await ben.getByText('Ana left').count()).toBe(0);
    expect(await ben.getByText('Ana came in').count()).toBe(0);
    await openMembers(ben);
    expect(await ben.locator('.member').count()).toBe(2);
    await control(ana, 'Pause').click();
    await expect.poll(async () => (await readPlayer(ben)).paused).toBe(true);
    expect(await ana.locator('.message-note, .message-failed').count()).toBe(0);
  });

  test(
    'settings, a knock, the owner and a ban survive the death of the server that made them',
    { timeout: 120_000 },
    async () => {
      const { ana, ben } = await two();
      const link = new URL(ana.url()).pathname;
      const troll = await browsers.openPage({ at: balancers[0]!.url });
      await joinByLink(troll, link, 'Troll');
      await chooseEntry(ana, 'When a host lets them in');
      const friend = await browsers.openPage({ at: balancers[0]!.url });
      await knock(friend, link, 'Friend');
      await heading(friend, 'You are at the door').waitFor();
      await act(ana, 'Ben', 'Make owner…');
      await menu(ana).getByRole('button', { name: 'Hand over' }).click();
      await ben.locator('.toast', { hasText: 'Ana handed the room over to you' }).waitFor();

      const { port } = servers[0]!;
      await servers[0]!.kill();
      await openMenu(ben, 'The door');
      await menu(ben).getByRole('button', { name: 'When a host lets them in', pressed: true }).waitFor();
      await menu(ben).getByRole('button', { name: 'Let in Friend' }).click();
      await friend.locator('#chat-input').waitFor();
      await remove(ben, 'Troll', 'For good');
      await heading(troll, 'You cannot come in here').waitFor();

      servers[0] = await startServer(['--redis', redis.url], port);
      await servers[1]!.kill();
      await knock(troll, link, 'Somebody new');
      await heading(troll, 'You cannot come in here').waitFor();
      await closeMenu(ana);
      await ana.getByRole('link', { name: 'Leave the room', exact: true }).click();
      await ben.getByText('Ana left').waitFor();
      await openMenu(ben, 'People');
      await menu(ben).getByRole('button', { name: 'Lift the ban of Troll' }).waitFor();
      await closeMenu(ben);
      await openMembers(ben);
      expect(await ben.locator('.member-name').allInnerTexts()).toEqual(['Ben you', 'Friend']);
    },
  );

  test('LB16 LB17 a film that only one of them has is marked, and not put on while a viewer is on the other', async () => {
    const folders = [['Common.mp4', 'First alone.mp4'], ['Common.mp4']].map((names) => {
      const folder = mkdtempSync(join(tmpdir(), 'watchnchill-films-'));
      for (const name of names) copyFileSync(SAMPLE, join(folder, name));
      return folder;
    });
    const { ana, ben } = await two(undefined, folders);
    const library = ana.getByRole('dialog', { name: 'Films on this server' });
    const playNow = library.getByRole('button', { name: 'Play now: First alone' });
    await ana.getByRole('button', { name: 'Films on this server' }).first().click();
    await library.locator('.library-film', { hasText: 'First alone' }).getByText('Not on every server').waitFor();
    await playNow.click();
    await library.getByRole('alert').getByText('1 viewer is on a server that does not have this film').waitFor();
    expect(await library.getByText('Not on every server').count()).toBe(1);
    await ben.getByRole('link', { name: 'Leave the room', exact: true }).click();
    await ana.getByText('Ben left').waitFor({ state: 'attached' });
    await playNow.click();
    await library.waitFor({ state: 'hidden' });
    await filmReady(ana);
    for (const folder of folders) rmSync(folder, { recursive: true });
  });

  test('the answer to a message is lost: it is retried, and posted once', async () => {
    const tap = new SocketInterceptor();
    const { ana, ben } = await two(tap);
    tap.dropNextAnswer('send-message', 'new-message');
    // Otherwise the page would receive the message by `resume` before it retries.
    tap.reject('unavailable', 'resume');
    await say(ana, 'only once');
    await said(ben, 'only once').waitFor();
    await expect.poll(() => tap.commandCounts.get('send-message')).toBe(2);
    tap.stopRejecting();
    await expect.poll(() => ana.locator('.message-note').count()).toBe(0);
    await say(ben, 'heard you');
    await say(ana, 'and you');
    for (const page of [ana, ben]) {
      await Promise.all([said(page, 'heard you').waitFor(), said(page, 'and you').waitFor()]);
      expect((await page.locator('.message-text').allInnerTexts()).filter((text) => text === 'only once')).toHaveLength(1);
    }
  });

  test('both servers are restarted, one after the other: the room is kept', async () => {
    const { ana, ben } = await watching();
    for (const index of [0, 1]) {
      const { port } = servers[index]!;
      await servers[index]!.kill();
      await say(ana, `lost ${index}`);
      await said(ben, `lost ${index}`).waitFor();
      servers[index] = await startServer(['--redis', redis.url], port);
      await say(ben, `found ${index}`);
      await said(ana, `found ${index}`).waitFor();
    }
    for (const page of [ana, ben]) {
      expect(await page.locator('.message-text').allInnerTexts()).toEqual(['lost 0', 'found 0', 'lost 1', 'found 1']);
    }
    expect(await measureSkewMs(ana, ben)).toBeLessThan(250);
  });
});
