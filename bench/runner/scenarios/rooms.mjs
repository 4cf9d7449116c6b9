// Many rooms in which people talk and control their films: 100 commands a second in all, and ten times that.
import { compared } from '../bench.mjs';
import { bytesPerDelivered, cpuPerDelivered, deliveredPerSecond, redisPerDelivered } from '../phases.mjs';
import { atMost } from '../targets.mjs';

/** The heavier rate first: it is also the rate of the warm-up. */
export const RATES = [1000, 100];

/** What a phase of commands is measured by. */
export function commandRows(name, phaseOf, { redis, target } = {}) {
  const figure = (what) => `${what}, ${name}`;
  const rows = [
    { figure: figure('server CPU per delivered message'), unit: 'µs', of: cpuPerDelivered, target },
    { figure: figure('delivered messages'), unit: '1/s', of: deliveredPerSecond },
    { figure: figure('latency p50'), unit: 'ms', of: ({ latencyMs }) => latencyMs.p50 },
    { figure: figure('latency p99'), unit: 'ms', of: ({ latencyMs }) => latencyMs.p99 },
    { figure: figure('deliveries missed'), unit: '', of: ({ missed }) => missed },
    { figure: figure('bytes per delivered message'), unit: 'B', of: bytesPerDelivered },
  ];
  if (redis) rows.push({ figure: figure('Redis CPU per delivered message'), unit: 'µs', of: redisPerDelivered });
  return rows.map(({ of, ...row }) => ({ ...row, of: (result) => of(phaseOf(result)) }));
}

/** The rooms at these rates, one after the other, on fresh servers. */
export function playRooms(bench, side, how, rates, label) {
  const options = {
    rooms: bench.pick(50, 10),
    members: bench.pick(20, 5),
    mix: 'mixed',
    warmup: bench.pick(4, 0),
    seconds: bench.pick(3, 1),
    steps: rates.join(','),
  };
  return bench.fresh(side, how, ({ servers, redis }) => bench.load({ scenario: 'rooms', servers, redis, options }, label));
}

export const rooms = {
  says: '50 rooms of 20 members; chat, play, pause and seek mixed; 100 and 1,000 commands a second in all',
  stores: ['memory', 'redis'],
  minutes: 5,
  async run(bench, stores) {
    const figures = [];
    const rates = bench.pick(RATES, [100]);
    for (const store of stores) {
      const results = await bench.interleaved(`rooms, ${store}`, (side, label) =>
        playRooms(bench, side, { store }, rates, label),
      );
      bench.shared.set(`rooms, ${store}`, results);
      const redis = store === 'redis';
      const target = atMost('ratio', redis ? 0.35 : 0.5);
      rates.forEach((rate, n) =>
        figures.push(
          ...compared(
            results,
            commandRows(`${rate} commands/s, ${store}`, ({ phases }) => phases[n], { redis, target }),
          ),
        ),
      );
    }
    return figures;
  },
};
