import { defineConfig } from 'vitest/config';
import { FIREFOX_SUITE } from './e2e/support/firefox-tests.mjs';
import { ALONE, common, files } from './vitest.e2e.config';

const firefox = { ...common, env: { ...common.env, BROWSER_ENGINE: 'firefox', FIREFOX_SUITE: '1' } };
const chosen = Object.keys(FIREFOX_SUITE);
const alone = chosen.filter((name) => ALONE.includes(name));
const others = chosen.filter((name) => !ALONE.includes(name));

/** The Firefox suite (e2e/support/firefox-tests.mjs) against the running server at BASE_URL. */
export default defineConfig({
  test: {
    projects: [
      { test: { ...firefox, name: 'firefox', include: files(others), maxWorkers: 2, sequence: { groupOrder: 0 } } },
      { test: { ...firefox, name: 'alone', include: files(alone), maxWorkers: 1, sequence: { groupOrder: 1 } } },
    ],
    reporters: ['default', ['./e2e/support/count-reporter.ts', { file: 'target/test-counts/firefox.json' }]],
  },
});
