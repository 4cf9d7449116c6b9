/** Where the films of several pages stand, measured on one clock: all pages run on one machine. */
import type { Page } from 'playwright-core';
import { expect } from 'vitest';

export interface Reading {
  position: number;
  /** Milliseconds on the machine's clock. */
  at: number;
  paused: boolean;
}

/** The film element of any player that wraps one; the YouTube stand-in tells its own. */
export async function read(page: Page): Promise<Reading> {
  return page.evaluate(() => {
    const wrapped = document.querySelector('hls-video, dash-video')?.shadowRoot?.querySelector('video') ?? null;
    const video = document.querySelector('video') ?? wrapped;
    const told = (window as unknown as { __standIn?: { truth(): { position: number; paused: boolean } } }).__standIn?.truth();
    return {
      position: told?.position ?? video?.currentTime ?? Number.NaN,
      at: performance.timeOrigin + performance.now(),
      paused: told?.paused ?? video?.paused ?? true,
    };
  });
}

/** Waits until the film of this page runs and has passed a position. */
export async function running(page: Page, past = 0): Promise<void> {
  let last = Number.NaN;
  await expect
    .poll(
      async () => {
        const { position, paused } = await read(page);
        const moved = position > last;
        last = position;
        return !paused && moved && position > past;
      },
      { timeout: 20_000, interval: 100 },
    )
    .toBe(true);
}

export async function standing(page: Page, at: number, within = 0.25): Promise<void> {
  await expect
    .poll(
      async () => {
        const { position, paused } = await read(page);
        return paused && Math.abs(position - at) <= within;
      },
      { timeout: 15_000, interval: 100 },
    )
    .toBe(true);
}

/** How far two films are apart in ms: the median of some seconds of steady play. */
export async function apart(a: Page, b: Page, samples = 21): Promise<number> {
  const gaps: number[] = [];
  let last = -1;
  await expect
    .poll(
      async () => {
        const [x, y] = await Promise.all([read(a), read(b)]);
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

/** Waits until two running films are together: how long a coarse player takes for that is its own affair, up to a bound. */
export async function together(a: Page, b: Page, within: number): Promise<void> {
  const gap = async () => {
    const [x, y] = await Promise.all([read(a), read(b)]);
    return x.paused || y.paused ? Number.POSITIVE_INFINITY : Math.abs((x.position - y.position) * 1000 - (x.at - y.at));
  };
  await expect.poll(gap, { timeout: 12_000, interval: 120 }).toBeLessThan(within);
}
