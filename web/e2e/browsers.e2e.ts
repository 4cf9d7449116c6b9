/** Browsers with missing features: no full screen for pages, a fixed volume, and keys that must not reach the film. */
import type { BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { control, createRoom, filmReady, joinByLink, openRoomOfTwo, showLink, showSample, useBrowsers } from './support/browsers';
import { measureSkewMs, readPlayer, waitUntilPlaying } from './support/film';
import { startFixtureServer } from './support/fixture-server';

const browsers = useBrowsers();
let files: Awaited<ReturnType<typeof startFixtureServer>>;
beforeAll(async () => {
  files = await startFixtureServer();
});
afterAll(async () => {
  await files.close();
});

/** Removes what an iPhone and older browsers lack. */
const likeAPhone = {
  prepare: (context: BrowserContext) =>
    context.addInitScript(() => {
      const gone = (from: object, ...names: string[]) => {
        for (const name of names) Reflect.deleteProperty(from, name);
      };
      gone(Element.prototype, 'requestFullscreen', 'webkitRequestFullscreen', 'webkitRequestFullScreen');
      gone(Document.prototype, 'exitFullscreen', 'webkitExitFullscreen', 'fullscreenElement', 'webkitFullscreenElement', 'pictureInPictureEnabled'); // prettier-ignore
      gone(HTMLVideoElement.prototype, 'requestPictureInPicture');
      gone(HTMLMediaElement.prototype, 'preservesPitch');
      Object.defineProperty(HTMLMediaElement.prototype, 'volume', { get: () => 1, set: () => undefined });
      const rates: number[] = ((window as unknown as { rates: number[] }).rates = []);
      const rate = Object.getOwnPropertyDescriptor(HTMLMediaElement.prototype, 'playbackRate')!;
      Object.defineProperty(HTMLMediaElement.prototype, 'playbackRate', {
        get: rate.get!,
        set(this: HTMLMediaElement, value: number) {
          rates.push(value);
          rate.set!.call(this, value);
        },
      });
    }),
};

const stage = '.player-area';

test('without full screen, settable volume and kept pitch: window mode, in sync, with inaudible rates', async () => {
  const ana = await browsers.openPage();
  const link = await createRoom(ana);
  const ben = await browsers.openPage({ ...likeAPhone, width: 390, height: 844, touch: true });
  await joinByLink(ben, link, 'Ben');
  await showSample(ana);
  await filmReady(ben);
  await control(ana, 'Play').click();
  await Promise.all([waitUntilPlaying(ana, 1), waitUntilPlaying(ben, 1)]);
  await control(ana, 'Ahead 10 seconds').click();
  await Promise.all([waitUntilPlaying(ana, 12), waitUntilPlaying(ben, 12)]);
  expect(await measureSkewMs(ana, ben)).toBeLessThan(250);
  const rates = await ben.evaluate(() => (window as unknown as { rates: number[] }).rates);
  expect(Math.max(0, ...rates.map((rate) => Math.abs(rate - 1)))).toBeLessThanOrEqual(0.0051);
  expect(await ben.getByLabel('Volume').count()).toBe(0);

  await control(ben, 'Full screen').tap();
  await expect.poll(() => ben.locator(stage).boundingBox()).toEqual({ x: 0, y: 0, width: 390, height: 844 });
  await control(ben, 'Write in the chat').tap();
  await ben.locator('#fullscreen-chat-input').fill('hello from the sofa');
  await ben.locator('#fullscreen-chat-input').press('Enter');
  await ana.getByText('hello from the sofa').waitFor();
  await control(ben, 'Leave full screen').tap();
  await expect.poll(async () => (await ben.locator(stage).boundingBox())!.height).toBeLessThan(700);
});

test('in full screen, / opens a field over the picture, and typing does not control the film', async () => {
  const { ana, ben } = await openRoomOfTwo(browsers);
  await showSample(ana);
  await control(ana, 'Play').click();
  await waitUntilPlaying(ana, 1);
  await ana.bringToFront();
  await control(ana, 'Full screen').click();
  await expect.poll(() => ana.evaluate(() => document.fullscreenElement?.className)).toBe('player-area');
  const before = await readPlayer(ana);
  await ana.keyboard.press('/');
  await ana.keyboard.type('lol look');
  await expect.poll(() => ana.locator('#fullscreen-chat-input').inputValue()).toBe('lol look');
  await ana.keyboard.press('Enter');
  await ben.getByText('lol look').waitFor();
  await ana.locator('#fullscreen-chat-input').waitFor({ state: 'detached' });
  const after = await readPlayer(ana);
  expect(after.paused).toBe(false);
  expect(Math.abs((after.position - before.position) * 1000 - (after.at - before.at))).toBeLessThan(1000);
  await ana.keyboard.press('k');
  await expect.poll(async () => (await readPlayer(ben)).paused).toBe(true);
});

test('subtitles are above the controls, and the controls fit the picture', async () => {
  const { ana, ben } = await openRoomOfTwo(browsers);
  await showLink(ana, `${files.url}/hls/main.m3u8`);
  for (const page of [ana, ben]) {
    await control(page, 'Subtitles and audio').waitFor();
    for (const width of [1440, 1280, 1100, 1000, 900, 760, 660, 620, 390]) {
      await page.setViewportSize({ width, height: 700 });
      const overhang = async () => {
        const [frame, last] = await Promise.all([page.locator(stage).boundingBox(), control(page, 'Full screen').boundingBox()]);
        return last!.x + last!.width - (frame!.x + frame!.width);
      };
      await expect.poll(overhang, { message: `${width} px` }).toBeLessThanOrEqual(0.5);
    }
    await page.setViewportSize({ width: 1000, height: 700 });
  }
  // Before the mouse, because a focus ring keeps the controls shown.
  await ana.keyboard.press('c');
  await control(ana, 'Play').click();
  await waitUntilPlaying(ana, 1);
  const above = async () => {
    const [text, bar] = await Promise.all([ana.locator('.subtitle').boundingBox(), ana.locator('.bar .scrub').boundingBox()]);
    return bar!.y - (text!.y + text!.height);
  };
  await ana.mouse.move(300, 300);
  await expect.poll(above).toBeGreaterThan(0);
  await expect.poll(above, { timeout: 15_000 }).toBeLessThan(0);
});
