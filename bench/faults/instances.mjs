// The instances of a fault: servers on ports of their own that can come back to the same place.
import { join } from 'node:path';
import { Server } from '../../testkit/server.mjs';

/** All clients of a fault come from one address, and send more than users do. */
const ENVIRONMENT = { RATE_LIMIT_SOCKET_MAX_PER_IP: '20000', EVENT_RATE_SCALE: '1000' };

/** Starts so many instances. `wordsOf` and `environmentOf` give each its own words and environment. */
export async function startInstances({ count, program, folder, wordsOf = () => [], environmentOf = () => ({}), onClose }) {
  const instances = Array.from({ length: count }, (_, n) => {
    const name = `instance-${n + 1}`;
    const environment = { ...ENVIRONMENT, ...environmentOf(n) };
    return new Server({ name, command: program, words: wordsOf(n), environment, log: join(folder, `${name}.log`) });
  });
  for (const instance of instances) onClose(() => instance.kill());
  await Promise.all(instances.map((instance) => instance.start()));
  return instances;
}
