/** Returns growing retry delays with random jitter, so that the clients of a room do not retry at the same moment. */
export function backoff(steps: readonly [number, ...number[]], chance: () => number): { next(): number; reset(): void } {
  let tries = 0;
  return {
    next(): number {
      const base = steps[Math.min(tries++, steps.length - 1)] ?? steps[0];
      return base * (0.75 + chance() / 2);
    },
    reset: () => void (tries = 0),
  };
}
