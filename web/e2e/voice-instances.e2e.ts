/** Voice over several servers on one Redis, of which one is killed: sound goes from page to page, and stays. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createRoom, joinByLink, say } from './support/browsers';
import { type Balancer, type Running, startBalancer, startRedis, startServer } from './support/servers';
import { type WatchedWindow, allHear, connectionsOf, expectErrors, hears, joinVoice, useSpeakers } from './support/voice';

const NETWORK = /ERR_CONNECTION_|ERR_EMPTY_RESPONSE|WebSocket connection|Failed to load resource/;
const speakers = useSpeakers('Ana', 'Ben', 'Cem');
let redis: Running;
let servers: Running[] = [];
let balancers: Balancer[] = [];

beforeAll(async () => {
  redis = await startRedis();
  servers = await Promise.all([1, 2].map(() => startServer(['--redis', redis.url])));
  const [first, second] = servers.map(({ port }) => port) as [number, number];
  balancers = await Promise.all([startBalancer([first, second]), startBalancer([second, first])]);
}, 120_000);
afterAll(async () => {
  await Promise.all(balancers.map((balancer) => balancer.close()));
  await Promise.all(servers.map((server) => server.kill()));
  await redis.kill();
});

type RecordedWindow = WatchedWindow & { __longestGapMs: number };

/** Begins to measure for how long no sound of some other page arrives. */
const recordGaps = (page: Page) =>
  page.evaluate(() => {
    const here = window as unknown as RecordedWindow;
    here.__longestGapMs = 0;
    here.__voice.states.length = 0;
    for (const connection of here.__voice.connections) {
      let [packets, last] = [0, performance.now()];
      const look = async () => {
        let received = 0;
        (await connection.getStats()).forEach((one: { type: string; packetsReceived?: number }) => {
          if (one.type === 'inbound-rtp') received = one.packetsReceived ?? 0;
        });
        if (received > packets) [packets, last] = [received, performance.now()];
        here.__longestGapMs = Math.max(here.__longestGapMs, performance.now() - last);
        setTimeout(() => void look(), 50);
      };
      void look();
    }
  });

const recorded = (page: Page) =>
  page.evaluate(() => {
    const here = window as unknown as RecordedWindow;
    return { gapMs: here.__longestGapMs, states: here.__voice.states };
  });

test('VO3 one server is killed: the sound never stops, and its member comes back to the voice as it was', async () => {
  expectErrors(speakers, [NETWORK]);
  const [ana, ben, cem] = (await Promise.all(
    speakers.map((speaker, index) => speaker.open({ at: balancers[Math.min(index, 1)]!.url })),
  )) as [Page, Page, Page];
  const link = new URL(await createRoom(ana)).pathname;
  await joinByLink(ben, link, 'Ben');
  await joinByLink(cem, link, 'Cem');
  const pages = [ana, ben, cem];
  for (const page of pages) await joinVoice(page);
  await allHear(speakers, pages);
  await ana.getByRole('button', { name: 'Mute the microphone' }).click();
  await hears(ben, 'Cem');
  for (const page of pages) await recordGaps(page);

  await servers[0]!.kill();
  await say(ana, 'back again');
  await ben.locator('.message-text', { hasText: 'back again' }).waitFor();
  await hears(ben, 'Cem');
  await hears(cem, 'Ben');
  await hears(ana, 'Ben', 'Cem');
  await ana.getByRole('button', { name: 'Microphone on' }).click();
  await allHear(speakers, pages);

  for (const page of pages) {
    const { gapMs, states } = await recorded(page);
    expect(states).toEqual([]);
    expect(gapMs).toBeLessThan(1500);
    expect(await connectionsOf(page)).toEqual({ open: 2, restarts: 0, players: 2 });
  }
});

test('VO5 after the death of a server newcomers on the other hear the rest, and signals reach them', async () => {
  const { port } = servers[0]!;
  await servers[0]!.kill();
  servers[0] = await startServer(['--redis', redis.url], port);
  expectErrors(speakers, [NETWORK]);
  const ana = await speakers[0].open({ at: balancers[0]!.url });
  const link = new URL(await createRoom(ana)).pathname;
  await joinVoice(ana);
  const ben = await speakers[1].open({ at: balancers[1]!.url });
  await joinByLink(ben, link, 'Ben');
  await servers[1]!.kill();
  await say(ben, 'back again');
  await ana.locator('.message-text', { hasText: 'back again' }).waitFor();
  await joinVoice(ben);
  await hears(ana, 'Ben');
  await hears(ben, 'Ana');
});
