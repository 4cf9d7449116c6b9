/** Rules MD3 to MD6 in a browser: what a page finds out about a link, and what it shows. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createRoom, showLink, useBrowsers } from './support/browsers';
import { startLinkServer } from './support/link-server';

const SAMPLE = readFileSync(fileURLToPath(new URL('../public/media/sample.mp4', import.meta.url)));
/** Browser messages for a failed load, and for an answer that CORS hides. */
const LOAD_FAILED = [/Failed to load resource/, /CORS policy/];

const browsers = useBrowsers();
let sites: Awaited<ReturnType<typeof startLinkServer>>;
beforeAll(async () => {
  sites = await startLinkServer(SAMPLE);
});
afterAll(async () => {
  await sites.close();
});

test.each([
  ['/page', /leads to a web page/],
  ['/gone', /no film at this link/],
  ['/film.mkv', /cannot play this format/],
])('MD4 %s is tried and rejected with a reason, and the room keeps its film', async (path, why) => {
  browsers.expectedErrors = LOAD_FAILED;
  const ana = await browsers.openPage();
  await createRoom(ana);
  await showLink(ana, sites.url + path);
  await ana.getByText(why).waitFor();
  expect(await ana.locator('video').count()).toBe(0);
});

test.each([
  ['https://www.youtube.com/playlist?list=PL1', /This is a playlist/],
  ['https://drive.google.com/file/d/1AbC/view?usp=sharing', /Download the film and share it from elsewhere/],
  ['https://vimeo.com/channels/staffpicks', /names no single video/],
])('MD6 %s is rejected with a text that helps', async (link, why) => {
  const ana = await browsers.openPage();
  await createRoom(ana);
  await showLink(ana, link);
  await ana.getByText(why).waitFor();
});

test('MD4 a film and a stream without a file ending are played', async () => {
  const ana = await browsers.openPage();
  await createRoom(ana);
  await showLink(ana, `${sites.url}/film`);
  await ana.waitForFunction(() => (document.querySelector('video')?.readyState ?? 0) >= 2);

  const ben = await browsers.openPage();
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
])("MD5 %s is explained by its site's answer to a GET", async (path, title) => {
  browsers.expectedErrors = LOAD_FAILED;
  const ana = await browsers.openPage();
  await createRoom(ana);
  await showLink(ana, sites.url + path);
  await ana.getByRole('heading', { name: title }).waitFor();
});
