// Chromium as tests and the sync lab start it: where it is, and with which flags.
import { existsSync } from 'node:fs';

const PATHS = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** Nothing that a page does not need, and no network of its own. */
export const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Without these a page in the background gets fewer timers. */
export const UNTHROTTLED = [
  '--disable-background-timer-throttling',
  '--disable-backgrounding-occluded-windows',
  '--disable-renderer-backgrounding',
];

/** A page may start a film without a click. */
export const AUTOPLAY = '--autoplay-policy=no-user-gesture-required';

/** Returns the path of Chromium: CHROMIUM, or a usual place; null when it is not installed. */
export const chromiumPath = () => [process.env.CHROMIUM, ...PATHS].find((path) => path !== undefined && existsSync(path)) ?? null;
