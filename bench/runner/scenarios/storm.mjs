// A restart of the server with 5,000 members connected, who reconnect within ten seconds. Rooms are in Redis, to outlive the process.
import { compared } from '../bench.mjs';
import { cpuPerCommand } from '../phases.mjs';

const CLIENTS = { ours: 'ours', peer: 'base' };
/** Without this no member could rejoin the peer: its name would be taken, as in the original. */
const ENVIRONMENT = { peer: { KEEP_USERS: '1' } };

export const storm = {
  description:
    '5,000 people in 250 rooms come back within 10 s of a restart (SIGTERM, started again at the same port), with Redis',
  stores: ['redis'],
  minutes: 3.5,
  async run(bench) {
    const options = { members: bench.pick(5000, 100), within: bench.pick(10, 1), patience: 60 };
    const results = await bench.interleaved('storm', (side, label) =>
      bench.fresh(side, { store: 'redis', environment: ENVIRONMENT }, ({ servers, redis }) =>
        bench.load(
          {
            scenario: 'storm',
            servers,
            redis,
            options: { ...options, clients: CLIENTS[side] },
            async restart() {
              await servers[0].stop();
              await servers[0].start();
              return servers;
            },
          },
          label,
        ),
      ),
    );
    return compared(results, [
      { figure: 'everybody back in their room after the restart', unit: 's', of: ({ allBackSeconds }) => allBackSeconds },
      { figure: 'people who came back', unit: '', of: ({ back }) => back },
      { figure: 'attempts that were refused', unit: '', of: ({ refused }) => refused },
      { figure: 'way back, p50', unit: 'ms', of: ({ phases: [phase] }) => phase.latencyMs.p50 },
      { figure: 'way back, p99', unit: 'ms', of: ({ phases: [phase] }) => phase.latencyMs.p99 },
      { figure: 'server CPU per return', unit: 'µs', of: ({ phases: [phase] }) => cpuPerCommand(phase) },
    ]);
  },
};
