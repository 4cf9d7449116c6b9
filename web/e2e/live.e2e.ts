/** Live streams in sync by their programme time, as their pictures show it (LS1 to LS5). */
import type { Page, Route } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { control, openRoomOfTwo, showLink, useBrowsers } from './support/browsers';
import { waitUntilInSync, waitUntilPlaying } from './support/film';
import { act, closeMenu } from './support/host-menu';
import { type LiveServer, dashAirTime, seeksOf, shownFrame, startLiveServer, watchFrames } from './support/live-server';

const browsers = useBrowsers();
let streams: LiveServer;
beforeAll(async () => {
  streams = await startLiveServer();
});
afterAll(async () => {
  await streams.close();
});

const TOGETHER_MS = 300;

/** Returns how much earlier in the programme the second page is than the first, ms; NaN while one shows nothing. */
async function apart(a: Page, b: Page, airTime: (frame: number) => number): Promise<number> {
  const [x, y] = await Promise.all([shownFrame(a), shownFrame(b)]);
  if (x === null || y === null) return Number.NaN;
  return airTime(x.frame) - airTime(y.frame) - (x.at - y.at);
}

/** Holds back everything that a page asks the streams for, until the returned function is called. */
async function stall(page: Page): Promise<() => Promise<void>> {
  const held: Route[] = [];
  const hold = (route: Route) => void held.push(route);
  await page.route(`${streams.url}/**`, hold);
  return async () => {
    await page.unroute(`${streams.url}/**`, hold);
    await Promise.all(held.map((route) => route.continue().catch(() => undefined)));
  };
}

/** Waits until the player of a page has run dry, and has shown the same frame for so long. */
async function untilStill(page: Page, ms: number): Promise<void> {
  await expect.poll(async () => Date.now() - (await shownFrame(page))!.at, { timeout: 40_000 }).toBeGreaterThan(ms);
}

async function untilTogether(a: Page, b: Page, airTime: (frame: number) => number): Promise<void> {
  await expect
    .poll(async () => Math.abs(await apart(a, b, airTime)), { timeout: 30_000, interval: 200 })
    .toBeLessThan(TOGETHER_MS);
}

/**
 * Watches two pages until the first has shown a frame, and returns by how much they were apart at most, ms. What one
 * reading alone shows does not count: while one page has shown the first frame after a gap of the programme, and the
 * other is about to, their frames are as far apart as the gap is long.
 */
async function worstUntil(frame: number, a: Page, b: Page, airTime: (frame: number) => number): Promise<number> {
  let worst = 0;
  let before = 0;
  await expect
    .poll(
      async () => {
        const now = Math.abs(await apart(a, b, airTime));
        worst = Math.max(worst, Math.min(before, now));
        before = now;
        return (await shownFrame(a))?.frame ?? 0;
      },
      { timeout: 60_000, interval: 100 },
    )
    .toBeGreaterThanOrEqual(frame);
  return worst;
}

test('LS2 HLS: one moment for all, through gap, discontinuity, sliding window and a stall', async () => {
  const { ana, ben } = await openRoomOfTwo(browsers);
  for (const page of [ana, ben]) await watchFrames(page);
  await showLink(ana, streams.hls);
  for (const page of [ana, ben]) await page.locator('.bar-live', { hasText: /^Live$/ }).waitFor();
  await control(ana, 'Play').click();
  await untilTogether(ana, ben, streams.hlsAirTime);
  for (const page of [ana, ben]) await page.getByRole('button', { name: 'Sync: in step' }).waitFor();

  // Past the first discontinuity (frame 500), before which the stream was away for 3 s, and several windows on.
  expect(await worstUntil(650, ana, ben, streams.hlsAirTime)).toBeLessThan(TOGETHER_MS);

  const recover = await stall(ben);
  await untilStill(ben, 2500);
  await recover();
  await ben.getByRole('button', { name: 'Sync: in step' }).waitFor();
  await untilTogether(ana, ben, streams.hlsAirTime);

  // Through the next discontinuity (frame 1000).
  expect(await worstUntil(1050, ana, ben, streams.hlsAirTime)).toBeLessThan(TOGETHER_MS);
  for (const page of [ana, ben]) {
    const { seeks, outside } = await seeksOf(page);
    expect(outside).toEqual([]);
    expect(seeks).toBeLessThanOrEqual(10);
  }
}, 120_000);

test('LS2 LS4 DASH: one moment for all, and a way back for a viewer on its own', async () => {
  const { ana, ben } = await openRoomOfTwo(browsers);
  for (const page of [ana, ben]) await watchFrames(page);
  // The manifest is there once the encoder has made a segment.
  await expect.poll(async () => (await fetch(streams.dash)).status, { timeout: 20_000 }).toBe(200);
  await showLink(ana, streams.dash);
  for (const page of [ana, ben]) await page.locator('.bar-live', { hasText: /^Live$/ }).waitFor();
  await control(ana, 'Play').click();
  for (const page of [ana, ben]) await page.getByRole('button', { name: 'Sync: in step' }).waitFor();
  await untilTogether(ana, ben, dashAirTime);
  const { frame } = (await shownFrame(ana))!;
  expect(await worstUntil(frame + 150, ana, ben, dashAirTime)).toBeLessThan(TOGETHER_MS);

  await ben.getByRole('button', { name: /^Sync: / }).click();
  await ben.getByRole('radio', { name: /^On my own/ }).check();
  await ben.keyboard.press('Escape');
  expect(await ben.getByRole('button', { name: /^Back to live/ }).count()).toBe(0);
  const recover = await stall(ben);
  await untilStill(ben, 4000);
  await recover();
  const back = ben.getByRole('button', { name: /^Back to live, you are \d+ seconds behind$/ });
  await back.waitFor();
  await back.click();
  await untilTogether(ana, ben, dashAirTime);
  await back.waitFor({ state: 'detached' });
  expect((await seeksOf(ana)).outside).toEqual([]);
}, 120_000);

test('LS2 a stream that has only begun stands until it has a margin, and does not run dry', async () => {
  const begun = await startLiveServer(0);
  try {
    const { ana, ben } = await openRoomOfTwo(browsers);
    for (const page of [ana, ben]) await watchFrames(page);
    await expect.poll(async () => (await fetch(begun.dash)).status, { timeout: 20_000 }).toBe(200);
    await showLink(ana, begun.dash);
    for (const page of [ana, ben]) await page.locator('.bar-live', { hasText: /^Live$/ }).waitFor();
    await control(ana, 'Play').click();
    for (const page of [ana, ben]) await page.getByRole('button', { name: 'Sync: buffering' }).waitFor();
    for (const page of [ana, ben]) await page.getByRole('button', { name: 'Sync: in step' }).waitFor();
    const seeks = () => Promise.all([ana, ben].map(seeksOf));
    const before = await seeks();
    const { frame } = (await shownFrame(ana))!;
    expect(await worstUntil(frame + 150, ana, ben, dashAirTime)).toBeLessThan(TOGETHER_MS);
    expect(await seeks()).toEqual(before);
  } finally {
    await begun.close();
  }
}, 90_000);

test('LS1 LS5 two hosts agree on one delay; after its end the stream is an ordinary film', async () => {
  // 20 s of programme, of which 12 have been.
  const ending = await startLiveServer(1);
  try {
    const { ana, ben } = await openRoomOfTwo(browsers);
    for (const page of [ana, ben]) await watchFrames(page);
    await act(ana, 'Ben', 'Give the remote');
    await closeMenu(ana);
    await showLink(ana, ending.hls);
    for (const page of [ana, ben]) await page.locator('.bar-live', { hasText: /^Live$/ }).waitFor();
    await control(ben, 'Play').click();
    for (const page of [ana, ben]) await page.getByRole('button', { name: 'Sync: in step' }).waitFor();
    expect(await worstUntil(450, ana, ben, ending.hlsAirTime)).toBeLessThan(TOGETHER_MS);

    await control(ben, 'Play again').click();
    // What is left of it: the last window.
    for (const page of [ana, ben]) await page.locator('.bar-time-all', { hasText: /0:12$/ }).waitFor();
    await control(ben, 'Play').click();
    for (const page of [ana, ben]) await waitUntilPlaying(page, 1);
    await waitUntilInSync(ana, ben, 60);
  } finally {
    await ending.close();
  }
}, 90_000);
