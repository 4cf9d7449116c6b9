// Members who only watch. Both servers run at the same time, each with its own generator; the phases of one run are the repetitions.
import { compared } from '../bench.mjs';
import { perViewerHour } from '../phases.mjs';
import { atMost } from '../targets.mjs';

const SECONDS = 600;
/** Ours gets the requests of our web client; the peer those of an original client. */
const CLIENTS = { ours: 'ours', peer: 'base' };

export const watch = {
  description: '2,000 members in 200 rooms who only watch for ten minutes; both servers at the same time, ours with our clients',
  stores: ['memory', 'redis'],
  minutes: 11,
  async run(bench, [store]) {
    // Ten minutes each: with Redis only when that alone is asked for.
    const rooms = bench.pick(200, 4);
    const members = bench.pick(10, 5);
    const seconds = bench.pick(SECONDS / bench.runs, 5);
    const options = { rooms, members, phases: bench.runs, seconds, warmup: bench.pick(10, 0), arrive: bench.pick(25, 0) };
    const results = await bench.both(`watch, ${store}`, store, (side, { servers, redis }, label) =>
      bench.load({ scenario: 'watch', servers, redis, options: { ...options, clients: CLIENTS[side] } }, label),
    );
    const phases = (result) => result?.phases ?? Array(bench.runs).fill(null);
    const row = (figure, unit, key, target) => ({
      figure: `${figure} per viewer-hour, ${store}`,
      unit,
      of: (phase) => perViewerHour(phase, rooms * members)[key],
      target,
    });
    return compared({ ours: phases(results.ours), peer: phases(results.peer) }, [
      row('CPU', 's', 'cpuSeconds', atMost('ratio', 0.25)),
      row('bytes from the server', 'MB', 'megabytes'),
      row('messages from the server', '', 'messages'),
    ]);
  },
};
