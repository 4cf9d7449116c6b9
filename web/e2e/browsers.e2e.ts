/** Browsers that lack something: no full screen for pages, a volume that is fixed, and keys that are not meant for the film. */
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { House, control, createRoom, filmReady, joinByLink, showLink, showSample } from './support/house';
import { apart, read, running } from './support/film';
import { serveFixtures } from './support/file-server';

let house: House;
let files: Awaited<ReturnType<typeof serveFixtures>>;
beforeAll(async () => {
  house = await House.open();
  files = await serveFixtures();
});
afterEach(() => house.clear());
afterAll(async () => {
  await house.close();
  await files.close();
});

/** What an iPhone lacks, and what older browsers do. */
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

const pause = (page: Page) => page.waitForTimeout(400);
const stage = '.stage';

test('a browser without full screen, with a fixed volume and no kept pitch: fills the window, in step, with nothing to hear', async () => {
  const ana = await house.person();
  const link = await createRoom(ana);
  const ben = await house.person({ ...likeAPhone, width: 390, height: 844, touch: true });
  await joinByLink(ben, link, 'Ben');
  await showSample(ana);
  await filmReady(ben);
  await control(ana, 'Play').click();
  await Promise.all([running(ana, 1), running(ben, 1)]);
  await control(ana, 'Ahead 10 seconds').click();
  await Promise.all([running(ana, 12), running(ben, 12)]);
  expect(await apart(ana, ben)).toBeLessThan(250);
  const rates = await ben.evaluate(() => (window as unknown as { rates: number[] }).rates);
  expect(Math.max(0, ...rates.map((rate) => Math.abs(rate - 1)))).toBeLessThanOrEqual(0.0051);
  expect(await ben.getByLabel('Volume').count()).toBe(0);

  await control(ben, 'Full screen').tap();
  await expect.poll(() => ben.locator(stage).boundingBox()).toEqual({ x: 0, y: 0, width: 390, height: 844 });
  await control(ben, 'Write in the chat').tap();
  await ben.locator('#stage-chat-input').fill('hello from the sofa');
  await ben.locator('#stage-chat-input').press('Enter');
  await ana.getByText('hello from the sofa').waitFor();
  await control(ben, 'Leave full screen').tap();
  await expect.poll(async () => (await ben.locator(stage).boundingBox())!.height).toBeLessThan(700);
});

test('in full screen / opens a field over the picture: what is written moves nobody’s film', async () => {
  const ana = await house.person();
  const link = await createRoom(ana);
  const ben = await house.person();
  await joinByLink(ben, link, 'Ben');
  await showSample(ana);
  await control(ana, 'Play').click();
  await running(ana, 1);
  await control(ana, 'Full screen').click();
  await expect.poll(() => ana.evaluate(() => document.fullscreenElement?.className)).toBe('stage');
  const before = await read(ana);
  await ana.keyboard.press('/');
  await ana.keyboard.type('lol look');
  await pause(ana);
  expect(await ana.locator('#stage-chat-input').inputValue()).toBe('lol look');
  await ana.keyboard.press('Enter');
  await ben.getByText('lol look').waitFor();
  await ana.locator('#stage-chat-input').waitFor({ state: 'detached' });
  const after = await read(ana);
  expect(after.paused).toBe(false);
  expect(Math.abs((after.position - before.position) * 1000 - (after.at - before.at))).toBeLessThan(1000);
  await ana.keyboard.press('k');
  await expect.poll(async () => (await read(ben)).paused).toBe(true);
});

test('captions stand above the controls, and the row of controls ends within the picture', async () => {
  const ana = await house.person();
  const link = await createRoom(ana);
  const ben = await house.person();
  await joinByLink(ben, link, 'Ben');
  await showLink(ana, `${files.url}/hls/main.m3u8`);
  for (const page of [ana, ben]) {
    await control(page, 'Captions').click();
    for (const width of [1440, 1280, 1100, 1000, 900, 760, 660, 620, 390]) {
      await page.setViewportSize({ width, height: 700 });
      await pause(page);
      const [frame, last] = await Promise.all([page.locator(stage).boundingBox(), control(page, 'Full screen').boundingBox()]);
      expect(last!.x + last!.width, `${width}`).toBeLessThanOrEqual(frame!.x + frame!.width + 0.5);
    }
    await page.setViewportSize({ width: 1000, height: 700 });
  }
  await control(ana, 'Play').click();
  await running(ana, 1);
  const line = () =>
    ana.evaluate(() => {
      const video = document.querySelector('hls-video')?.shadowRoot?.querySelector('video');
      const track = [...(video?.textTracks ?? [])].find((one) => one.mode === 'showing');
      return (track?.activeCues?.[0] as VTTCue | undefined)?.line;
    });
  await ana.mouse.move(300, 300);
  await expect.poll(line).toBeLessThan(-3);
  await expect.poll(line, { timeout: 15_000 }).toBe('auto');
});
