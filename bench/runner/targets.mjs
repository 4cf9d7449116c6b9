// What the figures are held against.
import { line } from './statistics.mjs';

export const atMost = (of, bound) => ({ of, bound, says: `${of} ≤ ${bound}`, holds: (value) => value <= bound });
export const atLeast = (of, bound) => ({ of, bound, says: `${of} ≥ ${bound}`, holds: (value) => value >= bound });

/** What a figure is held against, and whether it holds; null when it was not measured. */
export function verdict(figure) {
  if (figure.target === undefined) return undefined;
  const value = line(figure)[figure.target.of];
  return { says: figure.target.says, value, holds: value === null ? null : figure.target.holds(value) };
}
