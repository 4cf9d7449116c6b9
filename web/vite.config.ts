import preact from '@preact/preset-vite';
import { defineConfig } from 'vite';

const server = process.env['SERVER'] ?? 'http://localhost:3000';

export default defineConfig(({ command }) => {
  // A build is for production also where the tests start it, whose NODE_ENV it would inherit.
  if (command === 'build') process.env['NODE_ENV'] = 'production';
  return {
    plugins: [preact({ devToolsEnabled: false })],
    build: {
      target: ['chrome109', 'firefox115', 'safari16.4'],
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      chunkSizeWarningLimit: 1200,
      reportCompressedSize: false,
    },
    experimental: {
      // Scripts and styles refer to other files relative to themselves, so that one build works below any path.
      renderBuiltUrl: (_, { hostType }) => (hostType === 'html' ? undefined : { relative: true }),
    },
    worker: { format: 'es' },
    server: {
      proxy: { '/api': { target: server, ws: true }, '/health': server },
    },
  };
});
