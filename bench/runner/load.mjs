// The load generator (bench/load) as a process: its command line, its requests, and its result, which is one line.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { javaProgram } from './java.mjs';

const LIBRARIES = fileURLToPath(new URL('../load/target/app/lib/', import.meta.url));
const MAIN = 'dev.watchnchill.load.LoadMain';
const ERRORS_MAX = 4000;

/** Returns the command line for a scenario against these servers. */
export function loadWords({ scenario, servers, redis, options }) {
  const words = [scenario, '--url', servers.map(({ url }) => url).join(','), '--pid', servers.map(({ pid }) => pid).join(',')];
  if (redis !== undefined) words.push('--redis-pid', String(redis.pid));
  for (const [name, value] of Object.entries(options)) words.push(`--${name}`, String(value));
  return words;
}

/** Returns the program with its words for a scenario. */
export function loadProgram({ scenario, servers, redis, options = {} }) {
  const words = loadWords({ scenario, servers, redis, options });
  return [javaProgram(), '--enable-native-access=ALL-UNNAMED', '-cp', `${LIBRARIES}*`, MAIN, ...words];
}

/** Starts the generator. `onRequest` receives its requests, `answer` answers; `ended` resolves with its result. */
function started([command, ...words], onClose, onRequest) {
  const child = spawn(command, words, { stdio: ['pipe', 'pipe', 'pipe'] });
  onClose(() => child.kill('SIGKILL'));
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (text) => (errors = (errors + text).slice(-ERRORS_MAX)));
  child.stdin.on('error', () => undefined);
  let result;
  createInterface({ input: child.stdout }).on('line', (line) => {
    if (!line.startsWith('{')) return;
    const message = JSON.parse(line);
    if (message.event === undefined) result = message;
    else onRequest(message);
  });
  const ended = once(child, 'close').then(([code]) => {
    if (code === 0 && result !== undefined) return result;
    throw new Error(`the load generator ended with ${code}: ${words.join(' ')}\n${errors}`);
  });
  return { ended, answer: (message) => child.stdin.write(`${JSON.stringify(message)}\n`), kill: () => child.kill('SIGKILL') };
}

/** Runs a scenario to its end and returns its result. `restart` is called when the generator requests it, and returns the new servers. */
export async function play({ restart, onClose, ...what }) {
  let failed;
  const generator = started(loadProgram(what), onClose, () =>
    restart().then(
      ([{ url, pid }]) => generator.answer({ go: true, url, pid }),
      (problem) => {
        failed = problem;
        generator.kill();
      },
    ),
  );
  return generator.ended.catch((problem) => {
    throw failed ?? problem;
  });
}

/** A generator whose members have joined, and whose phases are requested one by one. In between it only answers pings. */
export class LoadGenerator {
  #generator;
  #onRequest;

  /** Starts a generator and waits until all members have joined. */
  static async filled(program, onClose) {
    const generator = new LoadGenerator(program, onClose);
    await generator.#nextRequest();
    return generator;
  }

  constructor(program, onClose) {
    this.#generator = started(program, onClose, (question) => this.#onRequest(question));
    // It may end between two phases; the next one then fails.
    this.#generator.ended.catch(() => undefined);
  }

  /** Plays a phase and returns its result; undefined for a warm-up. */
  async phase(turn) {
    const next = this.#nextRequest();
    this.#generator.answer({ go: true, ...turn });
    const { phase } = await next;
    return phase;
  }

  /** Ends it and returns its whole result. */
  done() {
    this.#generator.answer({ done: true });
    return this.#generator.ended;
  }

  kill() {
    this.#generator.kill();
  }

  #nextRequest() {
    const ended = this.#generator.ended.then(() =>
      Promise.reject(new Error('the load generator has ended before the next phase')),
    );
    return Promise.race([new Promise((resolve) => (this.#onRequest = resolve)), ended]);
  }
}
