// Measures the heap that an idle room with its creator costs the server: connects sockets, lets each create a room, and counts
// the live objects before and after. See README.md.
import { cpus, release } from 'node:os';
import { join, resolve } from 'node:path';
import { Server } from '../testkit/server.mjs';
import { liveBytes, requireJava } from './runner/java.mjs';
import { RawClient } from './runner/raw-client.mjs';
import { median } from './runner/statistics.mjs';

const USAGE = `node bench/idle-rooms.mjs [--rooms N] [--runs N] NAME=FOLDER ...

Each side is a folder with a build (./watchnchill build). The first side is what the others are compared with.`;
const AT_ONCE = 100;

const options = { rooms: 5000, runs: 3 };
const sides = {};
for (const words = process.argv.slice(2); words.length > 0;) {
  const word = words.shift();
  const name = /^--(rooms|runs)$/.exec(word)?.[1];
  const side = /^([\w-]+)=(.+)$/.exec(word);
  if (name !== undefined) options[name] = Number(words.shift());
  else if (side !== null) sides[side[1]] = resolve(side[2]);
  else options.misread = true;
}
if (options.misread || !(options.rooms > 0 && options.runs > 0) || Object.keys(sides).length === 0) {
  console.error(USAGE);
  process.exit(2);
}
requireJava('idle-rooms');

const createRoom = (client) => client.ask('create-room', { hostName: 'Host' });

async function inTurns(count, run) {
  const all = [];
  for (let n = 0; n < count; n += AT_ONCE) {
    all.push(...(await Promise.all(Array.from({ length: Math.min(AT_ONCE, count - n) }, (_, i) => run(n + i)))));
  }
  return all;
}

async function measure(folder) {
  const server = await Server.started({
    command: [join(folder, 'watchnchill'), 'start'],
    environment: { RATE_LIMIT_SOCKET_MAX_PER_IP: String(2 * options.rooms), EVENT_RATE_SCALE: '1000000' },
  });
  try {
    // Some rooms first, so that classes and buffers which every server needs do not count for the others.
    const warm = await inTurns(AT_ONCE, () => RawClient.connected(server.port));
    await Promise.all(warm.map(createRoom));
    const clients = await inTurns(options.rooms, () => RawClient.connected(server.port));
    const before = liveBytes(server.pid);
    await inTurns(options.rooms, (n) => createRoom(clients[n]));
    const after = liveBytes(server.pid);
    [...warm, ...clients].forEach((one) => one.close());
    return Math.round((after - before) / options.rooms);
  } finally {
    await server.kill();
  }
}

console.log(`${new Date().toISOString()}, ${cpus().length} × ${cpus()[0].model}, Linux ${release()}, ${options.rooms} rooms`);
const results = Object.fromEntries(Object.keys(sides).map((name) => [name, []]));
for (let run = 1; run <= options.runs; run++) {
  for (const [name, folder] of Object.entries(sides)) {
    const bytes = await measure(folder);
    results[name].push(bytes);
    console.log(`run ${run}, ${name}: ${bytes} bytes`);
  }
}
const [first] = Object.values(results);
for (const [name, bytes] of Object.entries(results)) {
  const ratio = Number((median(bytes) / median(first)).toFixed(3));
  console.log(
    JSON.stringify({
      figure: 'heap of an idle room with its creator',
      unit: 'bytes',
      side: name,
      median: median(bytes),
      bytes,
      ratio,
    }),
  );
}
process.exit(0);
