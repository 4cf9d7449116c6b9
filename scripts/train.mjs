// Makes the AOT cache that the server starts from: starts it, does a small round of what people do, stops it, and the JVM
// writes down on its way out what it has loaded, linked and learnt (docs/decisions/0008-a-fast-start.md).
// Usage: node scripts/train.mjs <file of the cache> <command that starts the server, and that reads JAVA_OPTS> [arguments]
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const MS_MAX = 90_000;
const [cache, command, ...args] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'watchnchill-train-'));
const made = join(folder, 'cache');
// What the environment says of stores, limits and proxies is not for this server.
const { PATH, HOME, JAVA_HOME } = process.env;
const env = { PATH, HOME, JAVA_OPTS: `-XX:AOTCacheOutput=${made}`, WATCHNCHILL_AOT: 'off' };
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

async function party() {
  const { io } = createRequire(new URL('../web/package.json', import.meta.url))('socket.io-client');
  const person = (transports) => io(address, { path: '/api/socket/io', forceNew: true, transports });
  const host = person(['polling', 'websocket']);
  const guests = [person(['websocket']), person(['websocket'])];
  const ask = (socket, event, payload) => socket.timeout(10_000).emitWithAck(event, payload);
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
