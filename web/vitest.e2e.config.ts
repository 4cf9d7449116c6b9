import { defineConfig } from 'vitest/config';

/** Real browsers against a running server: BASE_URL says which. One file at a time; the pages share one machine. */
export default defineConfig({
  test: {
    include: ['e2e/**/*.e2e.ts'],
    environment: 'node',
    fileParallelism: false,
    // The runner has a BASE_URL of its own for its workers.
    env: { SITE: process.env['BASE_URL'] ?? 'http://localhost:3000' },
    testTimeout: 60_000,
    hookTimeout: 60_000,
    retry: 0,
    // A busy machine is no failure: what is waited for comes, or the test says what did not.
    expect: { poll: { timeout: 15_000, interval: 60 } },
    reporters: ['default', ['json', { outputFile: 'target/test-counts/e2e.json' }], './e2e/support/count-line.ts'],
  },
});
