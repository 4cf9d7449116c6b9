// A child process with its output, its resource use and its end.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, readFileSync } from 'node:fs';
import { Unreachable, until } from './waiting.mjs';

const OUTPUT_MAX = 20_000;
const TICK_MS = 10;

/** Reads the user and system time, ms, from a line of /proc/PID/stat; its second field may hold spaces and parentheses. */
export function cpuMsOf(stat) {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
}

export class ManagedProcess {
  /** The end of what it has written, standard output and error together. */
  output = '';

  /**
   * Starts a program.
   *
   * @param log a file to which its output is appended
   * @param options of spawn, such as env and cwd
   */
  constructor(command, words = [], { log, ...options } = {}) {
    this.command = command;
    this.child = spawn(command, words, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    const file = log === undefined ? undefined : createWriteStream(log, { flags: 'a' });
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream.on('data', (text) => (this.output = (this.output + text).slice(-OUTPUT_MAX)));
      if (file !== undefined) stream.pipe(file, { end: false });
    }
    // Not 'exit': its last output may still be on the way then.
    this.ended = once(this.child, 'close').then(
      ([code, signal]) => ({ code, signal }),
      (problem) => {
        this.output += problem.message;
        return { code: null, signal: null };
      },
    );
    if (file !== undefined) void this.ended.then(() => file.end());
  }

  get pid() {
    return this.child.pid;
  }

  get running() {
    return this.pid !== undefined && this.child.exitCode === null && this.child.signalCode === null;
  }

  /** Throws {@link Unreachable} when it has ended. */
  mustRun() {
    if (!this.running) throw new Unreachable(`${this.command} has ended: ${this.output}`);
  }

  /** Waits until its output matches, and returns the match. */
  waitForOutput(pattern, withinMs = 30_000) {
    const found = async () => {
      if (!this.running) await this.ended;
      const match = pattern.exec(this.output);
      if (match === null) this.mustRun();
      return match;
    };
    return until(() => `${pattern} from ${this.command}, whose output is:\n${this.output}`, found, { withinMs });
  }

  signal(name) {
    this.child.kill(name);
  }

  /** Ends it with a signal, and with SIGKILL when it has not ended in time; returns its exit code and signal. */
  async stop(signal = 'SIGTERM', withinMs = 10_000) {
    if (!this.running) return this.ended;
    this.child.kill(signal);
    const timer = setTimeout(() => this.child.kill('SIGKILL'), withinMs);
    const end = await this.ended;
    clearTimeout(timer);
    return end;
  }

  /** Resident memory, kB (Linux). */
  residentKb() {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${this.pid}/status`, 'utf8'))[1]);
  }

  /** Processor time of all its threads so far, user and system, ms (Linux). */
  cpuMs() {
    return cpuMsOf(readFileSync(`/proc/${this.pid}/stat`, 'utf8'));
  }
}

/** Runs a program to its end; returns its exit code and output. */
export async function runToEnd(command, words, options) {
  const child = new ManagedProcess(command, words, options);
  const { code } = await child.ended;
  return { code, output: child.output };
}
