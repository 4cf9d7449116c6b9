// Waiting for a condition.
import { setTimeout as pause } from 'node:timers/promises';

export { pause };

/** Thrown by a condition that can no longer come true, to end the wait at once. */
export class Unreachable extends Error {}

/**
 * Evaluates a condition again and again until it is true, and returns its value. An error counts as not yet true.
 *
 * @param what the condition in words for the failure, or a function that returns them
 * @param condition a function, which may be asynchronous
 */
export async function until(what, condition, { withinMs = 20_000, everyMs = 50 } = {}) {
  const end = performance.now() + withinMs;
  for (;;) {
    let cause;
    try {
      const value = await condition();
      if (value) return value;
    } catch (problem) {
      if (problem instanceof Unreachable) throw problem;
      cause = problem;
    }
    if (performance.now() > end) {
      const text = typeof what === 'function' ? what() : what;
      throw new Error(`not within ${withinMs} ms: ${text}`, { cause });
    }
    await pause(everyMs);
  }
}
