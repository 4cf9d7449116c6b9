/** Whom a page asks for what: its own server and the film's hosts, and nobody else, with every kind of film. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { BrowserContext } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { BASE_URL, House, control, createRoom, showLink } from './support/house';
import { running } from './support/film';
import { serveFixtures } from './support/file-server';
import { serveOdd } from './support/odd-server';

const STAND_IN = readFileSync(fileURLToPath(new URL('./youtube-stand-in.js', import.meta.url)), 'utf8');

let house: House;
let files: Awaited<ReturnType<typeof serveFixtures>>;
let odd: Awaited<ReturnType<typeof serveOdd>>;
beforeAll(async () => {
  house = await House.open();
  files = await serveFixtures();
  odd = await serveOdd();
});
afterEach(() => house.clear());
afterAll(async () => {
  await house.close();
  await files.close();
  await odd.close();
});

/** Notes every host that is asked for anything, and lets nothing out of the machine. */
function watch(hosts: Set<string>) {
  return async (context: BrowserContext): Promise<void> => {
    context.on('request', (request) => {
      const url = new URL(request.url());
      if (/^(https?|wss?):$/.test(url.protocol)) hosts.add(url.host);
    });
    await context.route(
      (url) => url.hostname !== '127.0.0.1' && url.hostname !== 'localhost',
      (route) => {
        const { pathname } = new URL(route.request().url());
        if (pathname === '/iframe_api') return route.fulfill({ contentType: 'text/javascript', body: STAND_IN });
        if (pathname.startsWith('/embed/')) return route.fulfill({ contentType: 'text/html', body: '<!doctype html>' });
        return route.abort();
      },
    );
  };
}

const own = () => new URL(BASE_URL).host;

test.each([
  { kind: 'a file', link: () => `${BASE_URL}/media/sample.mp4`, hosts: () => [own()] },
  { kind: 'a file of another site', link: () => `${odd.url}/plain/film.mp4`, hosts: () => [new URL(odd.url).host] },
  { kind: 'HLS', link: () => `${files.url}/hls/main.m3u8`, hosts: () => [new URL(files.url).host] },
  { kind: 'HLS with advertisements and steering', link: () => `${odd.url}/ads/main.m3u8`, hosts: () => [new URL(odd.url).host] },
  { kind: 'HLS, a broadcast', link: () => `${odd.url}/live/main.m3u8`, hosts: () => [new URL(odd.url).host] },
  { kind: 'DASH', link: () => `${files.url}/dash/film.mpd`, hosts: () => [new URL(files.url).host] },
  { kind: 'YouTube', link: () => 'https://youtu.be/aqz-KE-bpKQ', hosts: () => ['www.youtube.com'] },
])('$kind: no request to anybody else', async ({ link, hosts }) => {
  const asked = new Set<string>();
  const ana = await house.person({ prepare: watch(asked) });
  await createRoom(ana);
  await showLink(ana, link());
  await control(ana, 'Play').click();
  await running(ana, 0.5);
  await ana.waitForTimeout(2000);
  expect([...asked].sort()).toEqual([...new Set([own(), ...hosts()])].sort());
});

test('sound, and a broadcast by DASH without a clock of its own: no request to anybody else', async () => {
  // Neither has to play here: what they ask for is the question.
  house.tolerated = [/./];
  const asked = new Set<string>();
  const ana = await house.person({ prepare: watch(asked) });
  await createRoom(ana);
  await showLink(ana, `${odd.url}/live/film.mpd`);
  await ana.locator('dash-video').waitFor({ state: 'attached' });
  await ana.waitForTimeout(5000);
  await ana.getByRole('button', { name: 'Change film' }).click();
  await ana.getByRole('dialog').getByLabel(/Paste a YouTube/).fill(`${odd.url}/plain/song.mp3`); // prettier-ignore
  await ana.getByRole('dialog').getByRole('button', { name: 'Show it' }).click();
  await ana.waitForTimeout(2000);
  expect([...asked].sort()).toEqual([own(), new URL(odd.url).host].sort());
});
