// Random numbers that can be repeated from a seed.

/** Returns a generator of numbers from 0 to 1 (mulberry32). */
export function seeded(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Returns a seed for a part of the whole, so that a further part does not change the others. */
export function subSeed(seed, ...parts) {
  let hash = 2166136261 ^ seed;
  for (const character of parts.join('/')) hash = Math.imul(hash ^ character.charCodeAt(0), 16777619);
  return hash >>> 0;
}

/** Returns a number that is evenly distributed around a centre. */
export const around = (random, centre, spread) => centre + (2 * random() - 1) * spread;

/** Returns a normally distributed number with mean 0 and deviation 1. */
export function normal(random) {
  const radius = Math.sqrt(-2 * Math.log(1 - random()));
  return radius * Math.cos(2 * Math.PI * random());
}

/** Returns a lognormally distributed number with this mean and standard deviation. */
export function lognormal(random, mean, deviation) {
  const variance = Math.log(1 + (deviation / mean) ** 2);
  return Math.exp(Math.log(mean) - variance / 2 + Math.sqrt(variance) * normal(random));
}
