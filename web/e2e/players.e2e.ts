import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { control, createRoom, joinByLink, openRoomOfTwo, showLink, useBrowsers } from './support/browsers';
import { measureSkewMs, readPlayer, waitUntilPlaying, waitUntilPaused, waitUntilInSync } from './support/film';
import { startFixtureServer } from './support/fixture-server';

const STAND_IN = readFileSync(fileURLToPath(new URL('./youtube-stand-in.js', import.meta.url)), 'utf8');
/** The same bound as for exact players. */
const APART_MAX_MS = 250;

const browsers = useBrowsers();
let files: Awaited<ReturnType<typeof startFixtureServer>>;
beforeAll(async () => {
  files = await startFixtureServer();
});
afterAll(async () => {
  await files.close();
});

async function withStandIn(context: BrowserContext): Promise<void> {
  await context.route('https://www.youtube.com/iframe_api', (route) =>
    route.fulfill({ contentType: 'text/javascript', body: STAND_IN }),
  );
  await context.route(/https:\/\/www\.youtube(-nocookie)?\.com\/embed\/.*/, (route) =>
    route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>stand-in</title>' }),
  );
}

test('YouTube (stand-in): two viewers start together, pause, seek, and stay in sync', async () => {
  const ana = await browsers.openPage({ prepare: withStandIn });
  const link = await createRoom(ana);
  const ben = await browsers.openPage({ prepare: withStandIn });
  await joinByLink(ben, link, 'Ben');
  await showLink(ana, 'https://youtu.be/aqz-KE-bpKQ');
  for (const page of [ana, ben]) {
    await page.locator('youtube-video').waitFor({ state: 'attached' });
    await expect.poll(() => page.locator('.bar-time').innerText()).toContain('3:32');
  }
  await control(ana, 'Play').click();
  await Promise.all([waitUntilPlaying(ana, 4), waitUntilPlaying(ben, 4)]);
  const first = await measureSkewMs(ana, ben);
  expect(first).toBeLessThan(APART_MAX_MS);

  await control(ana, 'Pause').click();
  await expect.poll(async () => (await readPlayer(ana)).paused).toBe(true);
  await waitUntilPaused(ben, (await readPlayer(ana)).position, 0.3);

  await control(ana, 'Ahead 10 seconds').click();
  await expect.poll(async () => (await readPlayer(ben)).position).toBeGreaterThan(13);
  const { position } = await readPlayer(ana);
  await control(ana, 'Play').click();
  await Promise.all([waitUntilPlaying(ana, position + 3), waitUntilPlaying(ben, position + 3)]);
  await waitUntilInSync(ana, ben, APART_MAX_MS / 2);
  const second = await measureSkewMs(ana, ben);
  expect(second).toBeLessThan(APART_MAX_MS);
  console.log(`YouTube stand-in apart: ${first.toFixed(0)} ms after a start, ${second.toFixed(0)} ms after a seek`);
});

test('YouTube (stand-in): a late joiner reaches the position', async () => {
  const ana = await browsers.openPage({ prepare: withStandIn });
  const link = await createRoom(ana);
  await showLink(ana, 'https://www.youtube.com/watch?v=aqz-KE-bpKQ');
  await expect.poll(() => ana.locator('.bar-time').innerText()).toContain('3:32');
  await control(ana, 'Play').click();
  await waitUntilPlaying(ana, 3);
  const ben = await browsers.openPage({ prepare: withStandIn });
  await joinByLink(ben, link, 'Ben');
  const start = (await readPlayer(ana)).position;
  await Promise.all([waitUntilPlaying(ana, start + 5), waitUntilPlaying(ben, start + 5)]);
  await waitUntilInSync(ana, ben, APART_MAX_MS / 2);
  expect(await measureSkewMs(ana, ben)).toBeLessThan(APART_MAX_MS);
});

test('HLS: loads its library, plays in sync, and offers captions', async () => {
  const { ana, ben } = await openRoomOfTwo(browsers);
  await showLink(ana, `${files.url}/hls/main.m3u8`);
  for (const page of [ana, ben]) await expect.poll(() => page.locator('.bar-time').innerText()).toContain('0:24');
  await control(ana, 'Play').click();
  await Promise.all([waitUntilPlaying(ana, 1.5), waitUntilPlaying(ben, 1.5)]);
  expect(await measureSkewMs(ana, ben)).toBeLessThan(APART_MAX_MS);

  await ben.keyboard.press('c');
  await expect.poll(() => ben.locator('.subtitles').innerText()).toBe('The first half of the evening');
  expect(await ana.locator('.subtitles').innerText()).toBe('');
});

test('HLS: a missing playlist is explained', async () => {
  browsers.expectedErrors = [/404|Failed to load resource/];
  const ana = await browsers.openPage();
  await createRoom(ana);
  await showLink(ana, `${files.url}/hls/gone.m3u8`);
  await ana.getByRole('heading', { name: 'There is no film at this link.' }).waitFor();
});

test('DASH: loads its library and plays in sync', async () => {
  const { ana, ben } = await openRoomOfTwo(browsers);
  await showLink(ana, `${files.url}/dash/film.mpd`);
  for (const page of [ana, ben]) await expect.poll(() => page.locator('.bar-time').innerText()).toMatch(/0:2[34]$/);
  await control(ana, 'Play').click();
  await Promise.all([waitUntilPlaying(ana, 1.5), waitUntilPlaying(ben, 1.5)]);
  expect(await measureSkewMs(ana, ben)).toBeLessThan(APART_MAX_MS);
});

test('YouTube (stand-in): errors are explained to everybody, and the host can choose another film', async () => {
  // The library also logs every error to the console.
  browsers.expectedErrors = [/data: 1\d\d/];
  const ana = await browsers.openPage({ prepare: withStandIn });
  const link = await createRoom(ana);
  const ben = await browsers.openPage({ prepare: withStandIn });
  await joinByLink(ben, link, 'Ben');
  await showLink(ana, 'https://youtu.be/error100___');
  for (const [title, next] of [
    ['YouTube says this video is gone or private.', 'error150___'],
    ['The owner does not allow this video outside YouTube.', 'aqz-KE-bpKQ'],
  ] as const) {
    for (const page of [ana, ben]) await page.getByRole('heading', { name: title }).waitFor();
    await ana.getByRole('button', { name: 'Choose another film' }).click();
    await ana
      .getByRole('dialog')
      .getByLabel(/Paste a YouTube/)
      .fill(`https://youtu.be/${next}`);
    await ana.getByRole('dialog').getByRole('button', { name: 'Show it' }).click();
    for (const page of [ana, ben]) await page.getByRole('heading', { name: title }).waitFor({ state: 'detached' });
  }
  for (const page of [ana, ben]) await expect.poll(() => page.locator('.bar-time').innerText()).toContain('3:32');
});

test('YouTube: a blocked API is explained', async () => {
  browsers.expectedErrors = [/Failed to load resource|ERR_FAILED/];
  const ana = await browsers.openPage({
    prepare: (context) => context.route('https://www.youtube.com/**', (route) => route.abort()),
  });
  await createRoom(ana);
  await showLink(ana, 'https://youtu.be/aqz-KE-bpKQ');
  await ana.getByRole('heading', { name: 'The player for this link could not be loaded.' }).waitFor();
});
