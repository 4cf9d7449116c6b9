// What the instances of a scene keep their rooms in, as words of their command line.
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { RedisCluster } from './cluster.mjs';
import { Proxy } from './proxy.mjs';
import { Redis } from './redis.mjs';

export const memory = async () => ({ wordsOf: () => [] });

export const file = async ({ folder, onClose }) => {
  const data = mkdtempSync(join(folder, 'data-'));
  onClose(() => rmSync(data, { recursive: true, force: true }));
  return { wordsOf: () => ['--data', data] };
};

const one = (persistent) => async (stage) => {
  const redis = await Redis.started({ persistent });
  stage.onClose(() => redis.close());
  return { redis, wordsOf: () => ['--redis', redis.url] };
};

/** A Redis that forgets when it ends. */
export const forgetful = one(false);

/** A Redis that has written each change to its disk before it answers. */
export const persistent = one(true);

/** The first instance speaks to Redis through a proxy. */
export const behindProxy = async (stage) => {
  const { redis } = await forgetful(stage);
  const proxy = await new Proxy(redis.port).listen();
  stage.onClose(() => proxy.close());
  return { redis, proxy, wordsOf: (n) => ['--redis', n === 0 ? `redis://127.0.0.1:${proxy.port}` : redis.url] };
};

/** Two ways to the one instance there is. */
export const twoDoors = async ([instance], stage) => {
  const doors = [await new Proxy(instance.port).listen(), await new Proxy(instance.port).listen()];
  for (const door of doors) stage.onClose(() => door.close());
  return doors;
};

export const cluster = async (stage) => {
  const redis = await RedisCluster.started(stage.onClose);
  return { redis, wordsOf: () => ['--redis', redis.url] };
};
