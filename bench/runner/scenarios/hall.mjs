// One room of 2,000: the cost and the bytes of joins, the cost of a delivered message at a rate that both sides sustain, and the
// highest rate that each sustains.
import { sidesOn, compared } from '../bench.mjs';
import { cpuOf, deliveredPerSecond, growthExponent, sum } from '../phases.mjs';
import { highest, nextStart } from '../search.mjs';
import { atLeast, atMost } from '../targets.mjs';
import { offBeat } from '../turns.mjs';
import { commandRows } from './rooms.mjs';

export const P99_MAX_MS = 100;
const STEPS_MAX = 16;
/** Bytes that grow with n have the exponent 1, with n² they have 2. */
const EXPONENT_MAX = 1.1;
const JOINS = /^joins/;

export const hall = {
  description:
    '2,000 members in one room: what joins cost; CPU of chat and control at a fixed rate; the highest delivered rate with p99 under 100 ms',
  stores: ['memory', 'redis'],
  minutes: 9,
  async run(bench, stores) {
    const figures = [];
    for (const store of bench.pick(stores, stores.slice(0, 1)))
      figures.push(...(await onStore(bench, store, store === stores[0])));
    bench.note('what joins cost was measured once on each store, as each side filled its room');
    return figures;
  },
};

/** Measures the joins, the fixed rate, and on one store the search. */
async function onStore(bench, store, searches) {
  const rate = bench.pick(8, 5);
  const members = bench.pick(2000, 50);
  const load = { scenario: 'hall', options: { members, mix: 'mixed', steps: 'requested' } };
  const { fixed, found, reports } = await bench.turns(`hall, ${store}`, sidesOn(store), load, async (turns) => {
    await turns.warmUp([{ rate, seconds: bench.pick(15, 0) }]);
    const fixed = await turns.repeated('at the fixed rate', (generator) =>
      generator.phase({ rate: offBeat(rate), seconds: bench.pick(6, 1) }),
    );
    return { fixed, found: searches ? await searched(bench, turns, rate) : undefined };
  });
  const redis = store === 'redis';
  const target = atMost('ratio', redis ? 0.35 : 0.5);
  const rows = commandRows(`${rate} commands/s, ${store}`, (phase) => phase, { redis, target });
  return [
    ...compared(fixed, rows),
    ...(searches ? compared(found, [searchRow(store)]) : []),
    ...compared({ ours: [reports.ours], peer: [reports.peer] }, joinRows(members, store)),
  ];
}

/** Runs a search in each turn, which begins a little below the result of the last. */
function searched(bench, turns, lowest) {
  const starts = {};
  return turns.repeated('searching', async (generator, name) => {
    const first = starts[name] ?? bench.pick(10, 20);
    const play = (rate) => generator.phase({ rate, seconds: bench.pick(3, 1) });
    const best = await highest(play, { first, lowest, count: bench.pick(STEPS_MAX, 1), p99Max: P99_MAX_MS });
    if (best !== null) starts[name] = nextStart(best.commandsPerSecond, lowest);
    return { best };
  });
}

const searchRow = (store) => ({
  figure: `highest delivered rate with p99 under ${P99_MAX_MS} ms, ${store}`,
  unit: '1/s',
  of: ({ best }) => (best === null ? 0 : deliveredPerSecond(best)),
  target: atLeast('ratio', 3),
});

function joinRows(members, store) {
  const joins = ({ phases }) => phases.filter(({ name }) => JOINS.test(name));
  const total = (report, number) => sum(joins(report).map(number));
  return [
    {
      figure: `bytes from the server for ${members} joins, ${store}`,
      unit: 'MB',
      of: (report) => total(report, ({ bytesIn }) => bytesIn) / 1e6,
    },
    {
      figure: `how these bytes grow with the last nine tenths of the joins (1: with n, 2: with n²), ${store}`,
      unit: '',
      of: (report) => growthExponent(joins(report), 'bytesIn'),
      target: atMost('ours', EXPONENT_MAX),
    },
    {
      figure: `server CPU per join, ${members} joins, ${store}`,
      unit: 'µs',
      of: (report) => (total(report, cpuOf) * 1e6) / total(report, ({ commands }) => commands),
    },
  ];
}
