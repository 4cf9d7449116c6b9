import preact from '@preact/preset-vite';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  plugins: [preact({ devToolsEnabled: false })],
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    environment: 'node',
    // Only for a test that hangs: a busy machine is no failure.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    reporters: ['default', ['json', { outputFile: 'target/test-counts/unit.json' }]],
  },
});
