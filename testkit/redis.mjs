// A redis-server of a test's own: started, stopped, killed, frozen, and started again on the same port.
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './ports.mjs';
import { ManagedProcess } from './process.mjs';
import { until } from './waiting.mjs';

const START_MS_MAX = 10_000;
const ANSWER_MS_MAX = 1000;

/** Sends one command and returns its answer as text; for inspection, not for load. */
export function askRedis(port, ...words) {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    const chunks = [];
    const settle = (how, value) => {
      socket.destroy();
      how(value);
    };
    socket.setTimeout(ANSWER_MS_MAX, () => settle(reject, new Error('Redis does not answer')));
    socket.on('error', (problem) => settle(reject, problem));
    socket.on('close', () => reject(new Error('Redis closed the connection')));
    socket.on('data', (bytes) => {
      chunks.push(bytes);
      const text = Buffer.concat(chunks).toString('utf8');
      const bulk = /^\$(\d+)\r\n/.exec(text);
      if (bulk === null ? text.endsWith('\r\n') : text.length >= bulk[0].length + Number(bulk[1]) + 2)
        settle(resolve, bulk === null ? text.trim() : text.slice(bulk[0].length).trim());
    });
    socket.write(`${words.join(' ')}\r\n`);
  });
}

export class Redis {
  #process = null;

  /**
   * @param port a free one when it is not given
   * @param persistent whether it writes each change to its disk before it answers, and has it after a restart
   * @param config more words of its command line
   */
  constructor({ port, persistent = false, config = [] } = {}) {
    Object.assign(this, { port, persistent, config });
    this.folder = mkdtempSync(join(tmpdir(), 'watchnchill-redis-'));
  }

  /** Creates and starts a Redis. */
  static async started(options) {
    const redis = new Redis(options);
    await redis.start();
    return redis;
  }

  get url() {
    return `redis://127.0.0.1:${this.port}`;
  }

  get pid() {
    return this.#process.pid;
  }

  /** Starts it, with what its folder holds when it is persistent, and waits until it answers. */
  async start() {
    this.port ??= await freePort();
    const keep = this.persistent ? ['--appendonly', 'yes', '--appendfsync', 'always'] : ['--appendonly', 'no'];
    const place = ['--port', String(this.port), '--bind', '127.0.0.1', '--dir', this.folder, '--save', ''];
    const child = new ManagedProcess('redis-server', [...place, ...keep, ...this.config], {
      log: join(this.folder, 'redis.log'),
    });
    this.#process = child;
    const answers = async () => {
      child.mustRun();
      return (await askRedis(this.port, 'PING')) === '+PONG';
    };
    await until('Redis answers', answers, { withinMs: START_MS_MAX, everyMs: 20 });
  }

  /** Sends a signal and, unless it only freezes or resumes, waits for the end. */
  async signal(name) {
    if (name === 'SIGSTOP' || name === 'SIGCONT') this.#process.signal(name);
    else await this.#process.stop(name);
  }

  /** Ends it, frozen or not, and removes its folder. */
  async close() {
    if (this.#process?.running) {
      this.#process.signal('SIGCONT');
      await this.#process.stop('SIGKILL');
    }
    rmSync(this.folder, { recursive: true, force: true });
  }
}
