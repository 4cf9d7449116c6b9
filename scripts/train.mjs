// Makes the AOT cache from which the server starts: starts it, sends each common command, fills a few rooms for some seconds and
// stops it. On its way out the JVM writes what it has loaded, linked and profiled (docs/decisions/0008-a-fast-start.md). Where
// redis-server is installed, the rooms are in a Redis of its own, so that the code of Redis is in the cache as well.
// Usage: node scripts/train.mjs <file of the cache> <command that starts the server, and that reads JAVA_OPTS> [arguments]
import { copyFileSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from '../testkit/clients/client.mjs';
import { ManagedProcess } from '../testkit/process.mjs';
import { Redis } from '../testkit/redis.mjs';

const MS_MAX = 90_000;
/** How long the rooms are busy: by then the JVM has profiled the methods that are called often. */
const BUSY_MS = 8000;
const ROOMS = 4;
const MEMBERS = 10;
const [cache, command, ...args] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'watchnchill-train-'));
const made = join(folder, 'cache');
// Stores, limits and proxies in the environment are not for this server.
const { PATH, HOME, JAVA_HOME } = process.env;
const UNLIMITED = { EVENT_RATE_SCALE: '1000000', RATE_LIMIT_SOCKET_MAX_PER_IP: '1000', RATE_LIMIT_MAX_REQUESTS: '100000' };
const env = { PATH, HOME, JAVA_OPTS: `-XX:AOTCacheOutput=${made}`, WATCHNCHILL_AOT: 'off', ...UNLIMITED };
if (JAVA_HOME !== undefined) env.JAVA_HOME = JAVA_HOME;
const redis = new Redis();
const hasRedis = await redis.start().then(
  () => true,
  () => false,
);
const store = hasRedis ? ['--redis', redis.url] : [];
const server = new ManagedProcess(command, [...args, ...store, '--host', '127.0.0.1', '--port', '0'], { env });
const timer = setTimeout(() => void fail(`no cache within ${MS_MAX} ms`), MS_MAX);

async function fail(reason) {
  server.signal('SIGKILL');
  await redis.close();
  rmSync(folder, { recursive: true, force: true });
  console.error(`train: ${reason}\n${server.output}`);
  process.exit(1);
}

let address;
try {
  [, address] = await server.waitForOutput(/ is on (http:\/\/\S+)\s/, MS_MAX);
  await pages();
  await commands();
  await busyRooms();
} catch (error) {
  await fail(error.stack);
}
// It writes the cache on its way out, which takes its time.
await server.stop('SIGTERM', MS_MAX);
await redis.close();
clearTimeout(timer);
console.log(server.output);
try {
  // Renamed, so that a server which starts now sees all of it or nothing.
  copyFileSync(made, `${cache}.${process.pid}`);
  renameSync(`${cache}.${process.pid}`, cache);
} catch (error) {
  rmSync(`${cache}.${process.pid}`, { force: true });
  await fail(error.message);
}
rmSync(folder, { recursive: true, force: true });

async function pages() {
  const page = await (await fetch(`${address}/`)).text();
  const assets = [...page.matchAll(/(?:src|href)="(\/[^"]+)"/g)].map(([, path]) => path);
  for (const path of ['/health', '/health/ready', '/metrics', '/no-such-page', ...assets]) {
    await (await fetch(address + path)).arrayBuffer();
  }
}

function connect(options) {
  const { socket } = new Client({ urls: [address], options });
  return socket.connect();
}

function ask(socket, event, payload) {
  return socket.timeout(20_000).emitWithAck(event, payload);
}

async function commands() {
  const host = connect({ transports: ['polling', 'websocket'] });
  const guests = [connect(), connect()];
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

/** Fills rooms with base and extended clients, which all ask for the clock, chat and control the video. */
async function busyRooms() {
  const rooms = await Promise.all(Array.from({ length: ROOMS }, (_, n) => fullRoom(n)));
  const end = performance.now() + BUSY_MS;
  await Promise.all(
    rooms.map(async (room) => {
      for (let round = 0; performance.now() < end; round++) await busyRound(room, round);
      for (const socket of room.extended) await comeBack(socket);
      for (const socket of room.members) socket.disconnect();
    }),
  );
}

async function fullRoom(n) {
  const extended = [];
  const members = Array.from({ length: MEMBERS }, (_, i) => {
    const socket = i % 2 === 0 ? connect() : connect({ auth: { resume: true } });
    if (i % 2 === 1) extended.push(socket);
    socket.on('room-joined', ({ sessionToken, room }) => {
      if (sessionToken !== undefined) socket.auth = { resume: true, sessionToken, roomId: room.id };
    });
    // The rest of the cache is worth having even if one of them cannot go on.
    socket.on('connect_error', (problem) => console.error(`train: ${problem.message}`));
    return socket;
  });
  const [host, ...guests] = members;
  const { roomId } = await ask(host, 'create-room', { hostName: `Host ${n}` });
  await Promise.all(guests.map((guest, i) => ask(guest, 'join-room', { roomId, userName: `Guest ${i}` })));
  await ask(host, 'set-video', { roomId, videoUrl: 'https://www.youtube.com/watch?v=dQw4w9WgXcQ' });
  return { roomId, host, members, extended };
}

/** Loses the connection of a member, which takes its seat back. */
async function comeBack(socket) {
  const back = new Promise((resolve) => socket.once('room-joined', resolve));
  socket.io.engine.close();
  await back;
}

async function busyRound({ roomId, host, members }, round) {
  const position = round % 1000;
  const asked = members.map((socket) => ask(socket, 'clock', { t1: performance.now(), report: report() }));
  asked.push(ask(members[round % MEMBERS], 'send-message', { roomId, message: `line ${round}` }));
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
