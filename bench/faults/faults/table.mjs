// The faults: a description of each, and how it is brought about.
import * as stores from '../stores.mjs';
import { underLoad } from '../stage.mjs';
import { pause } from '../../../testkit/waiting.mjs';
import { clockJump, clockOff } from './clock.mjs';
import { contention } from './contention.mjs';
import { rights } from './rights.mjs';

const now = () => performance.now();
const scene = (description, words) => ({
  description,
  run: (stage) => underLoad({ ...words, ...(stage.quick ? words.quick : {}) }, stage),
});
/** Faults of the link to Redis: with fewer messages, so that what was missed is within the changes that a server keeps (128). */
const LINK = { rooms: 20, perSecond: 100, effect: 'rejections' };
const QUICK = { rooms: 8, perSecond: 60, beforeMs: 2000, afterMs: 3500 };

/** A time of bad conditions between the first instance and Redis. */
const badNetwork =
  (conditions, quickMs = 10_000) =>
  async ({ store: { proxy }, stage }) => {
    proxy.set(conditions);
    await pause(stage.quick ? quickMs : 10_000);
    proxy.clear();
    return { recoveredAt: now() };
  };

export const FAULTS = {
  calm: scene('nothing at all, one instance in memory: what the measurement itself loses', {
    store: stores.memory,
    instances: 1,
    fault: async () => ({ recoveredAt: now() }),
    quick: QUICK,
  }),
  'calm-redis': scene('nothing at all, three instances on one Redis', {
    store: stores.redis,
    fault: async () => ({ recoveredAt: now() }),
    quick: QUICK,
  }),
  'people-cut': scene('answers of one instance in memory are held back, then half of the connections are reset; three times', {
    store: stores.memory,
    instances: 1,
    proxies: stores.twoProxies,
    effect: 'reconnects',
    fault: async ({ proxies: [first, second] }) => {
      for (const proxy of [first, second, first]) {
        proxy.set({ cut: 'answers' });
        await pause(400);
        proxy.set({ cut: 'reset' });
        proxy.clear();
        await pause(3000);
      }
      return { recoveredAt: now() - 3000 };
    },
    quick: QUICK,
  }),
  'kill-instance': scene('kill -9 of one of three instances', {
    store: stores.redis,
    effect: 'reconnects',
    fault: async ({ instances }) => {
      const recoveredAt = now();
      await instances[0].kill();
      await pause(1000);
      return { recoveredAt };
    },
    afterMs: 9000,
    quick: { ...QUICK, perSecond: 100, afterMs: 7000 },
  }),
  'redis-stop': scene('Redis frozen for 10 s (SIGSTOP)', {
    ...LINK,
    store: stores.redis,
    fault: async ({ store: { redis } }) => {
      await redis.signal('SIGSTOP');
      await pause(10_000);
      await redis.signal('SIGCONT');
      return { recoveredAt: now() };
    },
  }),
  'redis-down': scene('Redis stopped properly, started with its data 10 s later', {
    ...LINK,
    store: stores.persistentRedis,
    fault: async ({ store: { redis } }) => {
      await redis.signal('SIGTERM');
      await pause(10_000);
      await redis.start();
      return { recoveredAt: now() };
    },
  }),
  'redis-restart-with-data': scene('kill -9 of Redis, started at once with its data', {
    store: stores.persistentRedis,
    perSecond: 100,
    fault: redisRestart,
  }),
  'redis-restart-empty': scene('kill -9 of Redis, started at once with nothing', {
    store: stores.redis,
    perSecond: 100,
    fault: redisRestart,
    quick: QUICK,
  }),
  'network-cut': scene('10 s of silence between one instance and Redis', {
    ...LINK,
    store: stores.redisBehindProxy,
    fault: badNetwork({ cut: 'silence' }, 4000),
    quick: { ...QUICK, afterMs: 4500 },
  }),
  'network-reset': scene('10 s of resets between one instance and Redis', {
    ...LINK,
    store: stores.redisBehindProxy,
    fault: badNetwork({ cut: 'reset' }),
  }),
  'network-answers': scene(
    'each 2 s the answers of Redis to one instance are held back for 300 ms, then the connection is reset; 10 s',
    {
      ...LINK,
      effect: undefined,
      store: stores.redisBehindProxy,
      fault: async ({ store: { proxy } }) => {
        for (let n = 0; n < 5; n++) {
          proxy.set({ cut: 'answers' });
          await pause(300);
          proxy.set({ cut: 'reset' });
          proxy.clear();
          if (n < 4) await pause(1700);
        }
        return { recoveredAt: now() };
      },
    },
  ),
  'network-delay': scene('10 s with 300 ms more in each direction between one instance and Redis', {
    ...LINK,
    effect: undefined,
    store: stores.redisBehindProxy,
    fault: badNetwork({ delayMs: 300, jitterMs: 30 }),
  }),
  'network-lossy': scene('10 s in which 3 % of what passes between one instance and Redis stalls for 200 to 1000 ms', {
    ...LINK,
    effect: undefined,
    store: stores.redisBehindProxy,
    fault: badNetwork({ delayMs: 5, jitterMs: 3, stallShare: 0.03 }),
  }),
  contention: { description: 'two instances command one room at full speed', run: contention },
  rights: {
    description: 'settings, bans, knocks and owners change; kill -9 of one of two instances, then Redis stopped and started',
    run: rights,
  },
  'cluster-failover': scene('kill -9 of a master of a Redis Cluster', {
    store: stores.cluster,
    perSecond: 100,
    effect: 'rejections',
    fault: async ({ store: { redis } }) => ({ recoveredAt: await redis.killMaster() }),
  }),
  'clock-jump': {
    description: 'the clock of one of two instances jumps by an hour, and back by two, while a film plays',
    run: clockJump,
  },
  'clock-off': { description: 'one of two instances starts with a clock that is an hour ahead', run: clockOff },
  'rolling-restart': scene('SIGTERM to one of three instances after the other, each replaced', {
    store: stores.redis,
    effect: 'reconnects',
    fault: async ({ instances }) => {
      const problems = [];
      const durations = [];
      for (const instance of instances) {
        durations.push(await instance.stop());
        if (durations.at(-1) > STOP_MS_MAX) problems.push(`${instance.name} took ${durations.at(-1)} ms to stop`);
        await instance.start();
      }
      return { recoveredAt: now(), problems, notes: [`they stopped within ${durations.join(', ')} ms`] };
    },
    quick: QUICK,
  }),
  'all-instances-die': scene('kill -9 of all three instances, started again', {
    store: stores.redis,
    effect: 'reconnects',
    fault: restartAll,
  }),
  'file-store-kill': scene('kill -9 of one instance that keeps its rooms in a folder, started again', {
    store: stores.file,
    instances: 1,
    effect: 'reconnects',
    fault: restartAll,
  }),
};

const STOP_MS_MAX = 10_000;

async function redisRestart({ store: { redis } }) {
  await redis.signal('SIGKILL');
  await redis.start();
  return { recoveredAt: now() };
}

async function restartAll({ instances }) {
  await Promise.all(instances.map((instance) => instance.kill()));
  await pause(1000);
  await Promise.all(instances.map((instance) => instance.start()));
  return { recoveredAt: now() };
}

export const QUICK_FAULTS = ['kill-instance', 'redis-restart-empty', 'network-cut', 'contention', 'rights', 'rolling-restart'];
