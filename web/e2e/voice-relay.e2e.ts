/** Voice through coturn alone, as behind firewalls that let pages reach nothing else. */
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Running, startServer } from './support/servers';
import { type TurnServer, hasTurnServer, startTurnServer } from './support/turn-server';
import { type WatchedWindow, allHear, connectionsOf, hears, joinVoice, openRoomOf, useSpeakers } from './support/voice';

const installed = hasTurnServer();
const speakers = useSpeakers('Ana', 'Ben');
let turn: TurnServer;
let server: Running;

beforeAll(async () => {
  if (!installed) return;
  turn = await startTurnServer();
  server = await startServer([], undefined, turn.environment);
});
afterAll(async () => {
  if (!installed) return;
  await server.kill();
  await turn.close();
});

/** Lets the pages of a context use relays alone. */
const relayOnly = (context: BrowserContext) =>
  context.addInitScript(() => {
    window.RTCPeerConnection = class extends RTCPeerConnection {
      constructor(configuration?: RTCConfiguration) {
        super({ ...configuration, iceTransportPolicy: 'relay' });
      }
    } as typeof RTCPeerConnection;
  });

/** Returns the types of both ends of the pair that carries the sound of each connection. */
const selectedPairs = (page: Page) =>
  page.evaluate(async () => {
    const pairs: (string | undefined)[][] = [];
    for (const connection of (window as unknown as WatchedWindow).__voice.connections) {
      const stats = new Map<string, Record<string, unknown>>();
      (await connection.getStats()).forEach((one: Record<string, unknown>) => stats.set(String(one['id']), one));
      const transport = [...stats.values()].find(({ type }) => type === 'transport');
      const pair = stats.get(String(transport?.['selectedCandidatePairId']));
      pairs.push(
        ['localCandidateId', 'remoteCandidateId'].map((end) => stats.get(String(pair?.[end]))?.['candidateType'] as string),
      );
    }
    return pairs;
  });

test.skipIf(!installed)('VO6 pages that reach nothing but the TURN server hear each other through it', async () => {
  const { pages } = await openRoomOf(speakers, { at: server.url, prepare: relayOnly });
  for (const page of pages) await joinVoice(page);
  await allHear(speakers, pages);
  for (const page of pages) {
    expect(await selectedPairs(page)).toEqual([['relay', 'relay']]);
    expect(await connectionsOf(page)).toMatchObject({ open: 1, players: 1 });
  }
});

test.skipIf(!installed)(
  'VO6 the TURN server is restarted: the pages find it, and hear each other again',
  { timeout: 120_000 },
  async () => {
    const { pages } = await openRoomOf(speakers, { at: server.url, prepare: relayOnly });
    for (const page of pages) await joinVoice(page);
    await allHear(speakers, pages);
    await turn.stop();
    for (const page of pages) await hears(page);
    turn.start();
    await allHear(speakers, pages);
    for (const page of pages) expect(await connectionsOf(page)).toMatchObject({ open: 1, players: 1 });
  },
);
