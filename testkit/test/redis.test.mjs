import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { test } from 'node:test';
import { Redis, askRedis } from '../redis.mjs';

test('a Redis answers, loses its data with its end, and comes back on its port', async () => {
  const redis = await Redis.started();
  try {
    assert.equal(await askRedis(redis.port, 'SET', 'a', '1'), '+OK');
    assert.equal(await askRedis(redis.port, 'GET', 'a'), '1');
    await redis.signal('SIGKILL');
    await assert.rejects(askRedis(redis.port, 'GET', 'a'), /ECONNREFUSED/);
    await redis.start();
    assert.equal(await askRedis(redis.port, 'GET', 'a'), '$-1');
  } finally {
    await redis.close();
  }
  assert.equal(existsSync(redis.folder), false);
});

test('a persistent Redis has its data after it was killed', async () => {
  const redis = await Redis.started({ persistent: true });
  try {
    await askRedis(redis.port, 'SET', 'a', '1');
    await redis.signal('SIGKILL');
    await redis.start();
    assert.equal(await askRedis(redis.port, 'GET', 'a'), '1');
  } finally {
    await redis.close();
  }
});
