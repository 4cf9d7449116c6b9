// The servers under test, on ports of their own: ours, and the peer. Both in production mode, both with limits that nobody reaches.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, readFileSync } from 'node:fs';
import { get } from 'node:http';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from '../faults/ports.mjs';
import { pause } from '../faults/waiting.mjs';

const START_MS_MAX = 60_000;
const STOP_MS_MAX = 15_000;
const ASK_EVERY_MS = 4;
const PEER = fileURLToPath(new URL('../peer-node/server.mjs', import.meta.url));

/** All members come from one address, and say more than people do. */
const UNLIMITED = {
  NODE_ENV: 'production',
  RATE_LIMIT_SOCKET_MAX_PER_IP: '1000000',
  RATE_LIMIT_MAX_REQUESTS: '100000000',
  EVENT_RATE_SCALE: '1000000',
};
/** What the launcher sets for our server is not set for the peer. */
const OURS_ALONE = ['MALLOC_ARENA_MAX'];

/** How to start each side: a program, its words for a store, its environment. */
export function sidesOf(program) {
  return {
    ours: {
      program,
      words: (redis) => (redis === undefined ? [] : ['--redis', redis.url]),
      environment: { ...UNLIMITED },
    },
    peer: {
      program: [process.execPath, PEER],
      words: (redis) => (redis === undefined ? ['--store', 'memory'] : ['--redis', redis.url]),
      environment: { NODE_ENV: 'production', ...Object.fromEntries(OURS_ALONE.map((name) => [name, undefined])) },
    },
  };
}

function healthy(port) {
  return new Promise((resolve) => {
    const request = get({ port, host: '127.0.0.1', path: '/health', agent: false, timeout: 2000 }, (answer) => {
      answer.resume();
      resolve(answer.statusCode === 200);
    });
    request.on('timeout', () => request.destroy());
    request.on('error', () => resolve(false));
  });
}

const TICK_MS = 10;
/** User and system time in a line of /proc/PID/stat, whose second word may hold spaces and parentheses. */
export function cpuMsOf(stat) {
  const words = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(words[11]) + Number(words[12])) * TICK_MS;
}

export class Server {
  #child;
  #exited;

  constructor({ name, side, redis, environment = {}, folder }) {
    Object.assign(this, { name, side, redis, environment, folder });
  }

  get url() {
    return `http://127.0.0.1:${this.port}`;
  }

  get pid() {
    return this.#child.pid;
  }

  get running() {
    return this.#child !== undefined && this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** Starts it, at its old port when it had one; gives how long it took until GET /health was answered, ms. */
  async start() {
    this.port ??= await freePort();
    const [command, ...rest] = this.side.program;
    const words = [...rest, '--port', String(this.port), ...this.side.words(this.redis)];
    const log = createWriteStream(join(this.folder, `${this.name}.log`), { flags: 'a' });
    const begun = performance.now();
    const env = { ...process.env, ...this.side.environment, ...this.environment };
    this.#child = spawn(command, words, { stdio: ['ignore', 'pipe', 'pipe'], env });
    for (const stream of [this.#child.stdout, this.#child.stderr]) stream.pipe(log, { end: false });
    this.#child.once('error', (problem) => log.write(`${problem}\n`));
    this.#exited = once(this.#child, 'exit').catch(() => undefined);
    while (!(await healthy(this.port))) {
      if (!this.running) throw new Error(`${this.name} ended before it was ready; see ${log.path}`);
      if (performance.now() - begun > START_MS_MAX) throw new Error(`${this.name} did not get ready; see ${log.path}`);
      await pause(ASK_EVERY_MS);
    }
    return performance.now() - begun;
  }

  /** Resident memory, kB. */
  residentKb() {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${this.pid}/status`, 'utf8'))[1]);
  }

  /** Processor time of all its threads so far, user and system, ms. */
  cpuMs() {
    return cpuMsOf(readFileSync(`/proc/${this.pid}/stat`, 'utf8'));
  }

  /** SIGTERM, and SIGKILL for one that does not go. */
  async stop() {
    if (!this.running) return;
    this.#child.kill('SIGTERM');
    const patience = setTimeout(() => this.#child.kill('SIGKILL'), STOP_MS_MAX);
    await this.#exited;
    clearTimeout(patience);
  }

  async kill() {
    if (!this.running) return;
    this.#child.kill('SIGKILL');
    await this.#exited;
  }
}
