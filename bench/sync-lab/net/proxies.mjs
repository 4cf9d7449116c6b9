// Starts the thread of the proxies, and measures their real round trips.
import { connect } from 'node:net';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { percentile } from '../figures/numbers.mjs';

const here = (path) => fileURLToPath(new URL(`../page/${path}`, import.meta.url));

const FILES = {
  '/__lab/original.html': {
    path: here('original.html'),
    type: 'text/html; charset=utf-8',
  },
  '/__lab/original.js': { path: here('original.js'), type: 'text/javascript' },
  '/__lab/away.html': {
    path: here('away.html'),
    type: 'text/html; charset=utf-8',
  },
  '/__lab/bare.html': {
    path: here('bare.html'),
    type: 'text/html; charset=utf-8',
  },
  '/__lab/socket.io.js': {
    path: fileURLToPath(new URL('../../../web/node_modules/socket.io-client/dist/socket.io.min.js', import.meta.url)),
    type: 'text/javascript',
  },
};

export async function openLines({ target, lines, seed, pacedPage }) {
  const worker = new Worker(new URL('./proxy.mjs', import.meta.url), {
    workerData: { target, lines, seed, files: FILES, pacedPage },
  });
  const { ports } = await new Promise((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
  });
  return {
    ports,
    holdFilm: (hold) => worker.postMessage({ hold }),
    roundTrips: (count = 25) => Promise.all(ports.map((port) => roundTrip(port, count))),
    close: () => worker.terminate(),
  };
}

/** Sends small things through a page's line to an echo and back; ms. */
async function roundTrip(port, count) {
  const socket = connect(port, '127.0.0.1');
  socket.setNoDelay(true);
  socket.write('CONNECT echo:1 HTTP/1.1\r\nHost: echo:1\r\n\r\n');
  await new Promise((resolve, reject) => {
    socket.once('data', resolve);
    socket.once('error', reject);
  });
  const trips = [];
  for (let n = 0; n < count; n++) {
    const sent = performance.now();
    socket.write('x');
    await new Promise((resolve) => socket.once('data', resolve));
    trips.push(performance.now() - sent);
  }
  socket.destroy();
  trips.sort((a, b) => a - b);
  return {
    p50: percentile(trips, 0.5),
    p95: percentile(trips, 0.95),
    least: trips[0],
  };
}
