// Starts the peer; see README.md.
import { parseArgs } from 'node:util';
import { startPeer } from './peer.mjs';
import { MemoryStore } from './store/memory.mjs';
import { RedisStore } from './store/redis.mjs';

const HELP = `node server.mjs [--port N] [--host ADDRESS] [--store memory|redis] [--redis URL]
Environment: PORT, REDIS_URL, ALLOWED_ORIGINS, CHAT_HISTORY, KEEP_USERS=1`;
const { env } = process;

function settings() {
  const text = { type: 'string' };
  const options = { port: text, host: text, store: text, redis: text, help: { type: 'boolean' } };
  const { values } = parseArgs({ options });
  const port = Number(values.port ?? env.PORT ?? 3000);
  const history = Number(env.CHAT_HISTORY ?? 20);
  const kind = values.store ?? (values.redis === undefined ? 'memory' : 'redis');
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new Error('--port is a number from 0 to 65535');
  if (!Number.isInteger(history) || history < 1) throw new Error('CHAT_HISTORY is a number from 1');
  if (kind !== 'memory' && kind !== 'redis') throw new Error('--store is memory or redis');
  const url = values.redis ?? env.REDIS_URL ?? 'redis://localhost:6379';
  return {
    help: values.help,
    port,
    host: values.host,
    store: kind === 'memory' ? new MemoryStore(history) : new RedisStore(url, history),
    origins: env.ALLOWED_ORIGINS?.split(',').map((origin) => origin.trim()) ?? [],
    keepUsers: env.KEEP_USERS === '1',
  };
}

try {
  const chosen = settings();
  if (chosen.help) {
    console.log(HELP);
  } else {
    const peer = await startPeer(chosen);
    for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(0));
    console.log(`listening on http://localhost:${peer.port}`);
  }
} catch (problem) {
  console.error(`peer: ${problem.message}`);
  process.exit(1);
}
