import { defineConfig } from 'vitest/config';

/** Real browsers against the running server at BASE_URL. One file at a time, because the pages share one machine. */
export default defineConfig({
  test: {
    include: ['e2e/**/*.e2e.ts'],
    environment: 'node',
    fileParallelism: false,
    // Vitest sets a BASE_URL of its own for its workers.
    env: { SITE: process.env['BASE_URL'] ?? 'http://localhost:3000' },
    testTimeout: 60_000,
    hookTimeout: 60_000,
    retry: 0,
    // Generous, because a busy machine is no failure.
    expect: { poll: { timeout: 15_000, interval: 60 } },
    reporters: ['default', ['json', { outputFile: 'target/test-counts/e2e.json' }], './e2e/support/count-reporter.ts'],
  },
});
