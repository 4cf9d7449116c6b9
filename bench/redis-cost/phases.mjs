// Phases of one operation each, and Redis' own processor time over them.
import { readdirSync, readFileSync } from 'node:fs';

/** Nobody writes to it, so that waits on it end by their timeout. */
const NEVER = new Int32Array(new SharedArrayBuffer(4));

/**
 * Returns the processor time of a process so far, user and system, µs. The scheduler counts it in nanoseconds for each thread; utime
 * and stime of /proc/PID/stat are the same in ticks of 10 ms, which is too coarse for a phase of a few seconds.
 */
export function cpuMicros(pid) {
  let nanos = 0;
  for (const thread of readdirSync(`/proc/${pid}/task`)) {
    nanos += nanosOf(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8'));
  }
  return nanos / 1000;
}

/** Reads the time on a processor from a line of schedstat. */
export const nanosOf = (schedstat) => Number(schedstat.trim().split(/\s+/)[0]);

/** Sleeps for exactly that time. Nothing is awaited meanwhile, so the event loop may stand still. */
function sleep(ms) {
  if (ms > 0) Atomics.wait(NEVER, 0, 0, ms);
}

/**
 * Runs an operation for so many seconds, and at least once.
 *
 * @param rate operations a second, due at fixed moments; null for one right after the other
 * @param turn the number of the first operation
 * @returns { count, micros, seconds } with Redis' processor time
 */
export async function phase({ run, rate, seconds, pid, turn = 0 }) {
  const before = cpuMicros(pid);
  const from = performance.now();
  const end = from + seconds * 1000;
  let count = 0;
  for (;;) {
    if (rate !== null) sleep(from + (count * 1000) / rate - performance.now());
    if (count > 0 && performance.now() >= end) break;
    await run(turn + count);
    count++;
  }
  const passed = (performance.now() - from) / 1000;
  return { count, micros: cpuMicros(pid) - before, seconds: passed };
}

/** Returns Redis' processor time of one operation, µs. */
export const microsEach = ({ count, micros }) => micros / count;
