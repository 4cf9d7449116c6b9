// Sockets that are only connected: the memory of each, and their CPU at rest.
import { compared } from '../bench.mjs';
import { cpuOf } from '../phases.mjs';
import { atMost } from '../targets.mjs';

/** The number of repetitions at the same time, which mostly wait. */
const AT_ONCE = 3;

/** Returns the resident memory of each socket, kB. */
const perSocketKb = ({ rssBeforeKb, rssAfterKb, sockets }) => (rssAfterKb[0] - rssBeforeKb[0]) / sockets;
const atRest = ({ phases: [phase] }) => (100 * cpuOf(phase)) / phase.seconds;

export const idle = {
  description: '15,000 sockets that are only connected: memory per socket, CPU at rest; both servers at the same time',
  stores: ['memory'],
  minutes: 3.5,
  async run(bench) {
    const options = {
      sockets: bench.pick(15_000, 200),
      // Two of the collections that our launcher has the JVM do when it is idle, before and after.
      settle: bench.pick(21, 0.5),
      seconds: bench.pick(10, 1),
    };
    const results = { ours: [], peer: [] };
    for (let first = 0; first < bench.runs; first += AT_ONCE) {
      const numbers = Array.from({ length: Math.min(AT_ONCE, bench.runs - first) }, (_, n) => first + n + 1);
      const round = await Promise.all(
        numbers.map((number) =>
          bench.both(`idle, repetition ${number} of ${bench.runs}`, 'memory', (_side, { servers }, label) =>
            bench.load({ scenario: 'idle', servers, options }, label),
          ),
        ),
      );
      for (const both of round) for (const [side, result] of Object.entries(both)) results[side].push(result);
      await bench.close();
      bench.say(`idle, repetitions ${numbers.join(', ')} of ${bench.runs}: done`);
    }
    return compared(results, [
      { figure: 'resident memory per idle socket, against the peer', unit: 'kB', of: perSocketKb, target: atMost('ratio', 0.35) },
      { figure: 'resident memory per idle socket', unit: 'kB', of: perSocketKb, target: atMost('ours', 5) },
      { figure: `CPU at rest with ${options.sockets} sockets`, unit: '%', of: atRest },
    ]);
  },
};
