// The servers under test: ours and the peer, both in production mode, both with limits that are not reached.
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Server } from '../../testkit/server.mjs';

const READY_EVERY_MS = 4;
const PEER = fileURLToPath(new URL('../peer-node/server.mjs', import.meta.url));

/** All members come from one address, and send more than users do. */
const UNLIMITED = {
  NODE_ENV: 'production',
  RATE_LIMIT_SOCKET_MAX_PER_IP: '1000000',
  RATE_LIMIT_MAX_REQUESTS: '100000000',
  EVENT_RATE_SCALE: '1000000',
};
/** Variables that the launcher sets for our server, and that are not for the peer. */
const OURS_ALONE = ['MALLOC_ARENA_MAX'];

/** Returns how to start each side: a program, its words for a store, its environment. The peer keeps no files. */
export function sidesOf(program) {
  return {
    ours: {
      program,
      words: ({ redis, data }) => (redis !== undefined ? ['--redis', redis.url] : data !== undefined ? ['--data', data] : []),
      environment: { ...UNLIMITED },
    },
    peer: {
      program: [process.execPath, PEER],
      words: ({ redis }) => (redis === undefined ? ['--store', 'memory'] : ['--redis', redis.url]),
      environment: { NODE_ENV: 'production', ...Object.fromEntries(OURS_ALONE.map((name) => [name, undefined])) },
    },
  };
}

/** A server of a side that is not started yet; it is ready with its first answer to GET /health. */
export function serverOf({ name, side, redis, data, environment = {}, folder }) {
  return new Server({
    name,
    command: side.program,
    words: side.words({ redis, data }),
    environment: { ...side.environment, ...environment },
    log: join(folder, `${name}.log`),
    readyPath: '/health',
    everyMs: READY_EVERY_MS,
  });
}
