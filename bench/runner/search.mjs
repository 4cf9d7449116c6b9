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

/**
 * The last phase before the first that is not carried, of rates that grow from `first` on. When not even that is
 * carried, rates fall until one is; null when none is. A rate that is not carried is tried once more: a machine that
 * stands still for a moment is not the server's limit.
 * @param play plays a rate and gives its phase
 */
export async function highest(play, { first, lowest, count, p99Max }) {
  const tried = async (rate) => {
    for (let tries = 0; tries < 2; tries++) {
      const phase = await play(rate);
      if (carried(phase, p99Max)) return phase;
    }
    return null;
  };
  let best = null;
  for (const rate of ladder(first, count)) {
    const phase = await tried(rate);
    if (phase === null) break;
    best = phase;
  }
  for (let rate = first / GROWTH; best === null && rate >= lowest; rate /= GROWTH)
    best = await tried(Number(rate.toPrecision(3)));
  return best;
}
