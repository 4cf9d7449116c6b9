// One room of 2,000: what joining it costs and tells, what a delivered message costs at a rate that both carry, and the
// highest rate that each carries.
import { compared } from '../bench.mjs';
import { cpuOf, deliveredPerSecond, growthExponent, sum, together } from '../phases.mjs';
import { highest, ladder, nextStart } from '../search.mjs';
import { atLeast, atMost } from '../targets.mjs';
import { commandRows } from './rooms.mjs';

export const P99_MAX_MS = 100;
/** Phases at the fixed rate, before the search; together they are one measure. */
const FIXED_PHASES = 2;
const STEPS_MAX = 16;
/** Bytes in step with n have the exponent 1, with n² they have 2. */
const EXPONENT_MAX = 1.1;
const JOINS = /^joins/;

export const hall = {
  says: '2,000 members in one room: what joins cost; CPU of chat and control at a fixed rate; the highest delivered rate with p99 under 100 ms',
  stores: ['memory', 'redis'],
  minutes: 9,
  async run(bench, [first, ...others]) {
    const figures = await searched(bench, first);
    for (const store of bench.pick(others, [])) figures.push(...(await atOnce(bench, store)));
    return figures;
  },
};

const fixedRate = (bench) => bench.pick(8, 5);
const target = (store) => atMost('ratio', store === 'redis' ? 0.35 : 0.5);
const options = (bench, steps) => ({
  members: bench.pick(2000, 50),
  mix: 'mixed',
  warmup: bench.pick(5, 0),
  seconds: bench.pick(3, 1),
  steps: steps.join(','),
});

/** Fresh servers for each repetition: joins, the fixed rate, the search. */
async function searched(bench, store) {
  const fixed = fixedRate(bench);
  const starts = {};
  const results = await bench.interleaved(`hall, ${store}`, (side, label) =>
    bench.fresh(side, { store }, async ({ servers, redis }) => {
      const steps = [...Array(FIXED_PHASES).fill(fixed), ...ladder(starts[side] ?? bench.pick(10, 20), bench.pick(STEPS_MAX, 1))];
      const { phases } = await bench.load(
        { scenario: 'hall', servers, redis, options: { ...options(bench, steps), 'until-p99': P99_MAX_MS } },
        label,
      );
      const joins = phases.filter(({ name }) => JOINS.test(name));
      const talk = phases.filter(({ name }) => !JOINS.test(name));
      const best = highest(talk, P99_MAX_MS);
      if (best !== null) starts[side] = nextStart(best.commandsPerSecond, fixed);
      return { joins, fixed: together(talk.slice(0, FIXED_PHASES)), best };
    }),
  );
  return compared(results, [
    ...commandRows(`${fixed} commands/s, ${store}`, (result) => result.fixed, {
      redis: store === 'redis',
      target: target(store),
    }),
    {
      figure: `highest delivered rate with p99 under ${P99_MAX_MS} ms, ${store}`,
      unit: '1/s',
      of: ({ best }) => (best === null ? 0 : deliveredPerSecond(best)),
      target: atLeast('ratio', 3),
    },
    ...joinRows(bench.pick(2000, 50), store),
  ]);
}

function joinRows(members, store) {
  const total = ({ joins }, number) => sum(joins.map(number));
  return [
    {
      figure: `bytes from the server for ${members} joins, ${store}`,
      unit: 'MB',
      of: (result) => total(result, ({ bytesIn }) => bytesIn) / 1e6,
    },
    {
      figure: `how these bytes grow with the last nine tenths of the joins (1: with n, 2: with n²), ${store}`,
      unit: '',
      of: ({ joins }) => growthExponent(joins, 'bytesIn'),
      target: atMost('ours', EXPONENT_MAX),
    },
    {
      figure: `server CPU per join, ${members} joins, ${store}`,
      unit: 'µs',
      of: (result) => (total(result, cpuOf) * 1e6) / total(result, ({ commands }) => commands),
    },
  ];
}

/** Both servers at the same time, and phases for repetitions: filling the room twice for each would take too long. */
async function atOnce(bench, store) {
  const steps = Array(bench.runs).fill(fixedRate(bench));
  const results = await bench.both(`hall, ${store}`, store, (side, { servers, redis }, label) =>
    bench.load({ scenario: 'hall', servers, redis, options: { ...options(bench, steps), seconds: bench.pick(4, 1) } }, label),
  );
  bench.note(`with ${store} both servers ran at the same time; the repetitions are phases of one run`);
  const talk = (result) => result?.phases.filter(({ name }) => !JOINS.test(name)) ?? Array(bench.runs).fill(null);
  return compared(
    { ours: talk(results.ours), peer: talk(results.peer) },
    commandRows(`${fixedRate(bench)} commands/s, ${store}`, (phase) => phase, { redis: true, target: target(store) }),
  );
}
