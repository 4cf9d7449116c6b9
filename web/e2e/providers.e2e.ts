/** Players of other sites, by stand-ins that behave as documented (e2e/stand-ins). */
import { expect, test } from 'vitest';
import { PROVIDERS, type Provider, serveStandIn } from './stand-ins/index.mjs';
import { BASE_URL, control, createRoom, filmReady, joinByLink, showLink, useBrowsers } from './support/browsers';
import { measureSkewMs, readPlayer, waitUntilInSync, waitUntilPaused, waitUntilPlaying } from './support/film';

const browsers = useBrowsers();

async function openRoom(provider: Provider, link: string, benQuirks = {}) {
  // Twitch plays on pages of a named host only.
  const at = BASE_URL.replace('127.0.0.1', 'localhost');
  const ana = await browsers.openPage({ at, prepare: (context) => serveStandIn(context, provider) });
  const room = await createRoom(ana);
  const ben = await browsers.openPage({ at, prepare: (context) => serveStandIn(context, provider, benQuirks) });
  await joinByLink(ben, room, 'Ben');
  await showLink(ana, link);
  return { ana, ben };
}

/**
 * `apartMs`: what the abilities of the player allow. One with a single rate is left alone within
 * 150 ms of the room, and within 400 ms when its seeks are coarse. `seekS`: how far beyond its goal a seek may end.
 */
const CASES: { provider: Provider; apartMs: number; seekS: number }[] = [
  { provider: 'vimeo', apartMs: 100, seekS: 0 },
  { provider: 'peertube', apartMs: 100, seekS: 0 },
  { provider: 'dailymotion', apartMs: 400, seekS: 0 },
  { provider: 'twitch', apartMs: 600, seekS: 2 },
];

test.each(CASES)('$provider (stand-in): play, pause and seek in step', async ({ provider, apartMs, seekS }) => {
  // Twitch shows Ben an advertisement before the film.
  const advertMs = provider === 'twitch' ? 4500 : 0;
  const { ana, ben } = await openRoom(provider, PROVIDERS[provider].link, { advertMs });
  for (const page of [ana, ben]) await expect.poll(() => page.locator('.bar-time').innerText()).toContain('3:32');
  await control(ana, 'Play').click();
  if (advertMs > 0) await ben.getByText('The site of this film shows an advertisement.').waitFor();
  await Promise.all([waitUntilPlaying(ana, 2), waitUntilPlaying(ben, 2)]);
  await waitUntilInSync(ana, ben, apartMs);
  const first = await measureSkewMs(ana, ben);
  expect(first).toBeLessThan(apartMs);

  await control(ana, 'Pause').click();
  await expect.poll(async () => (await readPlayer(ana)).paused).toBe(true);
  const stopped = (await readPlayer(ana)).position;
  await waitUntilPaused(ben, stopped, apartMs / 1000 + 0.2);
  await control(ana, 'Ahead 10 seconds').click();
  for (const page of [ana, ben]) await waitUntilPaused(page, stopped + 10 + seekS / 2, seekS / 2 + 0.3 + apartMs / 1000);

  await control(ana, 'Play').click();
  await Promise.all([waitUntilPlaying(ana, stopped + 12), waitUntilPlaying(ben, stopped + 12)]);
  await waitUntilInSync(ana, ben, apartMs);
  const second = await measureSkewMs(ana, ben);
  expect(second).toBeLessThan(apartMs);
  console.log(`${provider} stand-in apart: ${first.toFixed(0)} ms after a start, ${second.toFixed(0)} ms after a seek`);
});

test('Vimeo (stand-in): a private video is explained to everybody', async () => {
  const { ana, ben } = await openRoom('vimeo', 'https://vimeo.com/1000403');
  for (const page of [ana, ben]) await page.getByRole('heading', { name: 'Vimeo says this video is private.' }).waitFor();
});

test('Dailymotion (stand-in): the player of the next film is prepared before the end, and opened when it is shown', async () => {
  const ana = await browsers.openPage({ prepare: (context) => serveStandIn(context, 'dailymotion') });
  await createRoom(ana);
  const asked: string[] = [];
  ana.on('request', (request) => asked.push(request.url()));
  await ana.getByLabel(/Paste a YouTube/).fill(`${BASE_URL}/media/sample.mp4 ${PROVIDERS.dailymotion.link}`);
  await ana.getByRole('button', { name: 'Show the first, queue the rest' }).click();
  await filmReady(ana);
  await ana.getByLabel('Position in the film').fill('135');
  await control(ana, 'Play').click();
  await ana.locator('head > link[rel=preconnect][href="https://geo.dailymotion.com"]').waitFor({ state: 'attached' });
  const ofProvider = () => asked.filter((url) => url.includes('dailymotion.com'));
  expect(ofProvider()).toEqual(['https://geo.dailymotion.com/libs/player.js']);
  expect(await ana.locator('iframe').count()).toBe(0);
  await ana.getByRole('tab', { name: /^Queue/ }).click();
  await ana.getByRole('button', { name: 'Next film' }).click();
  await waitUntilPlaying(ana, 0.5);
  expect(ofProvider().filter((url) => url.endsWith('.js'))).toHaveLength(1);
});
