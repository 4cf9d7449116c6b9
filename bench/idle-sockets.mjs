// Measures the resident memory that an idle socket costs the server (Linux): starts the server, connects sockets that only answer
// pings, and reads its memory before and after. Usage: node bench/idle-sockets.mjs [sockets=10000] [runs=3]
import { cpus, release } from 'node:os';
import { LAUNCHER, Server } from '../testkit/server.mjs';
import { pause } from '../testkit/waiting.mjs';
import { RawClient } from './runner/raw-client.mjs';

const sockets = Number(process.argv[2] ?? 10_000);
const runs = Number(process.argv[3] ?? 3);
const AT_ONCE = 200;
const SETTLE_MS = 25_000; // two of the launcher's periodic collections

async function measure() {
  const server = await Server.started({
    command: LAUNCHER,
    environment: { RATE_LIMIT_SOCKET_MAX_PER_IP: String(2 * sockets) },
  });
  const { port } = server;
  // A few sockets first, so that classes and buffers which every server needs do not count for the others.
  const open = await Promise.all(Array.from({ length: AT_ONCE }, () => RawClient.connected(port)));
  await pause(SETTLE_MS);
  const before = server.residentKb();
  for (let n = 0; n < sockets; n += AT_ONCE) {
    open.push(...(await Promise.all(Array.from({ length: AT_ONCE }, () => RawClient.connected(port)))));
  }
  const loaded = server.residentKb();
  await pause(SETTLE_MS);
  const after = server.residentKb();
  open.forEach((client) => client.close());
  await server.stop();
  return { beforeKb: before, rightAfterKb: loaded, afterKb: after, kbPerSocket: (after - before) / sockets };
}

console.log(`${new Date().toISOString()}, ${cpus().length} × ${cpus()[0].model}, Linux ${release()}, ${sockets} sockets`);
const results = [];
for (let run = 1; run <= runs; run++) {
  const result = await measure();
  results.push(result.kbPerSocket);
  console.log(`run ${run}: ${JSON.stringify(result)}`);
}
results.sort((a, b) => a - b);
const median = results[Math.floor(results.length / 2)];
console.log(
  JSON.stringify({
    scenario: 'idle',
    figure: 'resident memory per idle socket',
    unit: 'kB',
    ours: Number(median.toFixed(2)),
    spread: results.map((value) => Number(value.toFixed(2))),
    runs,
  }),
);
