// The search for the highest rate that a server sustains: rates that grow until one fails.
export const GROWTH = 1.3;
const FALLBACK_STEPS = 2;

/** Returns rates from the first on, each 1.3 times the one before. */
export function ladder(first, count) {
  return Array.from({ length: count }, (_, n) => Number((first * GROWTH ** n).toPrecision(3)));
}

/** Returns the first rate of the next repetition: a little below the last sustained one. */
export const nextStart = (best, lowest) => Math.max(lowest, best / GROWTH ** FALLBACK_STEPS);

/** Returns whether a phase was sustained: every delivery arrived, 99 of 100 within so many ms of the due time. */
export function sustained({ missed, errors, latencyMs }, p99Max) {
  return missed === 0 && errors === 0 && latencyMs.count > 0 && latencyMs.p99 < p99Max;
}

/**
 * Returns the last phase before the first that is not sustained, of rates that grow from `first` on. When not even that one is
 * sustained, rates fall until one is; null when none is. A failed rate is tried once more, because a stalled machine is not the
 * server's limit.
 * @param play plays a rate and returns its phase
 */
export async function highest(play, { first, lowest, count, p99Max }) {
  const tried = async (rate) => {
    for (let tries = 0; tries < 2; tries++) {
      const phase = await play(rate);
      if (sustained(phase, p99Max)) return phase;
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
