// Runs Maven over all modules, and reports each module whose tests have ended.
import { runToLog } from './run.mjs';

/** The heading of a goal, such as `--- maven-surefire-plugin:3.6.1:test (default-test) @ watchnchill-party ---`. */
const GOAL = /--- (?:maven-)?([\w-]+?)(?:-plugin)?:\S+ \(\S+\) @ watchnchill-([\w-]+) ---/;
const NAMES = { socketio: 'socketio', party: 'party', server: 'server', load: 'bench/load' };

/** Follows the output of Maven: the module whose tests run, and what it calls an error. */
export class MavenOutput {
  errors = [];
  #testing = null;
  #since = 0;

  /** @param onModule is called with the name of each module whose tests have ended, and their seconds */
  constructor(onModule, now = () => performance.now()) {
    this.onModule = onModule;
    this.now = now;
  }

  line(text) {
    if (text.startsWith('[ERROR]')) this.errors.push(text);
    const [heading, goal, module] = GOAL.exec(text) ?? [];
    if (heading === undefined) return;
    this.end();
    if (goal !== 'surefire' || NAMES[module] === undefined) return;
    this.#testing = NAMES[module];
    this.#since = this.now();
  }

  end() {
    if (this.#testing !== null) this.onModule(this.#testing, (this.now() - this.#since) / 1000);
    this.#testing = null;
  }
}

/**
 * Builds and tests all modules. A failed test does not end the run: the modules that need that one are built and tested too.
 * @param words more words for Maven, such as its -D options
 * @returns the errors that Maven reports; none when everything was built and all tests held
 */
export async function runMaven({ words, log, cwd, onModule }) {
  const output = new MavenOutput(onModule);
  const { code, output: said } = await runToLog({
    command: 'mvn',
    // The client's tests are a suite of their own.
    words: ['-B', '-ntp', '-fae', '-DskipClientTests=true', '-Dmaven.test.failure.ignore=true', ...words, 'verify'],
    log,
    cwd,
    onLine: (text) => output.line(text),
  });
  output.end();
  if (code !== 0 && output.errors.length === 0) output.errors.push(`Maven ended with ${code}`, said);
  return { built: code === 0, errors: output.errors };
}
