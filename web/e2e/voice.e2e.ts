/** Voice between pages with microphones that beep: what each page hears, in decibels of the sound that it plays. */
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { joinByLink, openRoomOfTwo, openRoomWithFilm, useBrowsers } from './support/browsers';
import { axeViolations } from './support/host-menu';

const browsers = useBrowsers({ microphone: true });

async function openVoice(page: Page): Promise<void> {
  const people = page.getByRole('button', { name: /^People, / });
  // On a phone.
  if (await people.isVisible()) await people.click();
  await page.getByRole('button', { name: /^Voice/ }).click();
  await page.getByRole('dialog', { name: 'Voice' }).waitFor();
}

async function closeVoice(page: Page): Promise<void> {
  await page.getByRole('dialog', { name: 'Voice' }).getByRole('button', { name: 'Close' }).click();
}

async function joinVoice(page: Page): Promise<void> {
  await openVoice(page);
  await page.getByRole('button', { name: 'Join the voice' }).click();
  await page.getByRole('button', { name: 'Leave the voice' }).waitFor();
  await closeVoice(page);
}

/** Returns the loudest level of each voice that a page plays within 1.3 s, more than the pause between two beeps. */
function levels(page: Page): Promise<number[]> {
  return page.evaluate(async () => {
    const players = [...document.querySelectorAll<HTMLAudioElement>('audio[data-voice]')];
    const context = new AudioContext();
    await context.resume();
    const analysers = players.map((player) => {
      const analyser = context.createAnalyser();
      const stream = player.srcObject;
      if (stream instanceof MediaStream && !player.muted) context.createMediaStreamSource(stream).connect(analyser);
      return analyser;
    });
    const loudest = analysers.map(() => 0);
    const until = performance.now() + 1300;
    while (performance.now() < until) {
      await new Promise((resolve) => setTimeout(resolve, 20));
      analysers.forEach((analyser, index) => {
        const samples = new Float32Array(analyser.fftSize);
        analyser.getFloatTimeDomainData(samples);
        loudest[index] = Math.max(loudest[index] ?? 0, ...samples.map(Math.abs));
      });
    }
    await context.close();
    return loudest;
  });
}

const LOUD = 0.02;
const heard = async (page: Page) => (await levels(page)).filter((level) => level > LOUD).length;
const hears = (page: Page, voices: number) => expect.poll(() => heard(page), { timeout: 40_000 }).toBe(voices);

const filmVolume = (page: Page) => page.evaluate(() => document.querySelector('video')?.volume ?? Number.NaN);

test('two pages hear each other over the film, which is turned down, and leaving ends it', async () => {
  const { ana, ben } = await openRoomWithFilm(browsers);
  expect(await filmVolume(ana)).toBe(1);
  await joinVoice(ana);
  await joinVoice(ben);
  await hears(ana, 1);
  await hears(ben, 1);
  await ana.getByRole('tab', { name: /People/ }).click();
  await ana.locator('.member', { hasText: 'Ben' }).locator('.member-speaks').waitFor();
  await expect.poll(() => filmVolume(ana)).toBeLessThan(0.3);
  await openVoice(ben);
  await ben.getByRole('button', { name: 'Leave the voice' }).click();
  await ana.getByRole('button', { name: 'Voice, 1 in it' }).waitFor();
  expect(await ana.locator('audio[data-voice]').count()).toBe(0);
  expect(await ben.locator('audio[data-voice]').count()).toBe(0);
  await expect.poll(() => filmVolume(ana)).toBe(1);
});

test('a page that is muted, by itself or by a host, is not heard', async () => {
  const { ana, ben } = await openRoomOfTwo(browsers);
  await joinVoice(ana);
  await joinVoice(ben);
  await hears(ana, 1);
  await ben.getByRole('button', { name: 'Mute the microphone' }).click();
  await hears(ana, 0);
  await ben.getByRole('button', { name: 'Microphone on' }).click();
  await hears(ana, 1);
  await openVoice(ana);
  await ana.getByRole('button', { name: 'Mute Ben for everybody' }).click();
  await ana.getByText('muted by a host').waitFor();
  await hears(ana, 0);
  await ben.getByRole('button', { name: 'Microphone on' }).click();
  await openVoice(ben);
  await ben.getByText('A host has muted you.').waitFor();
  await hears(ben, 1);
});

test('after a refresh and a lost network the voice goes on by itself', async () => {
  const { ana, ben } = await openRoomOfTwo(browsers);
  await joinVoice(ana);
  await joinVoice(ben);
  await hears(ana, 1);
  await ben.reload();
  await ben.locator('#chat-input').waitFor();
  await hears(ana, 1);
  await hears(ben, 1);
  browsers.expectedErrors = [/ERR_INTERNET_DISCONNECTED/, /WebSocket/];
  await ben.context().setOffline(true);
  await ana.evaluate(() => new Promise((resolve) => setTimeout(resolve, 1500)));
  await ben.context().setOffline(false);
  await hears(ana, 1);
  await hears(ben, 1);
});

test('three pages hear each other', async () => {
  const { ana, ben, link } = await openRoomOfTwo(browsers);
  const cem = await browsers.openPage();
  await joinByLink(cem, link, 'Cem');
  for (const page of [ana, ben, cem]) await joinVoice(page);
  for (const page of [ana, ben, cem]) await hears(page, 2);
});

test('without a microphone the page says so', async () => {
  const { ana } = await openRoomOfTwo(browsers);
  await ana.evaluate(() => {
    navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', 'NotFoundError'));
  });
  await openVoice(ana);
  await ana.getByRole('button', { name: 'Join the voice' }).click();
  await ana.getByText('No microphone was found. Connect one, then try again.').waitFor();
  await ana.getByRole('button', { name: 'Join the voice' }).waitFor();
});

for (const [width, height] of [
  [1440, 900],
  [390, 844],
] as const) {
  test(`the dialog is accessible at ${width}x${height}`, async () => {
    const { ana, link } = await openRoomOfTwo(browsers);
    await joinVoice(ana);
    const ben = await browsers.openPage({ width, height });
    await joinByLink(ben, link, 'Benedikt');
    await joinVoice(ben);
    await openVoice(ben);
    expect(await axeViolations(ben)).toEqual([]);
    await ben.screenshot({ path: `test-results/voice-${width}.png` });
  });
}
