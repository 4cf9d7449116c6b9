/** Accessibility: keyboard, small screens, names of controls, contrast. */
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { control, createRoom, filmReady, joinByLink, openMembers, say, showSample, useBrowsers } from './support/browsers';
import { waitUntilPlaying } from './support/film';

/** The page for unknown addresses has status 404. */
const NOT_FOUND = /status of 404/;

const browsers = useBrowsers();

async function overflow(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

/** Returns the controls without an accessible name. */
async function nameless(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found = document.querySelectorAll<HTMLElement>('button, a[href], input, textarea');
    return [...found]
      .filter((element) => element.checkVisibility())
      .filter((element) => {
        const labels = (element as HTMLInputElement).labels;
        const named = element.getAttribute('aria-label') ?? element.textContent?.trim() ?? '';
        return named === '' && (labels === null || labels === undefined || labels.length === 0);
      })
      .map((element) => element.outerHTML.slice(0, 120));
  });
}

async function tooSmall(page: Page, least: number): Promise<string[]> {
  return page.evaluate((px) => {
    const found = document.querySelectorAll<HTMLElement>('button, input');
    return [...found]
      .filter((element) => element.checkVisibility())
      .map((element) => ({ element, box: (element.closest('label') ?? element).getBoundingClientRect() }))
      .filter(({ box }) => box.height < px || box.width < px)
      .map(({ element, box }) => `${box.width.toFixed(0)}x${box.height.toFixed(0)} ${element.outerHTML.slice(0, 90)}`);
  }, least);
}

/** Checks that the composer is on the screen. */
async function onScreen(page: Page, height: number): Promise<void> {
  const box = await page.locator('#chat-input').boundingBox();
  expect(box).not.toBeNull();
  expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(height);
}

/** Presses Tab until the focus is on the control. */
async function tabTo(page: Page, name: RegExp): Promise<void> {
  for (let i = 0; i < 40; i++) {
    await page.keyboard.press('Tab');
    const here = await page.evaluate(() => {
      const element = document.activeElement as HTMLInputElement | null;
      return `${element?.getAttribute('aria-label') ?? ''} ${element?.labels?.[0]?.textContent ?? ''} ${element?.textContent ?? ''}`;
    });
    if (name.test(here)) return;
  }
  throw new Error(`No way to ${name} by Tab`);
}

test('a room can be created and used by keyboard alone', async () => {
  const ana = await browsers.openPage();
  await ana.goto('/');
  await tabTo(ana, /Create a room/);
  await ana.keyboard.press('Enter');
  await ana.waitForURL('**/create');
  await expect.poll(() => ana.evaluate(() => document.activeElement?.tagName)).toBe('INPUT');
  await ana.keyboard.type('Ana');
  await ana.keyboard.press('Enter');
  await ana.waitForURL(/\/room\//);
  await ana.getByText('What are we watching?').waitFor();
  await tabTo(ana, /Try the sample film/);
  await ana.keyboard.press('Enter');
  await filmReady(ana);
  await tabTo(ana, /Ahead 10 seconds/);
  await ana.keyboard.press('k');
  await waitUntilPlaying(ana);
  await ana.keyboard.press('/');
  await ana.keyboard.type('hello / ? k');
  await ana.keyboard.press('Enter');
  await ana.locator('.message', { hasText: 'hello / ? k' }).waitFor();
  await waitUntilPlaying(ana);
  await ana.keyboard.press('Escape');
  await ana.keyboard.press('?');
  await ana.getByRole('dialog', { name: 'Keyboard' }).waitFor();
  await ana.keyboard.press('Escape');
  await ana.getByRole('dialog', { name: 'Keyboard' }).waitFor({ state: 'detached' });
  // The focus leaves the closed dialog with the next frame.
  await expect.poll(() => ana.evaluate(() => document.activeElement?.tagName)).toBe('BODY');
  await ana.keyboard.press(' ');
  await control(ana, 'Play').waitFor();
});

test.each([
  [320, 640],
  [390, 844],
  [390, 508],
  [844, 390],
  [1280, 720],
  [2560, 1080],
])('on a screen of %i × %i nothing overflows, and controls have names and sizes', async (width, height) => {
  browsers.expectedErrors = [NOT_FOUND];
  const touch = width < 900;
  const ana = await browsers.openPage({ width, height, touch });
  for (const path of ['/', '/create', '/join', '/nowhere']) {
    await ana.goto(path);
    await ana.locator('#main').waitFor();
    expect(await overflow(ana)).toBeLessThanOrEqual(0);
    expect(await nameless(ana)).toEqual([]);
  }
  const link = await createRoom(ana, 'Ana with a rather long name');
  expect(await overflow(ana)).toBeLessThanOrEqual(0);
  await onScreen(ana, height);
  const ben = await browsers.openPage({ width, height, touch });
  await joinByLink(ben, link, 'Benjamin who also has a long name');
  expect(await overflow(ben)).toBeLessThanOrEqual(0);
  await showSample(ana);
  await filmReady(ben);
  await say(ben, 'w'.repeat(300));
  await ana.getByText('wwww').waitFor();
  for (const page of [ana, ben]) {
    expect(await overflow(page)).toBeLessThanOrEqual(0);
    expect(await nameless(page)).toEqual([]);
    expect(await tooSmall(page, 24)).toEqual([]);
    await onScreen(page, height);
    // On a phone, the on-screen keyboard would cover the control bar.
    await page.evaluate(() => (document.activeElement as HTMLElement).blur());
    await page.getByRole('button', { name: /^Sync: / }).click();
    const panel = page.getByRole('dialog', { name: 'Your sync' });
    await panel.waitFor();
    expect(await nameless(page)).toEqual([]);
    expect(await tooSmall(page, 24)).toEqual([]);
    expect(await panel.evaluate((element) => element.scrollWidth - element.clientWidth)).toBeLessThanOrEqual(0);
    const box = (await panel.boundingBox())!;
    expect(box.y).toBeGreaterThanOrEqual(0);
    expect(box.x + box.width).toBeLessThanOrEqual(width);
    expect(box.y + box.height).toBeLessThanOrEqual(height);
  }
});

test('text has the contrast of WCAG AA on every page', async () => {
  browsers.expectedErrors = [NOT_FOUND];
  const ana = await browsers.openPage();
  for (const path of ['/', '/create', '/join', '/nowhere']) {
    await ana.goto(path);
    await ana.locator('#main').waitFor();
    expect(await lowContrast(ana)).toEqual([]);
  }
  const link = await createRoom(ana);
  const ben = await browsers.openPage();
  await joinByLink(ben, link, 'Ben');
  await say(ben, 'hello');
  await ana.getByText('hello').waitFor();
  expect(await lowContrast(ana)).toEqual([]);
  expect(await lowContrast(ben)).toEqual([]);
  await showSample(ana);
  await filmReady(ben);
  for (const page of [ana, ben]) {
    await openMembers(page);
    await page.locator('.member-sync').first().waitFor();
    await page.getByRole('button', { name: /^Sync: / }).click();
    await page.getByRole('dialog', { name: 'Your sync' }).waitFor();
    expect(await lowContrast(page)).toEqual([]);
  }
});

/**
 * Returns text with too little contrast against the nearest solid background colour. Text over pictures and gradients
 * is not checked.
 */
async function lowContrast(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const parse = (text: string) => (text.match(/[\d.]+/g) ?? []).map(Number);
    const light = ([r = 0, g = 0, b = 0]: number[]) => {
      const [x, y, z] = [r, g, b].map((c) => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4));
      return 0.2126 * (x ?? 0) + 0.7152 * (y ?? 0) + 0.0722 * (z ?? 0);
    };
    const bad: string[] = [];
    for (const element of document.querySelectorAll<HTMLElement>('#app *')) {
      const text = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent?.trim() !== '');
      if (!text || !element.checkVisibility() || element.closest('[aria-hidden=true], .visually-hidden, .curtain') !== null)
        continue;
      let behind: HTMLElement | null = element;
      let ground: number[] | null = null;
      while (behind !== null && ground === null) {
        const style = getComputedStyle(behind);
        const colour = parse(style.backgroundColor);
        if (style.backgroundImage !== 'none' && behind.closest('.title-text') !== null) break;
        if (colour.length >= 3 && (colour[3] ?? 1) > 0.85) ground = colour;
        behind = behind.parentElement;
      }
      if (ground === null) continue;
      const style = getComputedStyle(element);
      const [a, b] = [light(parse(style.color)), light(ground)];
      const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
      const large = parseFloat(style.fontSize) >= 24;
      if (ratio < (large ? 3 : 4.5)) bad.push(`${ratio.toFixed(2)} ${element.outerHTML.slice(0, 80)}`);
    }
    return bad;
  });
}
