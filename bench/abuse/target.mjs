// The attacked server: the launcher's command with a small heap, few descriptors, and the default limits.
import { execFile } from 'node:child_process';
import { readFileSync, readlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { pause } from '../../testkit/waiting.mjs';
import { serverOf } from '../runner/servers.mjs';

const run = promisify(execFile);

export const HEAP = '-Xmx614m';
/** Fewer descriptors than a flood of connections needs. */
const DESCRIPTORS = 4096;
/** The only trusted proxy; all other peers count by their own address. */
export const PROXY = '127.0.3.1';
/** Within this a slow server still answers; its latency shows in the members' figures. */
const ANSWER_MS_MAX = 15_000;
const COLLECT_MS_MAX = 30_000;
const COLLECTIONS = 3;

/** Returns the command with the small heap, for a JVM or the launcher, which reads JAVA_OPTS. */
export function withHeap(program) {
  const [command, ...words] = program;
  return /(^|\/)java$/.test(command) ? [command, HEAP, ...words] : program;
}

/** Returns the command of a shell that sets the limit of descriptors and becomes the program. */
export const withDescriptors = (program, most = DESCRIPTORS) => ['sh', '-c', `ulimit -n ${most} && exec "$@"`, 'sh', ...program];

/** @param quick shortens the grace periods, so that the heap is back within the test's time */
export function environmentOf(quick) {
  return {
    NODE_ENV: 'production',
    TRUSTED_PROXIES: PROXY,
    JAVA_OPTS: `${process.env.JAVA_OPTS ?? ''} ${HEAP}`.trim(),
    ...(quick ? { EMPTY_ROOM_GRACE_MS: '2000', RECONNECT_GRACE_MS: '2000' } : {}),
  };
}

export class Target {
  constructor({ program, folder, quick, number }) {
    const side = {
      program: withDescriptors(withHeap(program)),
      words: () => ['--host', '127.0.0.1'],
      environment: environmentOf(quick),
    };
    this.log = join(folder, `server-${number}.log`);
    this.server = serverOf({ name: `server-${number}`, side, folder });
  }

  get port() {
    return this.server.port;
  }

  get url() {
    return this.server.url;
  }

  start() {
    return this.server.start();
  }

  /** Returns why the server counts as broken, or null. */
  async ailment() {
    if (!this.server.running) return 'the process has ended';
    const { outOfMemory } = this.#logged();
    if (outOfMemory > 0) return `OutOfMemoryError, ${outOfMemory} times in its log`;
    try {
      const answer = await fetch(`${this.url}/health`, { signal: AbortSignal.timeout(ANSWER_MS_MAX) });
      await answer.arrayBuffer();
      return answer.ok ? null : `/health says ${answer.status}`;
    } catch {
      return `/health has not answered within ${ANSWER_MS_MAX} ms`;
    }
  }

  #logged() {
    const text = readFileSync(this.log, 'utf8');
    return { outOfMemory: text.split('OutOfMemoryError').length - 1, lines: text.split('\n').length - 1 };
  }

  /** Lines in its log so far. */
  get logLines() {
    return this.#logged().lines;
  }

  /** Returns the used heap after garbage collection, MB; null when the process does not answer. */
  async heapMb() {
    try {
      const jcmd = join(dirname(readlinkSync(`/proc/${this.server.pid}/exe`)), 'jcmd');
      let least = Number.POSITIVE_INFINITY;
      for (let n = 0; n < COLLECTIONS; n++) {
        await run(jcmd, [String(this.server.pid), 'GC.run'], { timeout: COLLECT_MS_MAX });
        const answer = await fetch(`${this.url}/metrics`, { signal: AbortSignal.timeout(ANSWER_MS_MAX) });
        least = Math.min(least, heapOf(await answer.text()) / 1e6);
        await pause(100);
      }
      return Math.round(least * 10) / 10;
    } catch {
      return null;
    }
  }

  residentMb() {
    return this.server.running ? Math.round(this.server.residentKb() / 1000) : null;
  }

  stop() {
    return this.server.stop();
  }

  kill() {
    return this.server.kill();
  }
}

/** Returns the used bytes of the heap's pools, from the text of /metrics. */
export function heapOf(metrics) {
  let bytes = 0;
  for (const [, value] of metrics.matchAll(/^jvm_memory_used_bytes\{area="heap",[^}]*\} (\S+)$/gm)) bytes += Number(value);
  return bytes;
}
