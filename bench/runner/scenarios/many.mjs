// The rooms on one, two and three instances of ours with Redis. The peer, like the original, has one.
import { compared } from '../bench.mjs';
import { commandRows, playRooms, ratesOf } from './rooms.mjs';

const store = 'redis';
/** Each of several instances gets a part of the commands, and has its own JIT compiler to warm up. */
const WARM_UP_SECONDS = 30;
const nameOf = (instances) => `ours × ${instances}`;

export const many = {
  description: 'the rooms at 1,000 commands a second on 1, 2 and 3 instances of ours with Redis, beside one peer',
  stores: [store],
  minutes: 3.5,
  async run(bench) {
    const counts = bench.pick([1, 2, 3], [1, 2]);
    const sides = Object.fromEntries(counts.map((instances) => [nameOf(instances), { side: 'ours', store, instances }]));
    const [{ rate }] = ratesOf(bench);
    const rates = [{ rate, warmUpSeconds: bench.pick(WARM_UP_SECONDS, 0) }];
    const results = await playRooms(bench, 'many', { ...sides, peer: { side: 'peer', store } }, rates);
    return counts.flatMap((count) =>
      compared(
        { ours: results[nameOf(count)], peer: results.peer },
        commandRows(`${count} instance${count === 1 ? '' : 's'} of ours`, ([phase]) => phase, { redis: true }),
      ),
    );
  },
};
