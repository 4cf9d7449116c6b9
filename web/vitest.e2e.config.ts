import { defineConfig } from 'vitest/config';

/** Files that wait for servers and networks more than they use the machine. Three run at once. */
const WAITING = [
  'browsers',
  'cannot-follow',
  'film-faults',
  'instances',
  'library-formats',
  'long-queue',
  'outage',
  'voice-instances',
  'voice-network',
  'voice-relay',
];

/** Files that act within seconds. Two run at once: with more, the pages would wait for the machine. */
const TIMED = ['bad-network', 'library', 'own-copy', 'queue'];

/** Files that compare players closely. Each runs alone, because the pages share one machine. */
export const ALONE = ['engines', 'live', 'playback', 'players', 'providers', 'sync'];

/** Files that need Firefox beside Chromium: they are run with the Firefox suite alone. */
const WITH_FIREFOX = ['engines', 'voice-firefox'];

export const files = (names: readonly string[]) => names.map((name) => `e2e/${name}.e2e.ts`);

export const common = {
  environment: 'node' as const,
  // Vitest sets a BASE_URL of its own for its workers.
  env: { SITE: process.env['BASE_URL'] ?? 'http://localhost:3000' },
  testTimeout: 60_000,
  hookTimeout: 60_000,
  setupFiles: './e2e/support/firefox-setup.ts',
  retry: 0,
  // Generous, because a busy machine is no failure.
  expect: { poll: { timeout: 15_000, interval: 60 } },
};

/** Real browsers against the running server at BASE_URL. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          ...common,
          name: 'pages',
          // It takes a third less of the machine than the whole browser, and these tests are about pages alone.
          env: { ...common.env, BROWSER: process.env['CHROMIUM_HEADLESS_SHELL'] ?? '' },
          include: ['e2e/**/*.e2e.ts'],
          exclude: files([...WAITING, ...TIMED, ...ALONE, ...WITH_FIREFOX]),
          maxWorkers: 2,
          sequence: { groupOrder: 0 },
        },
      },
      { test: { ...common, name: 'waiting', include: files(WAITING), maxWorkers: 3, sequence: { groupOrder: 1 } } },
      { test: { ...common, name: 'timed', include: files(TIMED), maxWorkers: 2, sequence: { groupOrder: 2 } } },
      {
        test: {
          ...common,
          name: 'alone',
          include: files(ALONE.filter((name) => !WITH_FIREFOX.includes(name))),
          maxWorkers: 1,
          sequence: { groupOrder: 3 },
        },
      },
    ],
    reporters: ['default', ['json', { outputFile: 'target/test-counts/e2e.json' }], './e2e/support/count-reporter.ts'],
  },
});
