/** Subtitles on screen: a file of one's own, and the tracks of HLS and DASH films. */
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
