// A redis-server of our own on a free port: started, stopped, killed, frozen, started again.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, openSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './ports.mjs';
import { until } from './waiting.mjs';

const START_MS_MAX = 10_000;
const ANSWER_MS_MAX = 1000;

/** One command, its answer as text; for looking at a server, not for load. */
export function ask(port, ...words) {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    const chunks = [];
    const give = (settle, value) => {
      socket.destroy();
      settle(value);
    };
    socket.setTimeout(ANSWER_MS_MAX, () => give(reject, new Error('Redis does not answer')));
    socket.on('error', (problem) => give(reject, problem));
    socket.on('close', () => reject(new Error('Redis closed the connection')));
    socket.on('data', (bytes) => {
      chunks.push(bytes);
      const text = Buffer.concat(chunks).toString('utf8');
      const bulk = /^\$(\d+)\r\n/.exec(text);
      if (bulk === null ? text.endsWith('\r\n') : text.length >= bulk[0].length + Number(bulk[1]) + 2)
        give(resolve, bulk === null ? text.trim() : text.slice(bulk[0].length).trim());
    });
    socket.write(`${words.join(' ')}\r\n`);
  });
}

/** Whether that question is answered like that now. */
export const holds = (port, question, answer) =>
  ask(port, ...question).then(
    (text) => answer.test(text),
    () => false,
  );

export class Redis {
  #process = null;
  #exited = null;

  constructor({ port, persistent = false, config = [] }) {
    this.port = port;
    this.persistent = persistent;
    this.config = config;
    this.folder = mkdtempSync(join(tmpdir(), 'watchnchill-redis-'));
  }

  static async started(options = {}) {
    const redis = new Redis({ port: await freePort(), ...options });
    await redis.start();
    return redis;
  }

  get url() {
    return `redis://127.0.0.1:${this.port}`;
  }

  get pid() {
    return this.#process.pid;
  }

  /** Starts it, with what its folder holds when it is persistent; resolves when it answers. */
  async start() {
    const log = openSync(join(this.folder, 'redis.log'), 'a');
    const keep = this.persistent ? ['--appendonly', 'yes', '--appendfsync', 'always'] : ['--appendonly', 'no'];
    const words = [
      '--port',
      String(this.port),
      '--bind',
      '127.0.0.1',
      '--dir',
      this.folder,
      '--save',
      '',
      ...keep,
      ...this.config,
    ];
    this.#process = spawn('redis-server', words, { stdio: ['ignore', log, log] });
    this.#process.on('error', () => undefined);
    this.#exited = once(this.#process, 'exit').catch(() => undefined);
    await until(() => holds(this.port, ['PING'], /^\+PONG/), START_MS_MAX, 'Redis did not start');
  }

  /** Sends that signal and, unless it only freezes or thaws, waits for the end. */
  async signal(name) {
    this.#process.kill(name);
    if (name !== 'SIGSTOP' && name !== 'SIGCONT') await this.#exited;
  }

  async close() {
    if (this.#process !== null && this.#process.exitCode === null && this.#process.signalCode === null) {
      this.#process.kill('SIGCONT');
      await this.signal('SIGKILL');
    }
    rmSync(this.folder, { recursive: true, force: true });
  }
}
