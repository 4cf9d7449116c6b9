/** A browser with several viewers. Each viewer has a context of its own, as on another machine. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Browser, type BrowserContext, type Page, chromium } from 'playwright-core';
import { TestRunner, afterAll, afterEach, beforeAll, expect } from 'vitest';

export const BASE_URL = (process.env['SITE'] ?? '').replace(/\/$/, '');

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-renderer-backgrounding',
  '--disable-backgrounding-occluded-windows',
  '--disable-background-timer-throttling',
];

function chromiumPath(): string {
  const tried = [
    process.env['BROWSER'],
    process.env['CHROMIUM'],
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  ];
  const found = tried.find((path) => path !== undefined && existsSync(path));
  if (found === undefined) throw new Error('No Chromium found: name one in the environment variable CHROMIUM');
  return found;
}

/** A microphone that is allowed without a question. */
const MICROPHONE_FLAGS = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'];

export interface LaunchOptions {
  autoplay?: boolean;
  /** A WAV file, which is played in a loop as the microphone. */
  microphone?: string;
}

export interface PageOptions {
  width?: number;
  height?: number;
  touch?: boolean;
  /** The server; by default the one under test. */
  at?: string;
  /** Prepares the context before its first page. */
  prepare?: (context: BrowserContext) => Promise<unknown>;
}

export class Browsers {
  private contexts: BrowserContext[] = [];
  /** Console errors, page errors and CSP violations of all pages. */
  readonly consoleErrors: string[] = [];
  /** Console errors that a test causes on purpose. */
  expectedErrors: RegExp[] = [];

  private browser: Browser | null = null;

  /** Launches a browser for a part of one test. */
  static async open(options: LaunchOptions = {}): Promise<Browsers> {
    const browsers = new Browsers();
    await browsers.launch(options);
    return browsers;
  }

  async launch({ autoplay = true, microphone }: LaunchOptions = {}): Promise<void> {
    const args = [
      ...FLAGS,
      ...(autoplay ? ['--autoplay-policy=no-user-gesture-required'] : []),
      ...(microphone === undefined ? [] : [...MICROPHONE_FLAGS, `--use-file-for-fake-audio-capture=${microphone}`]),
    ];
    this.browser = await chromium.launch({ executablePath: chromiumPath(), args });
  }

  async openPage({ width = 1280, height = 800, touch = false, at = BASE_URL, prepare }: PageOptions = {}): Promise<Page> {
    if (this.browser === null) throw new Error('no browser has been launched');
    const context = await this.browser.newContext({
      viewport: { width, height },
      hasTouch: touch,
      isMobile: touch,
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
    const bad = this.consoleErrors.filter((text) => !this.expectedErrors.some((pattern) => pattern.test(text)));
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
    await this.browser?.close();
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
