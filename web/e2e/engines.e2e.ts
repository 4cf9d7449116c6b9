/** One room with Firefox and Chromium: how Firefox starts, and how closely it follows. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { control, createRoom, joinByLink, showLink, showSample, useBrowsers } from './support/browsers';
import { measureSkewMs, waitUntilPlaying } from './support/film';
import { startFixtureServer } from './support/fixture-server';

/** Firefox reports positions in steps of 40 ms, which are in the reads of this file. */
const APART_MAX_MS = 60;

const browsers = useBrowsers();
let streams: Awaited<ReturnType<typeof startFixtureServer>>;
beforeAll(async () => {
  streams = await startFixtureServer();
});
afterAll(() => streams.close());

/** Opens a room of a page each of Chromium, the host, and Firefox. */
async function openMixedRoom(): Promise<{ ana: Page; ben: Page }> {
  const ana = await browsers.openPage({ engine: 'chromium' });
  const link = await createRoom(ana);
  const ben = await browsers.openPage({ engine: 'firefox' });
  await joinByLink(ben, link, 'Ben');
  return { ana, ben };
}

test.each([
  ['a file', null],
  ['HLS', 'hls/main.m3u8'],
  ['DASH', 'dash/film.mpd'],
] as const)('%s plays in step in Firefox and Chromium, without an audible rate', async (_, address) => {
  const { ana, ben } = await openMixedRoom();
  await ben.evaluate(watchRates);
  if (address === null) await showSample(ana);
  else await showLink(ana, `${streams.url}/${address}`);
  await control(ben, 'Play').waitFor();
  await control(ana, 'Play').click();
  await Promise.all([waitUntilPlaying(ana, 1), waitUntilPlaying(ben, 1)]);
  expect(await measureSkewMs(ana, ben)).toBeLessThan(APART_MAX_MS);
  expect(await ben.evaluate(() => (window as unknown as { heard: number[] }).heard)).toEqual([]);
});

/** Notes each rate that is heard: off by more than five cents, with the sound up. */
function watchRates(): void {
  const heard: number[] = ((window as unknown as { heard: number[] }).heard = []);
  const { set, get } = Object.getOwnPropertyDescriptor(HTMLMediaElement.prototype, 'playbackRate')!;
  Object.defineProperty(HTMLMediaElement.prototype, 'playbackRate', {
    get: get!,
    set(this: HTMLMediaElement, rate: number) {
      if (Math.abs(rate - 1) > 0.003 && this.volume > 0.1) heard.push(rate);
      set!.call(this, rate);
    },
  });
}
