// The stores in which the instances of a fault keep their rooms, as words of their command line.
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { RedisCluster } from '../../testkit/redis-cluster.mjs';
import { Redis } from '../../testkit/redis.mjs';
import { TcpProxy } from '../../testkit/tcp-proxy.mjs';

export const memory = async () => ({ wordsOf: () => [] });

export const file = async ({ folder, onClose }) => {
  const data = mkdtempSync(join(folder, 'data-'));
  onClose(() => rmSync(data, { recursive: true, force: true }));
  return { wordsOf: () => ['--data', data] };
};

const one = (persistent) => async (stage) => {
  const server = await Redis.started({ persistent });
  stage.onClose(() => server.close());
  return { redis: server, wordsOf: () => ['--redis', server.url] };
};

/** A Redis that loses its data when it ends. */
export const redis = one(false);

/** A Redis that writes each change to its disk before it answers. */
export const persistentRedis = one(true);

/** A Redis that the first instance reaches through a proxy. */
export const redisBehindProxy = async (stage) => {
  const { redis: server } = await redis(stage);
  const proxy = await TcpProxy.listening(server.port);
  stage.onClose(() => proxy.close());
  return { redis: server, proxy, wordsOf: (n) => ['--redis', n === 0 ? `redis://127.0.0.1:${proxy.port}` : server.url] };
};

/** Two proxies before a single instance. */
export const twoProxies = async ([instance], stage) => {
  const proxies = await Promise.all([TcpProxy.listening(instance.port), TcpProxy.listening(instance.port)]);
  for (const proxy of proxies) stage.onClose(() => proxy.close());
  return proxies;
};

export const cluster = async (stage) => {
  const server = await RedisCluster.started(stage.onClose);
  return { redis: server, wordsOf: () => ['--redis', server.url] };
};
