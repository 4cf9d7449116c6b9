/** Films in what containers and codecs there are: the library plays each to its end, converted where it must be (LB10, LB12). */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { control, createRoom, joinByLink, useBrowsers } from './support/browsers';
import { waitUntilInSync, waitUntilPlaying } from './support/film';
import { type Running, startServer } from './support/servers';

const SECONDS = 4;
const TRACKS = ['-map', '0', '-map', '1', '-map', '1'];

/** The options of ffmpeg for each file. The names are in the order of the list. */
const FORMATS: Record<string, string[]> = {
  'A H264 DTS.mkv': ['-c:v', 'libx264', '-bf', '2', '-g', '24', '-c:a', 'dca', '-strict', '-2', '-ac', '2'],
  'B HEVC EAC3.mkv': ['-c:v', 'libx265', '-pix_fmt', 'yuv420p10le', '-x265-params', 'log-level=none', '-c:a', 'eac3'],
  'C MPEG4 MP3.avi': ['-c:v', 'mpeg4', '-c:a', 'libmp3lame'],
  'D MPEG2 AC3.mkv': ['-c:v', 'mpeg2video', '-c:a', 'ac3'],
  'E Theora.ogv': ['-c:v', 'libtheora', '-c:a', 'libvorbis'],
  'F ProRes PCM.mov': ['-c:v', 'prores', '-c:a', 'pcm_s16le'],
  'G VP9 Opus.webm': ['-c:v', 'libvpx-vp9', '-deadline', 'realtime', '-cpu-used', '8', '-c:a', 'libopus'],
  'H AV1.mp4': ['-c:v', 'libsvtav1', '-preset', '12', '-c:a', 'aac'],
  'I Two tracks.mp4': [...TRACKS, '-c:v', 'libx264', '-c:a', 'aac'],
  'J Sound.flac': ['-vn', '-c:a', 'flac'],
};
const WITH_TRACKS = 'Tracks.mkv';
const TITLES = Object.keys(FORMATS).map((file) => file.replace(/\.\w+$/, ''));

const browsers = useBrowsers();
let folder: string;
let server: Running;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'watchnchill-formats-'));
  for (const [file, options] of Object.entries(FORMATS)) {
    const inputs = [`testsrc2=s=320x180:r=24000/1001`, 'sine=f=440:r=48000'];
    const read = inputs.flatMap((input) => ['-f', 'lavfi', '-t', String(SECONDS), '-i', input]);
    execFileSync('ffmpeg', ['-v', 'error', ...read, ...options, join(folder, file)], { env: { ...process.env, SVT_LOG: '0' } });
  }
  makeFilmWithTracks();
  server = await startServer(['--media', folder]);
});
afterAll(async () => {
  await server.kill();
  rmSync(folder, { recursive: true, force: true });
});

/** A minute of Matroska with H.264, two DTS tracks and two texts, of which one line covers the last third. */
function makeFilmWithTracks(): void {
  const texts = ['Good morning', 'Guten Morgen'].map((line, at) => {
    const path = join(folder, `${at}.txt`);
    writeFileSync(path, `1\n00:00:40,000 --> 00:00:59,000\n${line}\n`);
    return path;
  });
  execFileSync('ffmpeg', [
    ...['-v', 'error', '-f', 'lavfi', '-t', '60', '-i', 'testsrc2=s=320x180:r=24000/1001'],
    ...['-f', 'lavfi', '-t', '60', '-i', 'sine=f=330:r=48000', '-f', 'lavfi', '-t', '60', '-i', 'sine=f=660:r=48000'],
    ...texts.flatMap((path) => ['-f', 'srt', '-i', path]),
    ...['-map', '0', '-map', '1', '-map', '2', '-map', '3', '-map', '4', '-c:v', 'libx264', '-bf', '2', '-g', '72'],
    ...['-c:a', 'dca', '-strict', '-2', '-ac', '2', '-c:s', 'srt'],
    ...['a:0', 's:0'].flatMap((track) => [`-metadata:s:${track}`, 'language=eng']),
    ...['a:1', 's:1'].flatMap((track) => [`-metadata:s:${track}`, 'language=ger']),
    join(folder, WITH_TRACKS),
  ]);
}

const subtitles = (page: Page) => page.locator('.subtitles').innerText();
const dialog = (page: Page) => page.getByRole('dialog', { name: 'Films on this server' });

test('LB10 LB12 a queue of films in ten formats is shown to its end on two pages', { timeout: 180_000 }, async () => {
  const ana = await browsers.openPage({ at: server.url });
  await createRoom(ana);
  const ben = await browsers.openPage({ at: server.url });
  await joinByLink(ben, ana.url(), 'Ben');
  await ana.getByRole('tab', { name: /^Queue/ }).click();
  await ana.getByRole('button', { name: 'Films on this server' }).first().click();
  for (const title of TITLES) {
    await dialog(ana)
      .getByRole('button', { name: `Add to the queue: ${title}` })
      .click();
    await dialog(ana).getByText('Added to the queue').last().waitFor();
  }
  await ana.keyboard.press('Escape');
  await control(ana, 'Play').click();
  await Promise.all([waitUntilPlaying(ana), waitUntilPlaying(ben)]);
  await waitUntilInSync(ana, ben, 150);
  await expect
    .poll(() => ana.getByRole('region', { name: 'On the screen' }).innerText(), { timeout: 150_000 })
    .toContain(TITLES.at(-1));
  await ana.getByRole('button', { name: /^Played/, expanded: false }).click();
  const played = ana.getByRole('list', { name: /^Played/ });
  for (const title of TITLES.slice(0, -1)) await played.getByText(title).waitFor();
  expect(await played.innerText()).not.toMatch(/could not|failed/i);
});

test(
  'LB11 LB12 a converted film offers its sound and its subtitles, and jumps to its last third in step',
  { timeout: 120_000 },
  async () => {
    const ana = await browsers.openPage({ at: server.url });
    await createRoom(ana);
    const ben = await browsers.openPage({ at: server.url });
    await joinByLink(ben, ana.url(), 'Ben');
    await ana.getByRole('button', { name: 'Films on this server' }).first().click();
    await dialog(ana).getByRole('button', { name: 'Play now: Tracks' }).click();
    await dialog(ana).waitFor({ state: 'hidden' });
    await control(ana, 'Play').click();
    await Promise.all([waitUntilPlaying(ana), waitUntilPlaying(ben)]);
    await ana.getByLabel('Position in the film').fill('41');
    await Promise.all([waitUntilPlaying(ana, 41), waitUntilPlaying(ben, 41)]);
    await waitUntilInSync(ana, ben, 150);

    await control(ben, 'Subtitles and audio').click();
    const tracks = ben.getByRole('dialog', { name: 'Subtitles and audio' });
    const sound = tracks.getByRole('group', { name: 'Audio' }).getByRole('radio');
    await expect.poll(() => sound.count()).toBe(2);
    await sound.nth(1).check();
    await tracks
      .getByRole('group', { name: 'Subtitles' })
      .getByLabel(/Deutsch|German/)
      .check();
    await ben.keyboard.press('Escape');
    await expect.poll(() => subtitles(ben)).toContain('Guten Morgen');
    await waitUntilInSync(ana, ben, 150);
    expect(await subtitles(ana)).not.toContain('Guten Morgen');
  },
);
