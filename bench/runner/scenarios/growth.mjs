// The cost of a command as its room fills, and beside more and more rooms. The cost of joins is measured in hall.mjs.
import { compared, sidesOn } from '../bench.mjs';
import { cpuPerCommand } from '../phases.mjs';
import { atMost } from '../targets.mjs';

/** Users stay in the room's state when their connections end, so that a command has no fan-out. */
const ENVIRONMENT = { ours: { RECONNECT_GRACE_MS: '3600000' }, peer: { KEEP_USERS: '1' } };

export const growth = {
  description: 'one play or pause without its fan-out, as its room grows from 20 to 2,000 users, and beside 10 to 10,000 rooms',
  stores: ['memory', 'file', 'redis'],
  minutes: 3.5,
  async run(bench, stores) {
    const figures = [];
    for (const store of bench.pick(stores, stores.slice(0, 2))) figures.push(...(await inRoom(bench, store)));
    if (stores.includes('memory')) figures.push(...(await besideRooms(bench)));
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

/** Measures each size in turns, the small one first, because rooms are never emptied. */
async function sizes(bench, { of, option, steps: [small, large], store, where, target }) {
  const load = { scenario: 'growth', options: { of, [option]: 'requested' } };
  const sides = sidesOn(store, { environment: ENVIRONMENT });
  const results = await bench.turns(`growth, ${of}, ${store}`, sides, load, async (turns) => {
    const at = async (size, warmUpSeconds) => {
      await turns.warmUp([{ size, seconds: warmUpSeconds }]);
      return turns.repeated(`with ${size}`, (generator) => generator.phase({ size, seconds: bench.pick(1.2, 0.5) }));
    };
    return { small: await at(small, bench.pick(10, 0.5)), large: await at(large, bench.pick(1, 0.1)) };
  });
  return compared({ ours: pairs(results, 'ours'), peer: pairs(results, 'peer') }, [
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

/** Returns a small and a large phase for each repetition, null where one of them failed; none for a side that was not measured. */
export const pairs = ({ small, large }, name) =>
  (small[name] ?? []).map((phase, n) =>
    phase === null || large[name][n] === null ? null : { small: phase, large: large[name][n] },
  );
