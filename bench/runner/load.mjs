// The load generator (bench/load) as a process: what it is told, what it asks, and the one line that it answers.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const LIBRARIES = fileURLToPath(new URL('../load/target/app/lib/', import.meta.url));
const MAIN = 'dev.watchnchill.load.Main';
const SAID_MAX = 4000;

/** The command line for a scenario against these servers. */
export function loadWords({ scenario, servers, redis, options }) {
  const words = [scenario, '--url', servers.map(({ url }) => url).join(','), '--pid', servers.map(({ pid }) => pid).join(',')];
  if (redis !== undefined) words.push('--redis-pid', String(redis.pid));
  for (const [name, value] of Object.entries(options)) words.push(`--${name}`, String(value));
  return words;
}

/** The program with its words for a scenario. */
export function loadProgram({ scenario, servers, redis, options = {} }) {
  const home = process.env.JAVA_HOME;
  const java = home ? join(home, 'bin', 'java') : 'java';
  const words = loadWords({ scenario, servers, redis, options });
  return [java, '--enable-native-access=ALL-UNNAMED', '-cp', `${LIBRARIES}*`, MAIN, ...words];
}

/**
 * Starts the generator. `asked` hears what it asks, and `answer` answers; `ended` gives its result, or says why there is none.
 */
function started([command, ...words], onClose, asked) {
  const child = spawn(command, words, { stdio: ['pipe', 'pipe', 'pipe'] });
  onClose(() => child.kill('SIGKILL'));
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text) => (said = (said + text).slice(-SAID_MAX)));
  child.stdin.on('error', () => undefined);
  let result;
  createInterface({ input: child.stdout }).on('line', (line) => {
    if (!line.startsWith('{')) return;
    const message = JSON.parse(line);
    if (message.event === undefined) result = message;
    else asked(message);
  });
  const ended = once(child, 'close').then(([code]) => {
    if (code === 0 && result !== undefined) return result;
    throw new Error(`the load generator ended with ${code}: ${words.join(' ')}\n${said}`);
  });
  return { ended, answer: (message) => child.stdin.write(`${JSON.stringify(message)}\n`), kill: () => child.kill('SIGKILL') };
}

/** Runs a scenario to its end and gives its result. `restart` is called when the generator asks for it, and gives the new servers. */
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

/** A generator that has brought everybody in, and is told its phases one by one. In between it only answers pings. */
export class Told {
  #generator;
  #hear;

  /** Back when everybody is in. */
  static async filled(program, onClose) {
    const told = new Told(program, onClose);
    await told.#nextQuestion();
    return told;
  }

  constructor(program, onClose) {
    this.#generator = started(program, onClose, (question) => this.#hear(question));
    // It may end while nobody waits for it; whoever asks it for something then is told.
    this.#generator.ended.catch(() => undefined);
  }

  /** Plays a phase and gives what came of it; nothing when it was a warm-up. */
  async phase(turn) {
    const next = this.#nextQuestion();
    this.#generator.answer({ go: true, ...turn });
    const { phase } = await next;
    return phase;
  }

  /** That was all: gives the whole result. */
  done() {
    this.#generator.answer({ done: true });
    return this.#generator.ended;
  }

  kill() {
    this.#generator.kill();
  }

  #nextQuestion() {
    const ended = this.#generator.ended.then(() => Promise.reject(new Error('the load generator did not wait to be told')));
    return Promise.race([new Promise((resolve) => (this.#hear = resolve)), ended]);
  }
}
