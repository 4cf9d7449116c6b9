// Many rooms whose members chat and whose hosts control the video: 100 commands a second in all, and ten times that.
import { sidesOn, compared } from '../bench.mjs';
import { bytesPerDelivered, cpuPerDelivered, deliveredPerSecond, kernelPerDelivered, redisPerDelivered } from '../phases.mjs';
import { atMost } from '../targets.mjs';
import { offBeat } from '../turns.mjs';

/** Commands per second with the seconds of warm-up; the higher rate comes first. */
const RATES = [
  { rate: 1000, warmUpSeconds: 20 },
  { rate: 100, warmUpSeconds: 2 },
];
const QUICK_RATES = [{ rate: 100, warmUpSeconds: 0 }];

/** Returns the figures of a phase of commands. */
export function commandRows(name, phaseOf, { redis, target } = {}) {
  const figure = (what) => `${what}, ${name}`;
  const rows = [
    { figure: figure('server CPU per delivered message'), unit: 'µs', of: cpuPerDelivered, target },
    { figure: figure('of it in the kernel'), unit: 'µs', of: kernelPerDelivered },
    { figure: figure('delivered messages'), unit: '1/s', of: deliveredPerSecond },
    { figure: figure('latency p50'), unit: 'ms', of: ({ latencyMs }) => latencyMs.p50 },
    { figure: figure('latency p99'), unit: 'ms', of: ({ latencyMs }) => latencyMs.p99 },
    { figure: figure('deliveries missed'), unit: '', of: ({ missed }) => missed },
    { figure: figure('bytes per delivered message'), unit: 'B', of: bytesPerDelivered },
  ];
  if (redis) rows.push({ figure: figure('Redis CPU per delivered message'), unit: 'µs', of: redisPerDelivered });
  return rows.map(({ of, ...row }) => ({ ...row, of: (result) => of(phaseOf(result)) }));
}

/** Returns the rates of a real run, or the one of a quick run. */
export const ratesOf = (bench) => bench.pick(RATES, QUICK_RATES);

/** Measures the rooms at these rates, in turns; returns for each repetition a list of phases, one for each rate. */
export async function playRooms(bench, what, sides, rates) {
  const options = { rooms: bench.pick(50, 10), members: bench.pick(20, 5), mix: 'mixed', steps: 'requested' };
  const { results } = await bench.turns(what, sides, { scenario: 'rooms', options }, async (turns) => {
    await turns.warmUp(rates.map(({ rate, warmUpSeconds }) => ({ rate, seconds: warmUpSeconds })));
    const results = await turns.repeated('chatting', async (generator) => {
      const phases = [];
      for (const { rate } of rates) phases.push(await generator.phase({ rate: offBeat(rate), seconds: bench.pick(4, 1) }));
      return phases;
    });
    return { results };
  });
  return results;
}

export const rooms = {
  description: '50 rooms of 20 members; chat, play, pause and seek mixed; 100 and 1,000 commands a second in all',
  stores: ['memory', 'redis'],
  minutes: 4.5,
  async run(bench, stores) {
    const figures = [];
    const rates = ratesOf(bench);
    for (const store of stores) {
      const redis = store === 'redis';
      const target = atMost('ratio', redis ? 0.35 : 0.5);
      const results = await playRooms(bench, `rooms, ${store}`, sidesOn(store), rates);
      rates.forEach(({ rate }, n) =>
        figures.push(
          ...compared(
            results,
            commandRows(`${rate} commands/s, ${store}`, (phases) => phases[n], { redis, target }),
          ),
        ),
      );
    }
    return figures;
  },
};
