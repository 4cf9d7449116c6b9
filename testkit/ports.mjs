// Free ports for servers of a test, below those that the system gives to outgoing connections.
import { createServer } from 'node:net';

const FROM = 20_000;
const TO = 32_000;
const given = new Set();

/** Returns a free port; never the same twice, so that a stopped server can be started again on its own. */
export async function freePort() {
  for (;;) {
    const port = FROM + Math.floor(Math.random() * (TO - FROM));
    if (given.has(port)) continue;
    given.add(port);
    if (await isFree(port)) return port;
  }
}

function isFree(port) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, () => server.close(() => resolve(true)));
  });
}
