/** Two servers on one Redis: people on both share a room, and one server may be lost. */
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { House, control, createRoom, filmReady, joinByLink, openPeople, say, showSample } from './support/house';
import { apart, read, running, together } from './support/film';
import { type Balancer, type Running, startBalancer, startRedis, startServer } from './support/servers';
import { WireTap } from './support/wire-tap';

const NETWORK = /ERR_CONNECTION_|ERR_EMPTY_RESPONSE|WebSocket connection|Failed to load resource/;
/** From the loss of a server until its people talk again. */
const BACK_MS_MAX = 3000;

describe('two servers on one Redis', () => {
  let house: House;
  let redis: Running;
  let servers: Running[] = [];
  let doors: Balancer[] = [];

  beforeAll(async () => {
    house = await House.open();
    redis = await startRedis();
  });
  afterEach(async () => {
    await house.clear();
    await Promise.all(doors.splice(0).map((door) => door.close()));
    await Promise.all(servers.splice(0).map((server) => server.kill()));
  });
  afterAll(async () => {
    await house.close();
    await redis.kill();
  });

  /** Ana comes in by a door that leads to the first server, Ben by one that leads to the second; each has the other behind it. */
  async function two(tap?: WireTap) {
    house.tolerated = [NETWORK];
    servers = await Promise.all([startServer(['--redis', redis.url]), startServer(['--redis', redis.url])]);
    const [first, second] = servers.map(({ port }) => port) as [number, number];
    doors = await Promise.all([startBalancer([first, second]), startBalancer([second, first])]);
    const ana = await house.person({ at: doors[0]!.url, ...(tap === undefined ? {} : { prepare: tap.listen }) });
    const link = await createRoom(ana);
    const ben = await house.person({ at: doors[1]!.url });
    await joinByLink(ben, new URL(link).pathname, 'Ben');
    await ana.getByText('Ben came in').waitFor();
    return { ana, ben };
  }

  async function watching() {
    const { ana, ben } = await two();
    await showSample(ana);
    await filmReady(ben);
    await control(ana, 'Play').click();
    await Promise.all([running(ana, 2), running(ben, 2)]);
    return { ana, ben };
  }

  const said = (page: Page, text: string) => page.locator('.message-text', { hasText: new RegExp(`^${text}$`) });

  test('people on both talk, and watch in step', async () => {
    const { ana, ben } = await watching();
    await say(ana, 'Hello Ben');
    await said(ben, 'Hello Ben').waitFor();
    await say(ben, 'Hello Ana');
    await said(ana, 'Hello Ana').waitFor();
    expect(await apart(ana, ben)).toBeLessThan(250);
    await control(ana, 'Pause').click();
    await expect.poll(async () => (await read(ben)).paused).toBe(true);
  });

  test('the server of one is killed: the same seat by the other server, the talk goes on, the film never stops', async () => {
    const { ana, ben } = await watching();
    await say(ana, 'before');
    await said(ben, 'before').waitFor();
    await ana.evaluate(() => {
      const told = window as unknown as { __stops: number };
      told.__stops = 0;
      const film = document.querySelector('video');
      for (const name of ['pause', 'emptied']) film?.addEventListener(name, () => told.__stops++);
    });
    const before = await read(ana);

    await servers[0]!.kill();
    const lostAt = Date.now();
    await say(ana, 'out of the dark');
    await say(ben, 'are you there');
    await Promise.all([said(ben, 'out of the dark').waitFor(), said(ana, 'are you there').waitFor()]);
    const backMs = Date.now() - lostAt;
    console.log(`a killed server: both heard each other again after ${backMs} ms`);
    expect(backMs).toBeLessThan(BACK_MS_MAX);

    expect(await said(ana, 'out of the dark').count()).toBe(1);
    expect(await said(ben, 'out of the dark').count()).toBe(1);
    await together(ana, ben, 1000);
    expect((await read(ana)).position).toBeGreaterThan(before.position);
    expect(await ana.evaluate(() => (window as unknown as { __stops: number }).__stops)).toBe(0);
    expect(await apart(ana, ben)).toBeLessThan(250);
    // The same seat: nobody left, nobody came, and the remote is still in the same hand.
    expect(await ben.getByText('Ana left').count()).toBe(0);
    expect(await ben.getByText('Ana came in').count()).toBe(0);
    await openPeople(ben);
    expect(await ben.locator('.person').count()).toBe(2);
    await control(ana, 'Pause').click();
    await expect.poll(async () => (await read(ben)).paused).toBe(true);
    expect(await ana.locator('.message-note, .message-failed').count()).toBe(0);
  });

  test('the answer to a message is lost on the way: it goes out again, and is there once', async () => {
    const tap = new WireTap();
    const { ana, ben } = await two(tap);
    tap.lose('send-message', 'new-message');
    // Or the page would find it in what it has missed, before it has to ask again.
    tap.refuse('unavailable', 'resume');
    await say(ana, 'only once');
    await said(ben, 'only once').waitFor();
    await expect.poll(() => tap.asked.get('send-message')).toBe(2);
    tap.heal();
    await expect.poll(() => ana.locator('.message-note').count()).toBe(0);
    await say(ben, 'heard you');
    await say(ana, 'and you');
    for (const page of [ana, ben]) {
      await Promise.all([said(page, 'heard you').waitFor(), said(page, 'and you').waitFor()]);
      expect((await page.locator('.message-text').allInnerTexts()).filter((text) => text === 'only once')).toHaveLength(1);
    }
  });

  test('both servers are killed and started again, one after the other: the room is still there', async () => {
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
    expect(await apart(ana, ben)).toBeLessThan(250);
  });
});
