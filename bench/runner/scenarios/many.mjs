// The rooms on one, two and three instances of ours with Redis. The peer, like the original, has one.
import { compared } from '../bench.mjs';
import { commandRows, roomsOptions } from './rooms.mjs';

const RATE = 1000;

export const many = {
  says: 'the rooms at 1,000 commands a second on 1, 2 and 3 instances of ours with Redis, beside one peer',
  stores: ['redis'],
  minutes: 6,
  async run(bench) {
    const counts = bench.pick([1, 2, 3], [2]);
    const rate = bench.pick(RATE, 50);
    const names = [...counts.map((count) => `ours × ${count}`), 'peer'];
    const results = await bench.interleaved(
      'many',
      (name, label) => {
        const [side, instances] = name === 'peer' ? ['peer', 1] : ['ours', Number(name.split(' ').at(-1))];
        const options = { ...roomsOptions(bench), steps: String(rate) };
        return bench.fresh(side, { store: 'redis', instances }, ({ servers, redis }) =>
          bench.load({ scenario: 'rooms', servers, redis, options }, label),
        );
      },
      names,
    );
    return counts.flatMap((count) =>
      compared(
        { ours: results[`ours × ${count}`], peer: results.peer },
        commandRows(`${count} instance${count === 1 ? '' : 's'} of ours`, ({ phases }) => phases[0], { redis: true }),
      ),
    );
  },
};
