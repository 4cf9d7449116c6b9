/** A browser with people in it. Every person has a context of their own, as if on another machine. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Browser, type BrowserContext, type Page, chromium } from 'playwright-core';
import { expect } from 'vitest';
import { getCurrentTest } from 'vitest/suite';

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

export interface PersonOptions {
  width?: number;
  height?: number;
  touch?: boolean;
  /** The server; the one under test unless it is told. */
  at?: string;
  /** Prepares the context before its first page. */
  prepare?: (context: BrowserContext) => Promise<unknown>;
}

export class House {
  private contexts: BrowserContext[] = [];
  /** Console errors, page errors and CSP violations of all pages. */
  readonly complaints: string[] = [];
  /** Complaints that a test brings about on purpose. */
  tolerated: RegExp[] = [];

  private constructor(private readonly browser: Browser) {}

  static async open({ autoplay = true } = {}): Promise<House> {
    const args = autoplay ? [...FLAGS, '--autoplay-policy=no-user-gesture-required'] : FLAGS;
    return new House(await chromium.launch({ executablePath: chromiumPath(), args }));
  }

  async person({ width = 1280, height = 800, touch = false, at = BASE_URL, prepare }: PersonOptions = {}): Promise<Page> {
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

  /** Tabs that a page opens are heard as well. */
  private listen(page: Page): void {
    page.on('console', (message) => {
      if (message.type() === 'error') this.complaints.push(`console: ${message.text()}`);
    });
    page.on('pageerror', (error) => this.complaints.push(`error: ${error.message}`));
  }

  /** Everybody goes home; whoever had something to complain about fails the test. */
  async clear(): Promise<void> {
    if (getCurrentTest()?.result?.state === 'fail') await this.photograph(getCurrentTest()?.name ?? 'test');
    for (const context of this.contexts) await context.close();
    this.contexts = [];
    const bad = this.complaints.filter((text) => !this.tolerated.some((pattern) => pattern.test(text)));
    this.complaints.length = 0;
    this.tolerated = [];
    expect(bad).toEqual([]);
  }

  /** What everybody saw when a test failed: web/test-results/. */
  private async photograph(test: string): Promise<void> {
    const name = test.replace(/[^a-z0-9]+/gi, '-').slice(0, 80);
    const pages = this.contexts.flatMap((context) => context.pages());
    for (const [index, page] of pages.entries()) {
      const path = fileURLToPath(new URL(`../../test-results/${name}-${index + 1}.png`, import.meta.url));
      await page.screenshot({ path, timeout: 5000 }).catch(() => undefined);
    }
  }

  async close(): Promise<void> {
    await this.browser.close();
  }
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

/** The button in the bar, by what it would do now. */
export function control(page: Page, name: string) {
  return page.getByRole('group', { name: 'Film controls' }).getByRole('button', { name, exact: true });
}

export async function say(page: Page, text: string): Promise<void> {
  await page.locator('#chat-input').fill(text);
  await page.locator('#chat-input').press('Enter');
}

export async function openPeople(page: Page): Promise<void> {
  await page.getByRole('tab', { name: /People/ }).click();
}
