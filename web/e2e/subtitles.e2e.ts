/** Subtitles on screen: a file of one's own, what a host shares, and the tracks of HLS and DASH films. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { control, createRoom, openRoomWithFilm, showLink, useBrowsers } from './support/browsers';
import { readPlayer, waitUntilPlaying } from './support/film';
import { startFixtureServer } from './support/fixture-server';
import { axeViolations } from './support/host-menu';

const browsers = useBrowsers();
let files: Awaited<ReturnType<typeof startFixtureServer>>;
beforeAll(async () => {
  files = await startFixtureServer();
});
afterAll(async () => {
  await files.close();
});

const TITLE = 'Subtitles and audio';
const menu = (page: Page) => page.getByRole('dialog', { name: TITLE });
const shown = (page: Page) => page.locator('.subtitles').innerText();

async function openMenu(page: Page): Promise<void> {
  await control(page, TITLE).click();
  await menu(page).waitFor();
}

async function closeMenu(page: Page): Promise<void> {
  await page.keyboard.press('Escape');
  await menu(page).waitFor({ state: 'hidden' });
}

/** Saves a picture of the page where a folder for them is named. */
async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env['PICTURES'];
  if (folder !== undefined) await page.screenshot({ path: `${folder}/${name}.png` });
}

/** Checks the accessibility of a page on a phone and a laptop, and saves pictures of both. */
async function cleanAtBothSizes(page: Page, name: string): Promise<void> {
  for (const [width, height] of [
    [390, 844],
    [1440, 900],
  ] as const) {
    await page.setViewportSize({ width, height });
    expect(await axeViolations(page)).toEqual([]);
    await picture(page, `${name}-${width}`);
  }
}

/** Length of a cue of the file below, s. Cues follow each other until the end of the last one. */
const CUE_S = 0.5;
const CUES = 220;
const END_S = CUES * CUE_S;

/** A Russian file in an old encoding, with a script in it. */
function russianFile(): Buffer {
  const time = (s: number) => new Date(s * 1000).toISOString().slice(11, 23).replace('.', ',');
  const cues = Array.from({ length: CUES }, (_, i) => {
    const times = `${time(i * CUE_S)} --> ${time((i + 1) * CUE_S)}`;
    return `${i}\r\n${times}\r\n<script>x</script><i>Реплика</i> ${i}\r\n\r\n`;
  });
  // Windows-1251: letters А to я are consecutive.
  return Buffer.from([...cues.join('')].map((c) => (c >= 'А' && c <= 'я' ? c.charCodeAt(0) - 0x350 : c.charCodeAt(0))));
}

/** Records how much later than at its film time each cue comes to the screen, ms, until some have come. */
function measureLateness(page: Page, count: number): Promise<number[]> {
  return page.evaluate(
    ([needed, length]) =>
      new Promise<number[]>((resolve) => {
        const late: number[] = [];
        let last = '';
        const look = () => {
          const text = document.querySelector('.subtitles')?.textContent ?? '';
          const number = /(\d+)$/.exec(text)?.[1];
          if (number !== undefined && text !== last) {
            const position = document.querySelector('video')!.currentTime;
            late.push((position - Number(number) * length!) * 1000);
          }
          last = text;
          if (late.length <= needed!) requestAnimationFrame(look);
          // The first one was there before.
          else resolve(late.slice(1));
        };
        look();
      }),
    [count, CUE_S],
  );
}

/** Pauses, and returns the number of the cue that belongs to the position. */
async function pauseAt(page: Page, delay: number): Promise<number> {
  await page.keyboard.press('k');
  await expect.poll(async () => (await readPlayer(page)).paused).toBe(true);
  let last = Number.NaN;
  await expect
    .poll(async () => {
      const { position } = await readPlayer(page);
      const still = position === last;
      last = position;
      return still;
    })
    .toBe(true);
  return Math.floor((last - delay) / CUE_S);
}

test('a file of one’s own: cues come at the film’s time and go, after a seek, with a delay, and for oneself alone', async () => {
  const { ana, ben } = await openRoomWithFilm(browsers);
  await openMenu(ana);
  await menu(ana).locator('input[type=file]').setInputFiles({ name: 'film.srt', mimeType: '', buffer: russianFile() });
  await menu(ana).getByText(`SRT, ${CUES} lines.`).waitFor();
  expect(await menu(ana).getByLabel('Letters look wrong?').inputValue()).toBe('windows-1251');
  for (const [width, height] of [
    [390, 844],
    [1440, 900],
  ] as const) {
    await ana.setViewportSize({ width, height });
    expect(await axeViolations(ana)).toEqual([]);
  }
  await closeMenu(ana);
  expect(await ana.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe(TITLE);

  await control(ana, 'Play').click();
  await waitUntilPlaying(ana, 1);
  const late = (await measureLateness(ana, 9)).sort((a, b) => a - b);
  console.log(`cues come ${late.map((ms) => ms.toFixed(0)).join(', ')} ms after their time`);
  expect(late[4]).toBeGreaterThan(-20);
  expect(late[4]).toBeLessThan(100);

  await ana.keyboard.press('l');
  await waitUntilPlaying(ana, 11);
  expect(await shown(ana)).toBe(`xРеплика ${await pauseAt(ana, 0)}`);

  for (let i = 0; i < 7; i++) await ana.keyboard.press('h');
  await expect.poll(() => shown(ana)).toBe(`xРеплика ${Math.floor(((await readPlayer(ana)).position - 0.7) / CUE_S)}`);
  await ana.keyboard.press('k');
  await waitUntilPlaying(ana, 12);
  const number = await pauseAt(ana, 0.7);
  await expect.poll(() => shown(ana)).toBe(`xРеплика ${number}`);

  await ana.getByLabel('Position in the film').fill(String(END_S + 5));
  await expect.poll(async () => (await readPlayer(ana)).position).toBeGreaterThan(END_S + 4);
  await expect.poll(() => shown(ana)).toBe('');
  expect(await shown(ben)).toBe('');
});

test.each([
  ['HLS', 'main.m3u8'],
  ['DASH', 'film.mpd'],
])('%s: embedded subtitles and audio tracks are each viewer’s own choice', async (kind, name) => {
  const ana = await browsers.openPage();
  await createRoom(ana);
  await showLink(ana, `${files.url}/tracks/${name}`);
  await expect.poll(() => ana.locator('.bar-time').innerText()).toMatch(/0:2[34]$/);
  await control(ana, 'Play').click();
  await waitUntilPlaying(ana, 0.5);
  // None is shown by itself, whatever the film prefers.
  expect(await shown(ana)).toBe('');

  await openMenu(ana);
  const choice = (group: string, label: string) => menu(ana).getByRole('group', { name: group }).getByLabel(label);
  await choice('Subtitles', 'Français').check();
  await expect.poll(() => shown(ana)).toMatch(/^Réplique \d+$/);
  await choice('Subtitles', 'English').check();
  await expect.poll(() => shown(ana)).toMatch(/^Line \d+$/);
  await expect.poll(() => choice('Audio', 'English').isChecked()).toBe(true);
  await choice('Audio', 'Français').check();
  await expect
    .poll(() =>
      ana.evaluate((library) => {
        interface Engine {
          audioTrack: number;
          getCurrentTrackFor(type: string): { lang: string };
        }
        const { api } = document.querySelector('hls-video, dash-video') as unknown as { api: Engine };
        return library === 'HLS' ? api.audioTrack : api.getCurrentTrackFor('audio').lang;
      }, kind),
    )
    .toBe(kind === 'HLS' ? 1 : 'fr');
  expect(await choice('Audio', 'Français').isChecked()).toBe(true);
  await choice('Subtitles', 'Off').check();
  await expect.poll(() => shown(ana)).toBe('');
  await closeMenu(ana);
  const { position } = await readPlayer(ana);
  await waitUntilPlaying(ana, position + 1);
});

/** A file above the 64 KiB of one packet, whose cues have the numbers of {@link CUE_S}. */
function largeFile(): Buffer {
  const padding = 'so that it does not fit into one packet '.repeat(10);
  const time = (s: number) => new Date(s * 1000).toISOString().slice(11, 23).replace('.', ',');
  const cues = Array.from({ length: CUES }, (_, i) => {
    const times = `${time(i * CUE_S)} --> ${time((i + 1) * CUE_S)}`;
    return `${i}\n${times}\nShared ${i}\n\n${i}p\n99:00:00,000 --> 99:00:01,000\n${padding}\n\n`;
  });
  return Buffer.from(cues.join(''));
}

test('a host shares a file with everybody: guests show it by a button, it outlives a reload, and the next film ends it', async () => {
  const { ana, ben } = await openRoomWithFilm(browsers);
  expect(largeFile().length).toBeGreaterThan(64 * 1024);
  await openMenu(ana);
  await menu(ana).locator('input[type=file]').setInputFiles({ name: 'film.en.srt', mimeType: '', buffer: largeFile() });
  const name = menu(ana).getByLabel('Name in everybody’s list');
  expect(await name.inputValue()).toBe('English');
  await cleanAtBothSizes(ana, 'share-file');
  await menu(ana).getByRole('button', { name: 'Share with everybody' }).click();
  await menu(ana).getByRole('button', { name: 'Stop sharing English' }).waitFor();
  expect(await menu(ana).getByLabel('English', { exact: true }).isChecked()).toBe(true);
  await picture(ana, 'shared-host-1440');
  await closeMenu(ana);

  // Offered, and not on by itself.
  const offer = ben.getByRole('button', { name: 'Show', exact: true });
  await offer.waitFor();
  await picture(ben, 'offer');
  expect(await shown(ben)).toBe('');
  await offer.click();
  await expect.poll(() => shown(ben)).toBe('Shared 0');
  await control(ana, 'Play').click();
  await waitUntilPlaying(ben, 1);
  const late = (await measureLateness(ben, 5)).sort((a, b) => a - b);
  expect(late[2]).toBeGreaterThan(-20);
  expect(late[2]).toBeLessThan(100);
  expect(await shown(ana)).toMatch(/^Shared \d+$/);

  // A guest has no way to share (the server rejects it: SubtitleRuntimeTest).
  await openMenu(ben);
  expect(await menu(ben).getByRole('button', { name: /shar/i }).count()).toBe(0);
  await cleanAtBothSizes(ben, 'shared-guest');
  await closeMenu(ben);

  // One's own delay stays one's own; a reload keeps the track on.
  await ben.keyboard.press('h');
  await ben.reload();
  await expect.poll(() => shown(ben)).toMatch(/^Shared \d+$/);
  await openMenu(ben);
  expect(await menu(ben).locator('.subtitle-delay-figure').innerText()).toContain('+0.1 s');
  await closeMenu(ben);

  await ana.getByRole('button', { name: 'Change film' }).click();
  await showLink(ana, `${files.url}/tracks/main.m3u8`);
  // It has English subtitles of its own, which come on as the viewer has subtitles in English on.
  await expect.poll(() => shown(ben)).not.toMatch(/Shared/);
  await openMenu(ben);
  const choices = menu(ben).getByRole('group', { name: 'Subtitles' }).getByRole('radio');
  await expect.poll(() => choices.count()).toBe(3);
  expect(await menu(ben).getByText('Shared', { exact: true }).count()).toBe(0);
});

test('an address is shared: each page fetches it, and says why when it cannot', async () => {
  const { ana, ben } = await openRoomWithFilm(browsers);
  await ana.setViewportSize({ width: 390, height: 844 });
  await openMenu(ana);
  const share = async (link: string, name: string) => {
    await menu(ana).getByRole('button', { name: 'Share a link' }).click();
    await menu(ana).getByLabel('Link to the subtitles').fill(link);
    await menu(ana).getByLabel('Name in everybody’s list').fill(name);
    await picture(ana, `share-link-${name}`);
    expect(await axeViolations(ana)).toEqual([]);
    await menu(ana).getByRole('button', { name: 'Share the link' }).click();
    await menu(ana)
      .getByRole('button', { name: `Stop sharing ${name}` })
      .waitFor();
  };
  await share(`${files.url}/tracks/subs-fr.vtt`, 'Français');
  await share(`${files.url}/tracks/none.vtt`, 'Nothing');
  await picture(ana, 'shared-links');
  await openMenu(ben);
  await menu(ben).getByLabel('Français').check();
  await expect.poll(() => shown(ben)).toMatch(/^Réplique \d+$/);
  browsers.expectedErrors = [/404/];
  await menu(ben).getByLabel('Nothing').check();
  await menu(ben)
    .getByText(/none at this address \(404\)/)
    .waitFor();
  await menu(ana).getByRole('button', { name: 'Stop sharing Français' }).click();
  await expect.poll(() => menu(ben).getByLabel('Français').count()).toBe(0);
});
