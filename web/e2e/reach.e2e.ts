/** Keyboard, small screens, names of controls: that everybody can get everywhere. */
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { House, control, createRoom, filmReady, joinByLink, openPeople, say, showSample } from './support/house';
import { running } from './support/film';

/** The page for addresses that lead nowhere comes with its honest status. */
const NOT_FOUND = /status of 404/;

let house: House;
beforeAll(async () => void (house = await House.open()));
afterEach(() => house.clear());
afterAll(() => house.close());

async function overflow(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

/** Everything that can be operated, without a name for those who listen. */
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

/** The composer is not pushed out by what stands above it. */
async function onScreen(page: Page, height: number): Promise<void> {
  const box = await page.locator('#chat-input').boundingBox();
  expect(box).not.toBeNull();
  expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(height);
}

/** Tab, as often as it takes, until the focus is on what is looked for. */
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

test('from the entrance to the chat without a mouse', async () => {
  const ana = await house.person();
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
  await running(ana);
  await ana.keyboard.press('/');
  await ana.keyboard.type('hello / ? k');
  await ana.keyboard.press('Enter');
  await ana.locator('.message', { hasText: 'hello / ? k' }).waitFor();
  await running(ana);
  await ana.keyboard.press('Escape');
  await ana.keyboard.press('?');
  await ana.getByRole('dialog', { name: 'Keyboard' }).waitFor();
  await ana.keyboard.press('Escape');
  await ana.getByRole('dialog', { name: 'Keyboard' }).waitFor({ state: 'detached' });
  // The focus leaves the closed dialog with the next picture.
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
])('nothing is wider than a screen of %i × %i, and everything has a name and a size', async (width, height) => {
  house.tolerated = [NOT_FOUND];
  const touch = width < 900;
  const ana = await house.person({ width, height, touch });
  for (const path of ['/', '/create', '/join', '/nowhere']) {
    await ana.goto(path);
    await ana.locator('#main').waitFor();
    expect(await overflow(ana)).toBeLessThanOrEqual(0);
    expect(await nameless(ana)).toEqual([]);
  }
  const link = await createRoom(ana, 'Ana with a rather long name');
  expect(await overflow(ana)).toBeLessThanOrEqual(0);
  await onScreen(ana, height);
  const ben = await house.person({ width, height, touch });
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
    // Whoever writes on a phone has the keyboard of it where the bar would be.
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

test('text has the contrast of WCAG AA on every screen', async () => {
  house.tolerated = [NOT_FOUND];
  const ana = await house.person();
  for (const path of ['/', '/create', '/join', '/nowhere']) {
    await ana.goto(path);
    await ana.locator('#main').waitFor();
    expect(await lowContrast(ana)).toEqual([]);
  }
  const link = await createRoom(ana);
  const ben = await house.person();
  await joinByLink(ben, link, 'Ben');
  await say(ben, 'hello');
  await ana.getByText('hello').waitFor();
  expect(await lowContrast(ana)).toEqual([]);
  expect(await lowContrast(ben)).toEqual([]);
  await showSample(ana);
  await filmReady(ben);
  for (const page of [ana, ben]) {
    await openPeople(page);
    await page.locator('.person-step').first().waitFor();
    await page.getByRole('button', { name: /^Sync: / }).click();
    await page.getByRole('dialog', { name: 'Your sync' }).waitFor();
    expect(await lowContrast(page)).toEqual([]);
  }
});

/** Text against the nearest painted colour behind it; pictures and gradients are left out, they are looked at by people. */
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
        if (style.backgroundImage !== 'none' && behind.closest('.board') !== null) break;
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
