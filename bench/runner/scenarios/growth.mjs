// What a command costs as its room fills, and beside more and more rooms. What joins cost is measured in the hall.
import { compared } from '../bench.mjs';
import { cpuPerCommand } from '../phases.mjs';
import { atMost } from '../targets.mjs';

/** Users stay in the room's state when their connections end, so that a command is told to nobody. */
const ENVIRONMENT = { ours: { RECONNECT_GRACE_MS: '3600000' }, peer: { KEEP_USERS: '1' } };

export const growth = {
  says: 'one play or pause without its fan-out, as its room grows from 20 to 2,000 users, and beside 10 to 10,000 rooms',
  stores: ['memory', 'redis'],
  minutes: 3.5,
  async run(bench, stores) {
    const figures = [];
    for (const store of bench.pick(stores, stores.slice(0, 1))) figures.push(...(await inRoom(bench, store)));
    if (stores.includes('memory')) figures.push(...(await besideRooms(bench)));
    bench.note('the repetitions are phases of one run, with one start of each server: filling rooms takes longer than measuring');
    return figures;
  },
};

const inRoom = (bench, store) =>
  sizes(bench, {
    of: 'users',
    option: 'sizes',
    steps: bench.pick([20, 2000], [5, 20]),
    store,
    where: 'in a room of',
    target: 1.2,
  });

const besideRooms = (bench) =>
  sizes(bench, {
    of: 'rooms',
    option: 'room-steps',
    steps: bench.pick([10, 10_000], [5, 20]),
    store: 'memory',
    where: 'with this many other rooms:',
  });

/** Each size as often as there are repetitions, the small one first. */
async function sizes(bench, { of, option, steps: [small, large], store, where, target }) {
  const times = (size) => Array(bench.runs).fill(size);
  const options = {
    of,
    [option]: [...times(small), ...times(large)].join(','),
    warmup: bench.pick(8, 0.5),
    seconds: bench.pick(1.5, 0.5),
  };
  const results = {};
  for (const side of ['ours', 'peer']) {
    const result = await bench.tried(`growth, ${of}, ${store}, ${side}`, (label) =>
      bench.fresh(side, { store, environment: ENVIRONMENT }, ({ servers, redis }) =>
        bench.load({ scenario: 'growth', servers, redis, options }, label),
      ),
    );
    results[side] = pairs(result, bench.runs);
  }
  return compared(results, [
    { figure: `server CPU of a command ${where} ${small}, ${store}`, unit: 'µs', of: (pair) => cpuPerCommand(pair.small) },
    { figure: `server CPU of a command ${where} ${large}, ${store}`, unit: 'µs', of: (pair) => cpuPerCommand(pair.large) },
    {
      figure: `the second against the first, ${of}, ${store}`,
      unit: '×',
      of: (pair) => cpuPerCommand(pair.large) / cpuPerCommand(pair.small),
      target: target === undefined ? undefined : atMost('ours', target),
    },
  ]);
}

/** The phases of one run, a small and a large one for each repetition; empty when the run failed. */
export function pairs(result, runs) {
  return Array.from({ length: runs }, (_, n) =>
    result === null ? null : { small: result.phases[n], large: result.phases[runs + n] },
  );
}
