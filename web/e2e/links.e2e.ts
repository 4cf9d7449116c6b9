/** Rules MD3 to MD5 in a browser: what a page finds out about a link, and what it says of it. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { House, createRoom, showLink } from './support/house';
import { serveSites } from './support/sites';

const SAMPLE = readFileSync(fileURLToPath(new URL('../public/media/sample.mp4', import.meta.url)));
/** What browsers say of a load that failed, and of an answer that they keep from the page. */
const LOAD_FAILED = [/Failed to load resource/, /CORS policy/];

let house: House;
let sites: Awaited<ReturnType<typeof serveSites>>;
beforeAll(async () => {
  house = await House.open();
  sites = await serveSites(SAMPLE);
});
afterEach(() => house.clear());
afterAll(async () => {
  await house.close();
  await sites.close();
});

test.each([
  ['/page', /leads to a web page/],
  ['/gone', /no film at this link/],
  ['/film.mkv', /cannot play this format/],
])('MD4 %s is tried and refused in words, and the room keeps its film', async (path, why) => {
  house.tolerated = LOAD_FAILED;
  const ana = await house.person();
  await createRoom(ana);
  await showLink(ana, sites.url + path);
  await ana.getByText(why).waitFor();
  expect(await ana.locator('video').count()).toBe(0);
});

test('MD4 a film and a stream without an ending are shown', async () => {
  const ana = await house.person();
  await createRoom(ana);
  await showLink(ana, `${sites.url}/film`);
  await ana.waitForFunction(() => (document.querySelector('video')?.readyState ?? 0) >= 2);

  const ben = await house.person();
  await createRoom(ben);
  await showLink(ben, `<${sites.url}/hls/stream>`);
  await expect.poll(() => ben.locator('.bar-time').innerText()).toMatch(/0:2[34]$/);
  expect(await ben.locator('hls-video').count()).toBe(1);
});

test.each([
  ['/head-403.mp4', /cannot play this format/],
  ['/head-405.mp4', /cannot play this format/],
  ['/cut.mp4', /cannot play this format/],
  ['/no-cors.mp4', /^This link cannot be played here/],
  ['/private.mp4', /not public/],
])('MD5 %s is explained by what its site says to a GET', async (path, title) => {
  house.tolerated = LOAD_FAILED;
  const ana = await house.person();
  await createRoom(ana);
  await showLink(ana, sites.url + path);
  await ana.getByRole('heading', { name: title }).waitFor();
});
