/** A page sends requests only to its own server and to the film's hosts, with every kind of film. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { BASE_URL, control, createRoom, showLink, useBrowsers } from './support/browsers';
import { waitUntilPlaying } from './support/film';
import { startFixtureServer } from './support/fixture-server';
import { startFilmServer } from './support/film-server';

const STAND_IN = readFileSync(fileURLToPath(new URL('./youtube-stand-in.js', import.meta.url)), 'utf8');

const browsers = useBrowsers();
let files: Awaited<ReturnType<typeof startFixtureServer>>;
let films: Awaited<ReturnType<typeof startFilmServer>>;
beforeAll(async () => {
  files = await startFixtureServer();
  films = await startFilmServer();
});
afterAll(async () => {
  await files.close();
  await films.close();
});

/** Records every requested host, and blocks requests to other machines. */
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
  { kind: 'a file of another site', link: () => `${films.url}/plain/film.mp4`, hosts: () => [new URL(films.url).host] },
  { kind: 'HLS', link: () => `${files.url}/hls/main.m3u8`, hosts: () => [new URL(files.url).host] },
  {
    kind: 'HLS with advertisements and steering',
    link: () => `${films.url}/ads/main.m3u8`,
    hosts: () => [new URL(films.url).host],
  },
  { kind: 'HLS, a broadcast', link: () => `${films.url}/live/main.m3u8`, hosts: () => [new URL(films.url).host] },
  { kind: 'DASH', link: () => `${files.url}/dash/film.mpd`, hosts: () => [new URL(files.url).host] },
  { kind: 'YouTube', link: () => 'https://youtu.be/aqz-KE-bpKQ', hosts: () => ['www.youtube.com'] },
])('$kind: no request to another host', async ({ link, hosts }) => {
  const asked = new Set<string>();
  const ana = await browsers.openPage({ prepare: watch(asked) });
  await createRoom(ana);
  await showLink(ana, link());
  await control(ana, 'Play').click();
  await waitUntilPlaying(ana, 2.5);
  expect([...asked].sort()).toEqual([...new Set([own(), ...hosts()])].sort());
});

test('audio, and a DASH broadcast without a time server: no request to another host', async () => {
  // Neither has to play here; only the requests count.
  browsers.expectedErrors = [/./];
  const asked = new Set<string>();
  const ana = await browsers.openPage({ prepare: watch(asked) });
  await createRoom(ana);
  // dash.js asks for the time before it asks for a broadcast's segments: with one of them, that is over.
  const segment = ana.waitForResponse((response) => response.url().endsWith('.m4s'));
  await showLink(ana, `${films.url}/live/film.mpd`);
  await segment;
  await ana.getByRole('button', { name: 'Change film' }).click();
  await ana.getByRole('dialog').getByLabel(/Paste a YouTube/).fill(`${films.url}/plain/song.mp3`); // prettier-ignore
  await ana.getByRole('dialog').getByRole('button', { name: 'Show it' }).click();
  await ana.getByRole('heading', { name: 'There is no film at this link.' }).waitFor();
  expect([...asked].sort()).toEqual([own(), new URL(films.url).host].sort());
});
