// The server that is attacked: the launcher's command with a small heap, few descriptors, and the product's own limits.
import { execFile } from 'node:child_process';
import { readFileSync, readlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { pause } from '../../testkit/waiting.mjs';
import { serverOf } from '../runner/servers.mjs';

const run = promisify(execFile);

export const HEAP = '-Xmx614m';
/** Fewer than a flood opens. */
const DESCRIPTORS = 4096;
/** Whose X-Forwarded-For is believed; all other peers count by their own address. */
export const PROXY = '127.0.3.1';
/** A server that is only late answers by then; how late it is shows in the members' figures. */
const ANSWER_MS_MAX = 15_000;
const COLLECT_MS_MAX = 30_000;
const COLLECTIONS = 3;

/** The command with that heap, whether it is a JVM's or the launcher's; the launcher reads JAVA_OPTS. */
export function withHeap(program) {
  const [command, ...words] = program;
  return /(^|\/)java$/.test(command) ? [command, HEAP, ...words] : program;
}

/** The command of a shell that allows so many descriptors and becomes that program. */
export const withDescriptors = (program, most = DESCRIPTORS) => ['sh', '-c', `ulimit -n ${most} && exec "$@"`, 'sh', ...program];

/** @param quick ends what waits for somebody soon, so that the heap is back within the test's time */
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

  /** Why it can no longer be called alive, or null. */
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

  /** What the heap holds after it has been collected, MB; null when the process does not answer. */
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

/** Bytes that the heap's pools hold, by the text of /metrics. */
export function heapOf(metrics) {
  let bytes = 0;
  for (const [, value] of metrics.matchAll(/^jvm_memory_used_bytes\{area="heap",[^}]*\} (\S+)$/gm)) bytes += Number(value);
  return bytes;
}
