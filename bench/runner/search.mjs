// The search for the highest rate that a server carries: steps that grow until one fails.
export const GROWTH = 1.3;
const FALLBACK_STEPS = 2;

/** Rates from the first on, each 1.3 times the one before. */
export function ladder(first, count) {
  return Array.from({ length: count }, (_, n) => Number((first * GROWTH ** n).toPrecision(3)));
}

/** Where the next repetition begins: a little below what the last one carried. */
export const nextStart = (best, lowest) => Math.max(lowest, best / GROWTH ** FALLBACK_STEPS);

/** Whether a phase was carried: every delivery came, and 99 of 100 within so many ms of the intended moment. */
export function carried({ missed, errors, latencyMs }, p99Max) {
  return missed === 0 && errors === 0 && latencyMs.count > 0 && latencyMs.p99 < p99Max;
}

/** The last phase before the first that was not carried, or null. */
export function highest(phases, p99Max) {
  const failed = phases.findIndex((phase) => !carried(phase, p99Max));
  return (failed < 0 ? phases : phases.slice(0, failed)).at(-1) ?? null;
}
