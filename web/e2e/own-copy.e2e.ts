/** A film that every viewer plays from a file of their own (OC1 to OC4). */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type PageOptions, control, createRoom, filmReady, joinByLink, openMembers } from './support/browsers';
import { openRoomOfTwo, useBrowsers } from './support/browsers';
import { measureSkewMs, readPlayer, waitUntilInSync, waitUntilPaused, waitUntilPlaying } from './support/film';
import { axeViolations } from './support/host-menu';
import {
  type OwnFilms,
  changeInStorage,
  chooseFile,
  dropFile,
  makeOwnFilms,
  pickFromStorage,
  watchNetwork,
} from './support/own-films';

const browsers = useBrowsers();
let films: OwnFilms;
beforeAll(() => {
  films = makeOwnFilms();
});
afterAll(() => films.remove());

const SHOW = 'A film from this device';
const COPY = 'Choose your copy';
const card = (page: Page) => page.locator('.own-copy-card');

/** Opens a room of two in which Ana shows a film from her own file. */
async function openRoomWithOwnFilm() {
  const room = await openRoomOfTwo(browsers);
  await chooseFile(room.ana, SHOW, films.film);
  await filmReady(room.ana);
  await card(room.ben).waitFor();
  return room;
}

test('OC1 two viewers play their own copies in step, and a third without one holds up nobody', async () => {
  const { ana, ben, link } = await openRoomWithOwnFilm();
  expect(await card(ben).textContent()).toMatch(/Ana shows Our film\.mp4 \(2:30, 813\skB\) from a file of their own/);
  await dropFile(ben, films.copy, 'downloaded (1).mp4');
  await filmReady(ben);
  await ben.locator('.toast', { hasText: 'Your copy is the same file' }).waitFor();
  const cem = await browsers.openPage();
  await joinByLink(cem, link, 'Cem');
  await card(cem).waitFor();
  await openMembers(ana);
  await ana.locator('.member', { hasText: 'Cem' }).getByText('no copy yet').waitFor();

  await control(ana, 'Play').click();
  await Promise.all([waitUntilPlaying(ana), waitUntilPlaying(ben)]);
  await waitUntilInSync(ana, ben, 100);
  expect(await measureSkewMs(ana, ben)).toBeLessThan(100);

  await control(ana, 'Ahead 10 seconds').click();
  await Promise.all([waitUntilPlaying(ana, 9), waitUntilPlaying(ben, 9)]);
  await waitUntilInSync(ana, ben, 100);

  // Who finds a copy later joins in.
  await chooseFile(cem, COPY, films.copy);
  await waitUntilPlaying(cem);
  await waitUntilInSync(ana, cem, 100);
  await ana.locator('.member', { hasText: 'Cem' }).getByText('no copy yet').waitFor({ state: 'detached' });
});

test('OC1 nothing of a file is sent but its fingerprint', async () => {
  const { ana, ben } = await openRoomOfTwo(browsers);
  const networks = [watchNetwork(ana), watchNetwork(ben)];
  // Reloaded, so that the watch sees the page's socket.
  await Promise.all([ana.reload(), ben.reload()]);
  await ana.getByText('What are we watching?').waitFor();
  await chooseFile(ana, SHOW, films.film);
  await filmReady(ana);
  await chooseFile(ben, COPY, films.copy);
  await filmReady(ben);
  await control(ana, 'Play').click();
  await Promise.all([waitUntilPlaying(ana, 3), waitUntilPlaying(ben, 3)]);
  const { origin } = new URL(ana.url());
  for (const { asked, sent } of networks) {
    expect(sent.length).toBeGreaterThan(0);
    expect(asked.filter((url) => new URL(url).origin !== origin || url.includes('Our'))).toEqual([]);
    expect(asked.filter((url) => url.includes('/media/'))).toEqual([]);
    // Clock requests and commands alone; the film has half a megabyte and more.
    expect(sent.join('').length).toBeLessThan(20_000);
    for (const text of sent) expect(text).not.toMatch(/ftyp|moov|mdat/);
  }
  const shown = networks[0]!.sent.filter((text) => text.includes('local:'));
  expect(shown).toHaveLength(1);
  expect(shown[0]).toMatch(/local:name=Our%20film\.mp4&size=\d+&duration=[\d.]+&sha256=[0-9a-f]{64}\.[0-9a-f]{64}\.[0-9a-f]{64}"/);
  expect(networks[1]!.sent.filter((text) => text.includes('downloaded'))).toEqual([]);
}); // prettier-ignore

test('OC3 another cut of the same length plays with an offset, which a refresh keeps', async () => {
  const { ana, ben } = await openRoomWithOwnFilm();
  await chooseFile(ben, COPY, films.cut);
  await filmReady(ben);
  await ben.getByText('Your copy is another file of the same length.').last().waitFor();
  await ben.getByRole('button', { name: 'Your copy 1 second further on' }).click();
  await ben.getByRole('button', { name: 'Your copy 1 second further on' }).click();
  await waitUntilPaused(ben, 2);
  await control(ana, 'Play').click();
  await Promise.all([waitUntilPlaying(ana, 1), waitUntilPlaying(ben, 3)]);
  const ahead = async () => {
    const [a, b] = await Promise.all([readPlayer(ana), readPlayer(ben)]);
    return (b.position - a.position) * 1000 - (b.at - a.at);
  };
  await expect.poll(async () => Math.abs((await ahead()) - 2000)).toBeLessThan(100);
  await ben.reload();
  await ben.getByText('Your copy once more').waitFor();
  await chooseFile(ben, COPY, films.cut);
  await waitUntilPlaying(ben);
  await expect.poll(async () => Math.abs((await ahead()) - 2000)).toBeLessThan(100);
});

test('OC3 a film of another length and a file that does not play are explained', async () => {
  const { ana, ben } = await openRoomWithOwnFilm();
  await chooseFile(ben, COPY, films.unplayable);
  await ben.getByRole('alert').getByText('This browser cannot play holiday.avi.').waitFor();
  await chooseFile(ben, COPY, films.other);
  await ben.getByRole('heading', { name: 'Another length' }).waitFor();
  expect(await card(ben).textContent()).toMatch(/another film\.mp4 is .+ long, and the film is/);
  await ben.getByRole('button', { name: 'Play it anyway' }).click();
  await filmReady(ben);
  await control(ana, 'Play').click();
  await Promise.all([waitUntilPlaying(ana), waitUntilPlaying(ben)]);
  // Nothing that does not play is sent to the room.
  await ana.getByRole('button', { name: 'Change film' }).click();
  await chooseFile(ana, SHOW, films.unplayable);
  await ana.getByRole('alert').getByText('This browser cannot play holiday.avi.').waitFor();
  await waitUntilPlaying(ana);
});

test('OC3 a refresh finds the file again, and says when it has changed or is gone', async () => {
  const { ben } = await openRoomWithOwnFilm();
  await pickFromStorage(ben, films.copy, 'kept.mp4');
  await ben.getByRole('button', { name: COPY }).click();
  await filmReady(ben);
  await ben.reload();
  await filmReady(ben);
  expect(await card(ben).count()).toBe(0);
  await changeInStorage(ben, 'kept.mp4', 'something else');
  await ben.reload();
  await ben.getByText('Your copy has changed').waitFor();
  await changeInStorage(ben, 'kept.mp4', null);
  await ben.reload();
  await ben.getByText('Your copy is not there').waitFor();
});

test('OC1 the queue takes films from files, and plays one copy after the other', async () => {
  const { ana, ben } = await openRoomWithOwnFilm();
  await ana.getByRole('tab', { name: /Queue/ }).click();
  await chooseFile(ana, SHOW, films.other);
  await ana.getByText('another film').first().waitFor();
  await chooseFile(ben, COPY, films.copy);
  await filmReady(ben);
  await ana.getByRole('button', { name: 'Next film' }).click();
  await card(ben).getByText('another film.mp4').waitFor();
  expect(await card(ana).count()).toBe(0);
});

test.each([
  { width: 1440, height: 900 },
  { width: 390, height: 844, touch: true },
] satisfies PageOptions[])('OC3 the cards pass axe at %o', async (size) => {
  const ana = await browsers.openPage();
  const link = await createRoom(ana);
  await chooseFile(ana, SHOW, films.film);
  await filmReady(ana);
  const ben = await browsers.openPage(size);
  await joinByLink(ben, link, 'Ben');
  await card(ben).waitFor();
  const shot = process.env['SCREENSHOTS'];
  const look = async (name: string) => {
    if (shot !== undefined) await ben.screenshot({ path: `${shot}/${name}-${size.width}.png` });
    expect(await axeViolations(ben)).toEqual([]);
  };
  await look('card');
  await chooseFile(ben, COPY, films.other);
  await ben.getByRole('heading', { name: 'Another length' }).waitFor();
  await look('mismatch');
  await chooseFile(ben, 'Choose another file', films.cut);
  await ben.locator('.own-copy-notice').waitFor();
  await look('cut');
  await ben.getByRole('button', { name: /^Sync:/ }).click();
  await ben.getByRole('heading', { name: 'Your copy' }).waitFor();
  await look('panel');
});
