// Processes and waiting.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';

const STOP_MS_MAX = 10_000;

/** Thrown where waiting any longer makes no sense. */
export class Hopeless extends Error {}

/**
 * Waits until that gives something true, and gives it. An error counts as not yet.
 * @param what a text for whoever reads the failure, or a function that gives one
 */
export async function until(what, condition, msMax = 20_000) {
  const end = Date.now() + msMax;
  for (;;) {
    let error;
    try {
      const value = await condition();
      if (value) return value;
    } catch (caught) {
      if (caught instanceof Hopeless) throw caught;
      error = caught;
    }
    if (Date.now() > end) {
      const text = typeof what === 'function' ? what() : what;
      throw new Error(`not within ${msMax} ms: ${text}`, { cause: error });
    }
    await pause(50);
  }
}

/** What has to be undone at the end; newest first. A test's own context will do where there is one. */
export class Scope {
  #undo = [];

  after(run) {
    this.#undo.push(run);
  }

  async close() {
    for (const run of this.#undo.reverse()) await run();
  }
}

/** A child process that takes its last words with it. */
export class Child {
  output = '';

  constructor(command, args, options = {}) {
    this.process = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    // Not 'exit': its last words may still be on their way then.
    this.exited = once(this.process, 'close').then(([code, signal]) => ({ code, signal }));
    for (const stream of [this.process.stdout, this.process.stderr]) {
      stream.on('data', (text) => (this.output = (this.output + text).slice(-20_000)));
    }
  }

  get running() {
    return this.process.exitCode === null && this.process.signalCode === null;
  }

  mustRun() {
    if (!this.running) throw new Hopeless(`${this.process.spawnfile} ended: ${this.output}`);
  }

  /** Waits for a line like that in its output; gives the match. */
  said(pattern, msMax = 30_000) {
    return until(
      () => `${pattern} from ${this.process.spawnfile}; it said:\n${this.output}`,
      () => {
        const found = pattern.exec(this.output);
        if (found === null) this.mustRun();
        return found;
      },
      msMax,
    );
  }

  async stop(signal = 'SIGTERM') {
    if (!this.running) return this.exited;
    this.process.kill(signal);
    const force = setTimeout(() => this.process.kill('SIGKILL'), STOP_MS_MAX);
    const end = await this.exited;
    clearTimeout(force);
    return end;
  }
}

/** Runs a command to its end. */
export async function finished(command, args, options) {
  const child = new Child(command, args, options);
  const { code } = await child.exited;
  return { code, output: child.output };
}
