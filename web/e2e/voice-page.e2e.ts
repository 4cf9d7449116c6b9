/** The page of voice: the dialog, the mute button, push to talk, and camera pictures from a camera that is a moving test picture. */
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { control, joinByLink, openRoomOfTwo, openRoomWithFilm, useBrowsers } from './support/browsers';
import { axeViolations } from './support/host-menu';
import { closeVoice, joinButton, leaveButton, openVoice, writeTone } from './support/voice';

const browsers = useBrowsers({ engine: 'chromium', microphone: writeTone('Ana') });

const SIZES = [
  [1440, 900],
  [390, 844],
  [844, 390],
] as const;

const dialog = (page: Page) => page.getByRole('dialog', { name: 'Voice' });
const camera = (page: Page) => dialog(page).getByRole('switch', { name: /^Camera/ });
/** The picture of somebody on a page. */
const picture = (page: Page, name: string) =>
  page.getByRole('list', { name: 'Camera pictures' }).locator('li', { hasText: name });

/** Joins, and leaves the dialog open. */
async function joinVoice(page: Page): Promise<void> {
  await openVoice(page);
  await joinButton(page).click();
  await leaveButton(page).waitFor();
}

async function switchCamera(page: Page): Promise<void> {
  if (!(await dialog(page).isVisible())) await openVoice(page);
  await camera(page).click();
  await closeVoice(page);
}

/** Returns how many frames a picture shows within a second. */
function frames(page: Page, name: string): Promise<number> {
  return picture(page, name)
    .locator('video')
    .evaluate(async (element) => {
      const video = element as HTMLVideoElement;
      let count = 0;
      const next = () => {
        count++;
        video.requestVideoFrameCallback(next);
      };
      video.requestVideoFrameCallback(next);
      await new Promise((resolve) => setTimeout(resolve, 1000));
      return video.videoWidth > 0 ? count : 0;
    });
}

async function moves(page: Page, name: string): Promise<void> {
  await picture(page, name).waitFor();
  await expect.poll(() => frames(page, name), { timeout: 30_000 }).toBeGreaterThan(2);
}

const vanishes = (page: Page, name: string) => picture(page, name).waitFor({ state: 'detached' });

test('VO9 a camera is seen by the other while it is on, and never by itself after a refresh', async () => {
  const { ana, ben } = await openRoomWithFilm(browsers);
  for (const page of [ana, ben]) await joinVoice(page);
  await closeVoice(ana);
  await switchCamera(ben);
  await moves(ana, 'Ben');
  await picture(ben, 'You').waitFor();
  await switchCamera(ben);
  await vanishes(ana, 'Ben');
  await vanishes(ben, 'You');
  await switchCamera(ben);
  await switchCamera(ana);
  await moves(ana, 'Ben');
  await moves(ben, 'Ana');
  await ben.reload();
  await ben.locator('#chat-input').waitFor();
  await vanishes(ana, 'Ben');
  await moves(ben, 'Ana');
  await openVoice(ben);
  expect(await camera(ben).getAttribute('aria-checked')).toBe('false');
  await dialog(ben).getByRole('button', { name: 'Leave voice' }).click();
  await vanishes(ben, 'Ana');
});

test('VO4 a mute by a host takes the picture away, and its end does not bring it back', async () => {
  const { ana, ben } = await openRoomOfTwo(browsers);
  for (const page of [ana, ben]) await joinVoice(page);
  await closeVoice(ben);
  await closeVoice(ana);
  await switchCamera(ben);
  await moves(ana, 'Ben');
  await openVoice(ana);
  await ana.getByRole('button', { name: 'Mute Ben for everybody' }).click();
  await vanishes(ana, 'Ben');
  await vanishes(ben, 'You');
  await openVoice(ben);
  await camera(ben).click();
  await ben.getByText('A host has muted you, also your camera.').waitFor();
  await ana.getByRole('button', { name: 'Let Ben speak' }).click();
  await closeVoice(ana);
  expect(await picture(ana, 'Ben').count()).toBe(0);
  await camera(ben).click();
  await moves(ana, 'Ben');
});

test('pictures of others that are not shown are not received, and come back', async () => {
  const { ana, ben } = await openRoomOfTwo(browsers);
  for (const page of [ana, ben]) await joinVoice(page);
  await closeVoice(ana);
  await camera(ben).click();
  await moves(ana, 'Ben');
  await openVoice(ana);
  const show = dialog(ana).getByRole('switch', { name: /^Show camera pictures/ });
  await show.click();
  await vanishes(ana, 'Ben');
  await show.click();
  await closeVoice(ana);
  await moves(ana, 'Ben');
});

test('without a camera the page says so, and the voice goes on', async () => {
  const { ana } = await openRoomOfTwo(browsers);
  await joinVoice(ana);
  await ana.evaluate(() => {
    navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', 'NotReadableError'));
  });
  await camera(ana).click();
  await ana.getByText('Another program uses the camera. Close it, then try again.').waitFor();
  expect(await camera(ana).getAttribute('aria-checked')).toBe('false');
  await ana.getByRole('button', { name: 'Leave voice' }).waitFor();
});

test('push to talk takes another key, which is then not the key of the player, and types in fields', async () => {
  const { ana } = await openRoomWithFilm(browsers);
  await joinVoice(ana);
  await dialog(ana)
    .getByRole('switch', { name: /^Push to talk/ })
    .focus();
  await ana.keyboard.press('Space');
  await dialog(ana).getByRole('button', { name: 'V Change the key' }).focus();
  await ana.keyboard.press('Enter');
  await dialog(ana).getByRole('button', { name: 'Press a key…' }).waitFor();
  await ana.keyboard.press('k');
  await dialog(ana).getByText('K only talks while push to talk is on.').waitFor();
  await closeVoice(ana);
  const talks = ana.getByRole('button', { name: 'Hold to talk' });
  await ana.keyboard.down('k');
  await expect.poll(() => talks.getAttribute('aria-pressed')).toBe('true');
  await ana.keyboard.up('k');
  await expect.poll(() => talks.getAttribute('aria-pressed')).toBe('false');
  // Not by the element, which is started for a moment to be ready.
  await control(ana, 'Play').waitFor();
  expect(await ana.getByText('You pressed play').count()).toBe(0);
  await ana.locator('#chat-input').fill('');
  await ana.locator('#chat-input').press('k');
  expect(await ana.locator('#chat-input').inputValue()).toBe('k');
  await talks.dispatchEvent('pointerdown', { button: 0, pointerId: 1 });
  await ana.locator('#chat-input').blur();
  await ana.keyboard.press('?');
  await ana.locator('.shortcut-row', { hasText: 'Hold to talk' }).locator('kbd', { hasText: 'K' }).waitFor();
});

test('without the panel the pictures lie at the edge of the film, which stays clickable; all by the keyboard alone', async () => {
  const { ana } = await openRoomWithFilm(browsers);
  await ana.getByRole('button', { name: 'Voice', exact: true }).focus();
  await ana.keyboard.press('Enter');
  await ana.getByRole('button', { name: 'Join voice' }).focus();
  await ana.keyboard.press('Enter');
  await camera(ana).focus();
  await ana.keyboard.press('Space');
  await picture(ana, 'You').waitFor();
  await dialog(ana)
    .getByRole('switch', { name: /^Push to talk/ })
    .click();
  await ana.screenshot({ path: 'test-results/voice-page-key.png' });
  await ana.keyboard.press('Escape');
  await ana.getByRole('button', { name: 'Hide the chat' }).click();
  await ana.locator('.player-screen').getByRole('list', { name: 'Camera pictures' }).waitFor();
  expect(await picture(ana, 'You').evaluate((element) => getComputedStyle(element).pointerEvents)).toBe('none');
  await moves(ana, 'You');
  await ana.screenshot({ path: 'test-results/voice-page-over.png' });
  for (const size of [390, 320]) {
    await ana.setViewportSize({ width: size, height: 844 });
    await ana
      .locator('.room-head')
      .getByRole('button', { name: /^People/ })
      .waitFor();
    const head = ana.locator('.room-head');
    expect(await head.evaluate((element) => element.scrollWidth - element.clientWidth)).toBe(0);
    await ana.screenshot({ path: `test-results/voice-page-host-${size}.png` });
  }
});

for (const [width, height] of SIZES) {
  test(`the page of voice is accessible, and its buttons fit, at ${width}x${height}`, async () => {
    const { ana, link } = await openRoomWithFilm(browsers);
    await joinVoice(ana);
    await camera(ana).click();
    const ben = await browsers.openPage({ width, height, touch: width === 390 });
    await joinByLink(ben, link, 'Benedikt');
    await joinVoice(ben);
    await camera(ben).click();
    await dialog(ben).locator('.voice-preview video').waitFor();
    expect(await axeViolations(ben)).toEqual([]);
    await ben.screenshot({ path: `test-results/voice-page-${width}-dialog.png` });
    await closeVoice(ben);
    await moves(ben, 'Ana');
    expect(await axeViolations(ben)).toEqual([]);
    await ben.screenshot({ path: `test-results/voice-page-${width}.png` });
    for (const size of width === 390 ? [390, 320] : [width]) {
      await ben.setViewportSize({ width: size, height });
      const head = ben.locator('.room-head');
      expect(await head.evaluate((element) => element.scrollWidth - element.clientWidth)).toBe(0);
      await head.getByRole('button', { name: 'Mute the microphone' }).click({ trial: true });
      await head.locator('[aria-label="Leave the room"]').click({ trial: true });
      await ben.screenshot({ path: `test-results/voice-page-head-${size}.png` });
    }
  });
}
