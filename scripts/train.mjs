// Makes the AOT cache that the server starts from: starts it, does a small round of what people do, then fills a few rooms for
// some seconds, stops it, and the JVM writes down on its way out what it has loaded, linked and learnt of what is called how
// often (docs/decisions/0008-a-fast-start.md).
// Usage: node scripts/train.mjs <file of the cache> <command that starts the server, and that reads JAVA_OPTS> [arguments]
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const MS_MAX = 90_000;
/** How long the rooms are busy: by then the compilers have seen what is called often. */
const BUSY_MS = 8000;
const ROOMS = 4;
const PEOPLE = 10;
const [cache, command, ...args] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'watchnchill-train-'));
const made = join(folder, 'cache');
// What the environment says of stores, limits and proxies is not for this server.
const { PATH, HOME, JAVA_HOME } = process.env;
const UNLIMITED = { EVENT_RATE_SCALE: '1000000', RATE_LIMIT_SOCKET_MAX_PER_IP: '1000', RATE_LIMIT_MAX_REQUESTS: '100000' };
const env = { PATH, HOME, JAVA_OPTS: `-XX:AOTCacheOutput=${made}`, WATCHNCHILL_AOT: 'off', ...UNLIMITED };
if (JAVA_HOME !== undefined) env.JAVA_HOME = JAVA_HOME;
const server = spawn(command, [...args, '--host', '127.0.0.1', '--port', '0'], {
  env,
  stdio: ['ignore', 'pipe', 'inherit'],
});
const exited = once(server, 'exit');
const timer = setTimeout(() => fail(`no cache within ${MS_MAX} ms`), MS_MAX);
let stopping = false;

function fail(reason) {
  server.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
  console.error(`train: ${reason}`);
  process.exit(1);
}

const address = await new Promise((resolve) => {
  server.once('error', (error) => fail(error.message));
  server.once('exit', (code) => stopping || fail(`the server ended with ${code}`));
  createInterface({ input: server.stdout }).on('line', (line) => {
    console.log(line);
    const found = /on (http:\/\/[^ ]+)/.exec(line);
    if (found) resolve(found[1]);
  });
});

try {
  await pages();
  await party();
  await busyRooms();
} catch (error) {
  fail(error.stack);
}
stopping = true;
server.kill('SIGTERM');
await exited;
clearTimeout(timer);
try {
  // Renamed, so that a server which starts now sees all of it or nothing.
  copyFileSync(made, `${cache}.${process.pid}`);
  renameSync(`${cache}.${process.pid}`, cache);
} catch (error) {
  rmSync(`${cache}.${process.pid}`, { force: true });
  fail(error.message);
}
rmSync(folder, { recursive: true, force: true });

async function pages() {
  const page = await (await fetch(`${address}/`)).text();
  const assets = [...page.matchAll(/(?:src|href)="(\/[^"]+)"/g)].map(([, path]) => path);
  for (const path of ['/health', '/health/ready', '/metrics', '/no-such-page', ...assets]) {
    await (await fetch(address + path)).arrayBuffer();
  }
}

function person(options) {
  const { io } = createRequire(new URL('../web/package.json', import.meta.url))('socket.io-client');
  return io(address, { path: '/api/socket/io', forceNew: true, ...options });
}

function ask(socket, event, payload) {
  return socket.timeout(20_000).emitWithAck(event, payload);
}

async function party() {
  const host = person({ transports: ['polling', 'websocket'] });
  const guests = [person({ transports: ['websocket'] }), person({ transports: ['websocket'] })];
  const { roomId } = await ask(host, 'create-room', { hostName: 'Ana' });
  for (const [i, guest] of guests.entries()) await ask(guest, 'join-room', { roomId, userName: `Guest ${i}` });
  const videoUrl = 'https://www.youtube.com/watch?v=dQw4w9WgXcQ';
  await ask(host, 'set-video', { roomId, videoUrl });
  for (let i = 0; i < 20; i++) {
    await ask(host, 'play-video', { roomId, currentTime: i });
    await ask(host, 'seek-video', { roomId, currentTime: i + 1 });
    await ask(host, 'pause-video', { roomId, currentTime: i + 1 });
    for (const guest of guests) await ask(guest, 'send-message', { roomId, message: `line ${i}` });
  }
  for (const socket of [host, ...guests]) socket.disconnect();
}

/** Rooms of base clients and of ours, in which everybody asks for the time, and people talk and control the film. */
async function busyRooms() {
  const rooms = await Promise.all(Array.from({ length: ROOMS }, (_, n) => fullRoom(n)));
  const end = performance.now() + BUSY_MS;
  await Promise.all(
    rooms.map(async (room) => {
      for (let round = 0; performance.now() < end; round++) await busyRound(room, round);
      for (const socket of room.people) socket.disconnect();
    }),
  );
}

async function fullRoom(n) {
  const people = Array.from({ length: PEOPLE }, (_, i) => {
    const socket = person({ transports: ['websocket'], auth: i % 2 === 0 ? {} : { resume: true } });
    // The rest of the cache is worth having even if one of them cannot go on.
    socket.on('connect_error', (problem) => console.error(`train: ${problem.message}`));
    return socket;
  });
  const [host, ...guests] = people;
  const { roomId } = await ask(host, 'create-room', { hostName: `Host ${n}` });
  await Promise.all(guests.map((guest, i) => ask(guest, 'join-room', { roomId, userName: `Guest ${i}` })));
  await ask(host, 'set-video', { roomId, videoUrl: 'https://www.youtube.com/watch?v=dQw4w9WgXcQ' });
  return { roomId, host, people };
}

async function busyRound({ roomId, host, people }, round) {
  const position = round % 1000;
  const asked = people.map((socket) => ask(socket, 'clock', { t1: performance.now(), report: report() }));
  asked.push(ask(people[round % PEOPLE], 'send-message', { roomId, message: `line ${round}` }));
  const control = ['play-video', 'seek-video', 'pause-video'][(round / 3) % 3];
  if (control !== undefined) asked.push(ask(host, control, { roomId, currentTime: position }));
  if (round % 7 === 0)
    asked.push(ask(host, 'sync-check', { roomId, currentTime: position, isPlaying: true, timestamp: Date.now() }));
  await Promise.all(asked);
}

function report() {
  const drift = 5 * Math.random();
  return { rtt90: 24.1, bound: 10.3, start: 41.7, startDev: 6.2, seek: 118.4, drift, state: 'synced', seeks: 1 };
}
