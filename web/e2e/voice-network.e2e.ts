/** Voice over a network that is lost: the sound itself, while the server can still be reached. */
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { MediaPath } from './support/media-path';
import { allHear, connectionsOf, expectErrors, heardBy, hears, joinVoice, openRoomOf, useSpeakers } from './support/voice';

const speakers = useSpeakers('Ana', 'Ben');

async function talking(path: MediaPath): Promise<[Page, Page]> {
  const { pages } = await openRoomOf(speakers, { prepare: path.attach });
  for (const page of pages) await joinVoice(page);
  await allHear(speakers, pages);
  expect(path.passed).toBeGreaterThan(0);
  return pages as [Page, Page];
}

const oneEach = { open: 1, players: 1 };

test('VO5 the path of the sound is lost and another one comes: both restart, and hear each other again', async () => {
  const path = new MediaPath();
  const pages = await talking(path);
  for (const round of [1, 2]) {
    path.cut();
    for (const page of pages) {
      await expect.poll(() => heardBy(page)).toEqual([]);
      await expect.poll(async () => (await connectionsOf(page)).restarts, { timeout: 30_000 }).toBeGreaterThanOrEqual(round);
    }
    path.restore();
    await allHear(speakers, pages);
    for (const page of pages) expect(await connectionsOf(page)).toMatchObject(oneEach);
  }
  path.cut();
});

test('VO5 the network of the browser is lost with the path: the voice comes back with it', async () => {
  const path = new MediaPath();
  const [ana, ben] = await talking(path);
  expectErrors(speakers, [/ERR_INTERNET_DISCONNECTED/, /WebSocket/]);
  path.cut();
  await ben.context().setOffline(true);
  await expect.poll(() => heardBy(ana)).toEqual([]);
  path.restore();
  await ben.context().setOffline(false);
  await hears(ana, 'Ben');
  await hears(ben, 'Ana');
  for (const page of [ana, ben]) expect(await connectionsOf(page)).toMatchObject(oneEach);
  path.cut();
});
