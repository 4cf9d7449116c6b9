// The browser of the lab: one process, a context for every page.
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';

const { chromium } = createRequire(new URL('../../../web/package.json', import.meta.url))('playwright-core');
/** Without these a background page gets fewer timers, which only the profile `hidden` wants. */
const UNTHROTTLED = [
  '--disable-background-timer-throttling',
  '--disable-backgrounding-occluded-windows',
  '--disable-renderer-backgrounding',
];
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--autoplay-policy=no-user-gesture-required',
];

export function chromiumPath() {
  const tried = [
    process.env.CHROMIUM,
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  ];
  const found = tried.find((path) => path !== undefined && existsSync(path));
  if (found === undefined) throw new Error('no Chromium found: name one in the environment variable CHROMIUM');
  return found;
}

export function openBrowser({ throttled = false } = {}) {
  return chromium.launch({
    executablePath: chromiumPath(),
    args: throttled ? FLAGS : [...FLAGS, ...UNTHROTTLED],
    ignoreDefaultArgs: throttled ? UNTHROTTLED : [],
    // The lab closes the browser itself, also when it is interrupted.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  });
}
