// Server processes on ports of their own: started, told to go, killed, frozen, started again at the same place.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { freePort } from './ports.mjs';
import { until } from './waiting.mjs';

const START_MS_MAX = 90_000;
const ANSWER_MS_MAX = 2000;

/** All people of a fault come from one address, and say more than people do. */
const ENVIRONMENT = { RATE_LIMIT_SOCKET_MAX_PER_IP: '20000', EVENT_RATE_SCALE: '1000' };

export class Instance {
  #process = null;
  #exited = null;

  /** @param words of the command line behind the program, beside --port */
  constructor({ name, program, words, environment = {}, port, folder }) {
    Object.assign(this, { name, program, words, environment, port, folder });
  }

  get url() {
    return `http://127.0.0.1:${this.port}`;
  }

  get running() {
    return this.#process !== null && this.#process.exitCode === null && this.#process.signalCode === null;
  }

  /** Starts it at its port; resolves when it says that it is ready. */
  async start() {
    const [command, ...rest] = this.program;
    const log = createWriteStream(join(this.folder, `${this.name}.log`), { flags: 'a' });
    const child = spawn(command, [...rest, '--port', String(this.port), ...this.words], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...ENVIRONMENT, ...this.environment },
    });
    this.#process = child;
    for (const stream of [child.stdout, child.stderr]) stream.pipe(log, { end: false });
    child.once('error', (problem) => log.write(`${problem}\n`));
    this.#exited = once(child, 'exit').catch(() => undefined);
    await until(
      async () => {
        if (!this.running) throw new Error(`${this.name} ended before it was ready; see ${log.path}`);
        return this.ready();
      },
      START_MS_MAX,
      `${this.name} did not get ready`,
    );
  }

  async ready() {
    try {
      const answer = await fetch(`${this.url}/health/ready`, { signal: AbortSignal.timeout(ANSWER_MS_MAX) });
      await answer.arrayBuffer();
      return answer.ok;
    } catch {
      return false;
    }
  }

  freeze() {
    this.#process.kill('SIGSTOP');
  }

  thaw() {
    this.#process.kill('SIGCONT');
  }

  /** kill -9. */
  async kill() {
    this.#process.kill('SIGKILL');
    await this.#exited;
  }

  /** SIGTERM; resolves with how long it took to go, ms. One that does not go within that time is killed. */
  async stop(withinMs = 15_000) {
    if (!this.running) return 0;
    const from = performance.now();
    this.#process.kill('SIGTERM');
    const patience = setTimeout(() => this.#process.kill('SIGKILL'), withinMs);
    await this.#exited;
    clearTimeout(patience);
    return Math.round(performance.now() - from);
  }

  async close() {
    if (this.running) await this.kill();
  }
}

/** So many instances, ready. `wordsOf` and `environmentOf` give each its own. */
export async function startInstances({ count, program, folder, wordsOf = () => [], environmentOf = () => ({}), onClose }) {
  const instances = [];
  for (let n = 0; n < count; n++) {
    const instance = new Instance({
      name: `instance-${n + 1}`,
      program,
      words: wordsOf(n),
      environment: environmentOf(n),
      port: await freePort(),
      folder,
    });
    onClose(() => instance.close());
    instances.push(instance);
  }
  await Promise.all(instances.map((instance) => instance.start()));
  return instances;
}
