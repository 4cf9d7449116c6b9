// The browser of the lab: one process, a context for every page.
import { createRequire } from 'node:module';
import { AUTOPLAY, FLAGS, UNTHROTTLED, chromiumPath } from '../../../testkit/chromium.mjs';

const { chromium } = createRequire(new URL('../../../web/package.json', import.meta.url))('playwright-core');

function path() {
  const found = chromiumPath();
  if (found === null) throw new Error('no Chromium found: name one in the environment variable CHROMIUM');
  return found;
}

/** @param throttled whether pages in the background get fewer timers, which only the profile `hidden` wants */
export function openBrowser({ throttled = false } = {}) {
  return chromium.launch({
    executablePath: path(),
    args: [...FLAGS, AUTOPLAY, ...(throttled ? [] : UNTHROTTLED)],
    ignoreDefaultArgs: throttled ? UNTHROTTLED : [],
    // The lab closes the browser itself, also when it is interrupted.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  });
}
