// A server process on a port of its own: started, awaited, stopped, killed, frozen, and started again on the same port.
import { get } from 'node:http';
import { fileURLToPath } from 'node:url';
import { freePort } from './ports.mjs';
import { ManagedProcess } from './process.mjs';
import { pause } from './waiting.mjs';

const START_MS_MAX = 90_000;
const STOP_MS_MAX = 15_000;
const ANSWER_MS_MAX = 2000;

/** The command that starts the server of this folder, and builds it first when it is stale. */
export const LAUNCHER = [fileURLToPath(new URL('../watchnchill', import.meta.url)), 'start'];

/** The command of the suite that is running, else the launcher. */
export const serverCommand = () => JSON.parse(process.env.WATCHNCHILL_COMMAND ?? JSON.stringify(LAUNCHER));

function answersOk(port, path) {
  return new Promise((resolve) => {
    const request = get({ port, host: '127.0.0.1', path, agent: false, timeout: ANSWER_MS_MAX }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    request.on('timeout', () => request.destroy());
    request.on('error', () => resolve(false));
  });
}

export class Server {
  #process = null;

  /**
   * @param name of the log file and in messages
   * @param command program and first words; the port and `words` are appended
   * @param environment variables beside those of this process; undefined removes one
   * @param port a free one when it is not given
   * @param log a file for its output
   * @param readyPath is answered with 200 when the server is ready
   * @param everyMs how often readyPath is requested
   */
  constructor(options = {}) {
    const defaults = {
      name: 'server',
      command: serverCommand(),
      words: [],
      environment: {},
      readyPath: '/health/ready',
      everyMs: 25,
    };
    Object.assign(this, defaults, options);
  }

  /** Creates and starts a server. */
  static async started(options) {
    const server = new Server(options);
    await server.start();
    return server;
  }

  get url() {
    return `http://127.0.0.1:${this.port}`;
  }

  get pid() {
    return this.#process.pid;
  }

  get running() {
    return this.#process?.running === true;
  }

  /** The end of what it has written since its last start. */
  get output() {
    return this.#process?.output ?? '';
  }

  /** Starts it and waits until it is ready; returns how long that took, ms. */
  async start() {
    this.port ??= await freePort();
    const [program, ...first] = this.command;
    const env = { ...process.env, ...this.environment };
    const begun = performance.now();
    const child = new ManagedProcess(program, [...first, '--port', String(this.port), ...this.words], { env, log: this.log });
    this.#process = child;
    while (!(await this.isReady())) {
      if (!child.running) {
        await child.ended;
        throw new Error(`${this.name} ended before it was ready:\n${child.output}`);
      }
      if (performance.now() - begun > START_MS_MAX) {
        await this.kill();
        throw new Error(`${this.name} did not become ready:\n${child.output}`);
      }
      await pause(this.everyMs);
    }
    return performance.now() - begun;
  }

  isReady() {
    return answersOk(this.port, this.readyPath);
  }

  freeze() {
    this.#process.signal('SIGSTOP');
  }

  resume() {
    this.#process.signal('SIGCONT');
  }

  /** Sends SIGTERM, and SIGKILL when that does not end it in time; returns how long it took, ms. */
  async stop(withinMs = STOP_MS_MAX) {
    if (!this.running) return 0;
    const begun = performance.now();
    await this.#process.stop('SIGTERM', withinMs);
    return Math.round(performance.now() - begun);
  }

  /** Sends SIGKILL and waits for the end. */
  async kill() {
    if (this.running) await this.#process.stop('SIGKILL');
  }

  residentKb() {
    return this.#process.residentKb();
  }

  cpuMs() {
    return this.#process.cpuMs();
  }
}
