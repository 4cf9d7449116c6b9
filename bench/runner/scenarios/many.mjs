// The rooms on one, two and three instances of ours with Redis. The peer, like the original, has one.
import { compared } from '../bench.mjs';
import { commandRows, playRooms, RATES } from './rooms.mjs';

/** What `rooms` has just measured, when it has: one instance of ours, and the peer. */
const ONE = 'ours × 1';

export const many = {
  says: 'the rooms at 1,000 commands a second on 1, 2 and 3 instances of ours with Redis, beside one peer; alone twice as long',
  stores: ['redis'],
  minutes: 2.5,
  async run(bench) {
    const counts = bench.pick([1, 2, 3], [1, 2]);
    const [rate] = bench.pick(RATES, [100]);
    const rooms = bench.shared.get('rooms, redis');
    if (rooms !== undefined) bench.note('one instance and the peer: as measured in `rooms`, earlier in the same run');
    const known = rooms === undefined ? {} : { [ONE]: rooms.ours, peer: rooms.peer };
    const names = [...counts.map((count) => `ours × ${count}`), 'peer'].filter((name) => known[name] === undefined);
    const results = await bench.interleaved(
      'many',
      (name, label) => {
        const [side, instances] = name === 'peer' ? ['peer', 1] : ['ours', Number(name.split(' ').at(-1))];
        return playRooms(bench, side, { store: 'redis', instances }, [rate], label);
      },
      names,
    );
    const all = { ...known, ...results };
    return counts.flatMap((count) =>
      compared(
        { ours: all[`ours × ${count}`], peer: all.peer },
        commandRows(`${count} instance${count === 1 ? '' : 's'} of ours`, ({ phases }) => phases[0], { redis: true }),
      ),
    );
  },
};
