/** Browsers with several viewers. Each viewer has a context of its own, as on another machine. */
import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { TestRunner, afterAll, afterEach, beforeAll, expect } from 'vitest';
import { type Engine, type LaunchOptions, USUAL_ENGINE, launchEngine } from './engines';

export const BASE_URL = (process.env['SITE'] ?? '').replace(/\/$/, '');

export interface PageOptions {
  width?: number;
  height?: number;
  touch?: boolean;
  /** The browser, when the test needs a certain one. */
  engine?: Engine;
  /** The server; by default the one under test. */
  at?: string;
  /** Prepares the context before its first page. */
  prepare?: (context: BrowserContext) => Promise<unknown>;
}

/** What Firefox says of a lost connection, where Chromium names an error code. */
const FIREFOX_CONNECTION_LOST =
  /can’t establish a connection|was interrupted while the page was loading|NetworkError when attempting|Loading failed for/;

export class Browsers {
  private contexts: BrowserContext[] = [];
  /** Console errors, page errors and CSP violations of all pages. */
  readonly consoleErrors: string[] = [];
  /** Console errors that a test causes on purpose. */
  expectedErrors: RegExp[] = [];

  private options: LaunchOptions = {};
  private readonly launched = new Map<Engine, Promise<Browser>>();

  /** Launches a browser for a part of one test. */
  static async open(options: LaunchOptions = {}): Promise<Browsers> {
    const browsers = new Browsers();
    await browsers.launch(options);
    return browsers;
  }

  async launch(options: LaunchOptions = {}): Promise<void> {
    this.options = options;
    await this.browser(options.engine ?? USUAL_ENGINE);
  }

  /** Returns the browser of an engine, which is launched when the first page needs it. */
  private browser(engine: Engine): Promise<Browser> {
    const browser = this.launched.get(engine) ?? launchEngine(engine, this.options);
    this.launched.set(engine, browser);
    return browser;
  }

  async openPage({
    width = 1280,
    height = 800,
    touch = false,
    engine = this.options.engine ?? USUAL_ENGINE,
    at = BASE_URL,
    prepare,
  }: PageOptions = {}): Promise<Page> {
    const browser = await this.browser(engine);
    const context = await browser.newContext({
      viewport: { width, height },
      // Firefox cannot imitate a phone.
      ...(engine === 'chromium' ? { hasTouch: touch, isMobile: touch } : {}),
      baseURL: at,
    });
    this.contexts.push(context);
    context.setDefaultTimeout(20_000);
    context.on('page', (page) => this.listen(page));
    await prepare?.(context);
    return this.newPage(context);
  }

  async newPage(context: BrowserContext): Promise<Page> {
    const page = await context.newPage();
    await page.addInitScript(() => {
      document.addEventListener('securitypolicyviolation', (event) => {
        console.error(`CSP violation: ${event.violatedDirective} ${event.blockedURI}`);
      });
    });
    return page;
  }

  /** Also called for tabs that a page opens. */
  private listen(page: Page): void {
    page.on('console', (message) => {
      if (message.type() === 'error') this.consoleErrors.push(`console: ${message.text()}`);
    });
    page.on('pageerror', (error) => this.consoleErrors.push(`error: ${error.message}`));
  }

  /** Closes all pages; unexpected console errors fail the test. */
  async closePages(): Promise<void> {
    const test = TestRunner.getCurrentTest();
    if (test?.result?.state === 'fail') await this.saveScreenshots(test.name);
    for (const context of this.contexts) await context.close();
    this.contexts = [];
    const expected = this.expectedErrors.length === 0 ? [] : [...this.expectedErrors, FIREFOX_CONNECTION_LOST];
    const bad = this.consoleErrors.filter((text) => !expected.some((pattern) => pattern.test(text)));
    this.consoleErrors.length = 0;
    this.expectedErrors = [];
    expect(bad).toEqual([]);
  }

  /** Saves the pages of a failed test as screenshots in web/test-results/. */
  private async saveScreenshots(test: string): Promise<void> {
    const name = test.replace(/[^a-z0-9]+/gi, '-').slice(0, 80);
    const pages = this.contexts.flatMap((context) => context.pages());
    for (const [index, page] of pages.entries()) {
      const path = fileURLToPath(new URL(`../../test-results/${name}-${index + 1}.png`, import.meta.url));
      await page.screenshot({ path, timeout: 5000 }).catch(() => undefined);
    }
  }

  async close(): Promise<void> {
    for (const browser of this.launched.values()) await (await browser).close();
  }
}

/** Launches a browser for the tests of a file, and checks and closes all pages after each test. */
export function useBrowsers(options: LaunchOptions = {}): Browsers {
  const browsers = new Browsers();
  beforeAll(() => browsers.launch(options));
  afterEach(() => browsers.closePages());
  afterAll(() => browsers.close());
  return browsers;
}

/** Opens a page each for Ana, who creates a room, and Ben, who joins it. */
export async function openRoomOfTwo(browsers: Browsers): Promise<{ ana: Page; ben: Page; link: string }> {
  const ana = await browsers.openPage();
  const link = await createRoom(ana);
  const ben = await browsers.openPage();
  await joinByLink(ben, link, 'Ben');
  return { ana, ben, link };
}

/** Opens a room of two in which the sample film is ready on both pages. */
export async function openRoomWithFilm(browsers: Browsers): Promise<{ ana: Page; ben: Page; link: string }> {
  const room = await openRoomOfTwo(browsers);
  await showSample(room.ana);
  await filmReady(room.ben);
  return room;
}

export async function createRoom(page: Page, name = 'Ana'): Promise<string> {
  await page.goto('/create');
  await page.getByLabel('Your name').fill(name);
  await page.getByRole('button', { name: 'Open the doors' }).click();
  await page.waitForURL(/\/room\/[A-Z0-9]{6}$/);
  await page.getByText('What are we watching?').waitFor();
  return page.url();
}

export async function joinByLink(page: Page, link: string, name: string): Promise<void> {
  await page.goto(link);
  await page.getByLabel('Your name').fill(name);
  await page.getByRole('button', { name: 'Take a seat' }).click();
  await page.locator('#chat-input').waitFor();
}

export async function showSample(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Try the sample film' }).click();
  await filmReady(page);
}

export async function showLink(page: Page, link: string): Promise<void> {
  await page.getByLabel(/Paste a YouTube/).fill(link);
  await page.getByRole('button', { name: 'Show it' }).click();
}

export async function filmReady(page: Page): Promise<void> {
  await page.waitForFunction(() => (document.querySelector('video')?.readyState ?? 0) >= 3);
}

/** Returns a button of the control bar by its current name. */
export function control(page: Page, name: string) {
  return page.getByRole('group', { name: 'Film controls' }).getByRole('button', { name, exact: true });
}

export async function say(page: Page, text: string): Promise<void> {
  await page.locator('#chat-input').fill(text);
  await page.locator('#chat-input').press('Enter');
}

export async function openMembers(page: Page): Promise<void> {
  await page.getByRole('tab', { name: /People/ }).click();
}
