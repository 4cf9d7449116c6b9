/** Reads the players of several pages on one clock, because all pages run on one machine. */
import type { Page } from 'playwright-core';
import { expect } from 'vitest';

export interface PlayerState {
  position: number;
  /** Milliseconds on the machine's clock. */
  at: number;
  paused: boolean;
}

/** Reads the page's media element, wrapped or not; the YouTube stand-in reports its own state. */
export async function readPlayer(page: Page): Promise<PlayerState> {
  return page.evaluate(() => {
    const wrapped = document.querySelector('hls-video, dash-video')?.shadowRoot?.querySelector('video') ?? null;
    const video = document.querySelector<HTMLMediaElement>('video, audio') ?? wrapped;
    const standIn = (window as unknown as { __standIn?: { truth(): { position: number; paused: boolean } } }).__standIn?.truth();
    return {
      position: standIn?.position ?? video?.currentTime ?? Number.NaN,
      at: performance.timeOrigin + performance.now(),
      paused: standIn?.paused ?? video?.paused ?? true,
    };
  });
}

/** Waits until the film of this page plays and has passed a position. */
export async function waitUntilPlaying(page: Page, past = 0, timeout = 45_000): Promise<void> {
  let last = Number.NaN;
  await expect
    .poll(
      async () => {
        const { position, paused } = await readPlayer(page);
        const moved = position > last;
        last = position;
        return !paused && moved && position > past;
      },
      { timeout, interval: 100 },
    )
    .toBe(true);
}

export async function waitUntilPaused(page: Page, at: number, within = 0.25): Promise<void> {
  await expect
    .poll(
      async () => {
        const { position, paused } = await readPlayer(page);
        return paused && Math.abs(position - at) <= within;
      },
      { timeout: 15_000, interval: 100 },
    )
    .toBe(true);
}

/** Returns the skew of two films in ms: the median over some seconds of steady play. */
export async function measureSkewMs(a: Page, b: Page, samples = 21): Promise<number> {
  const gaps: number[] = [];
  let last = -1;
  await expect
    .poll(
      async () => {
        const [x, y] = await Promise.all([readPlayer(a), readPlayer(b)]);
        if (!x.paused && !y.paused && x.position !== last) {
          gaps.push(Math.abs((x.position - y.position) * 1000 - (x.at - y.at)));
          last = x.position;
        }
        return gaps.length;
      },
      { timeout: 30_000, interval: 120 },
    )
    .toBeGreaterThanOrEqual(samples);
  gaps.sort((p, q) => p - q);
  return gaps[Math.floor(gaps.length / 2)] ?? Number.POSITIVE_INFINITY;
}

/** Waits until two playing films are in sync; a coarse player may take a while. */
export async function waitUntilInSync(a: Page, b: Page, within: number): Promise<void> {
  const gap = async () => {
    const [x, y] = await Promise.all([readPlayer(a), readPlayer(b)]);
    return x.paused || y.paused ? Number.POSITIVE_INFINITY : Math.abs((x.position - y.position) * 1000 - (x.at - y.at));
  };
  await expect.poll(gap, { timeout: 12_000, interval: 120 }).toBeLessThan(within);
}
