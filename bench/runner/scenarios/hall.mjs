// One room of 2,000: what a delivered message costs at a rate that both carry, and the highest rate that each carries.
import { compared } from '../bench.mjs';
import { deliveredPerSecond, together } from '../phases.mjs';
import { highest, ladder, nextStart } from '../search.mjs';
import { atLeast, atMost } from '../targets.mjs';
import { commandRows } from './rooms.mjs';

export const P99_MAX_MS = 100;
/** Phases at the fixed rate, before the search; together they are one measure. */
const FIXED_PHASES = 2;
const STEPS_MAX = 16;

export const hall = {
  says: '2,000 members in one room, chat and control: CPU at a fixed rate; the highest delivered rate with p99 under 100 ms',
  stores: ['memory', 'redis'],
  minutes: 9,
  async run(bench, stores) {
    const figures = [];
    for (const store of bench.pick(stores, stores.slice(0, 1))) figures.push(...(await inStore(bench, store)));
    return figures;
  },
};

async function inStore(bench, store) {
  const fixed = bench.pick(6, 5);
  // The target for the highest rate names no store: with Redis the search is left out, for time.
  const searching = store === 'memory' || bench.options.stores.length === 1;
  const starts = {};
  const results = await bench.interleaved(`hall, ${store}`, (side, label) =>
    bench.fresh(side, { store }, async ({ servers, redis }) => {
      const start = starts[side] ?? bench.pick(10, 20);
      const steps = Array(FIXED_PHASES).fill(fixed);
      if (searching) steps.push(...ladder(start, bench.pick(STEPS_MAX, 1)));
      const options = {
        members: bench.pick(2000, 50),
        mix: 'mixed',
        warmup: bench.pick(5, 0),
        seconds: bench.pick(4, 1),
        steps: steps.join(','),
        'until-p99': P99_MAX_MS,
      };
      const { phases } = await bench.load({ scenario: 'hall', servers, redis, options }, label);
      const best = highest(phases, P99_MAX_MS);
      if (best !== null) starts[side] = nextStart(best.commandsPerSecond, fixed);
      return { fixed: together(phases.slice(0, FIXED_PHASES)), best };
    }),
  );
  const rows = commandRows(`${fixed} commands/s, ${store}`, (result) => result.fixed, {
    redis: store === 'redis',
    target: atMost('ratio', store === 'redis' ? 0.35 : 0.5),
  });
  if (searching)
    rows.push({
      figure: `highest delivered rate with p99 under ${P99_MAX_MS} ms, ${store}`,
      unit: '1/s',
      of: ({ best }) => (best === null ? 0 : deliveredPerSecond(best)),
      target: atLeast('ratio', 3),
    });
  return compared(results, rows);
}
