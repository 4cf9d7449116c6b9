/** Later and later, and a little by chance, so that a room full of people does not ask in one breath. */
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
