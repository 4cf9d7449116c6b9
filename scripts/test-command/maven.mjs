// Runs Maven over all modules, and reports each module whose tests have ended.
import { runToLog } from './run.mjs';

/** The heading of a goal, such as `--- maven-surefire-plugin:3.6.1:test (default-test) @ watchnchill-party ---`. */
const GOAL = /--- (?:maven-)?([\w-]+?)(?:-plugin)?:\S+ \(\S+\) @ watchnchill-([\w-]+) ---/;
const NAMES = { socketio: 'socketio', party: 'party', server: 'server', load: 'bench/load' };

/** Follows the output of Maven, which builds several modules at a time: whose tests run, and what it calls an error. */
export class MavenOutput {
  errors = [];
  /** When the tests of each module began, by the module's name. */
  #testing = new Map();

  /**
   * @param onModule is called with the name of each module whose tests have ended, and their seconds
   * @param onClient is called when the web client has been built, and its libraries are in place
   */
  constructor({ onModule, onClient = () => undefined, now = () => performance.now() }) {
    this.onModule = onModule;
    this.onClient = onClient;
    this.now = now;
  }

  line(text) {
    if (text.startsWith('[ERROR]')) this.errors.push(text);
    const [heading, goal, module] = GOAL.exec(text) ?? [];
    if (heading === undefined) return;
    if (module === 'web' && goal === 'jar') this.onClient();
    const name = NAMES[module];
    this.#end(name);
    if (goal === 'surefire' && name !== undefined) this.#testing.set(name, this.now());
  }

  #end(name) {
    const since = this.#testing.get(name);
    if (since === undefined) return;
    this.#testing.delete(name);
    this.onModule(name, (this.now() - since) / 1000);
  }

  end() {
    for (const name of [...this.#testing.keys()]) this.#end(name);
  }
}

/**
 * Builds and tests all modules. A failed test does not end the run: the modules that need that one are built and tested too.
 * @param words more words for Maven, such as its -D options
 * @returns the errors that Maven reports; none when everything was built and all tests held
 */
export async function runMaven({ words, log, cwd, onModule, onClient }) {
  const output = new MavenOutput({ onModule, onClient });
  const { code, output: said } = await runToLog({
    command: 'mvn',
    // The client's tests are a suite of their own.
    // Two modules at a time, because tests and downloads wait.
    words: ['-B', '-ntp', '-fae', '-T2', '-DskipClientTests=true', '-Dmaven.test.failure.ignore=true', ...words, 'verify'],
    log,
    cwd,
    onLine: (text) => output.line(text),
  });
  output.end();
  if (code !== 0 && output.errors.length === 0) output.errors.push(`Maven ended with ${code}`, said);
  return { built: code === 0, errors: output.errors };
}
