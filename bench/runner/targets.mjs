// Targets for figures.
import { line } from './statistics.mjs';

export const atMost = (of, bound) => ({ of, bound, description: `${of} ≤ ${bound}`, holds: (value) => value <= bound });
export const atLeast = (of, bound) => ({ of, bound, description: `${of} ≥ ${bound}`, holds: (value) => value >= bound });

/** Returns the target of a figure and whether it holds; `holds` is null when it was not measured. */
export function verdict(figure) {
  if (figure.target === undefined) return undefined;
  const value = line(figure)[figure.target.of];
  return { description: figure.target.description, value, holds: value === null ? null : figure.target.holds(value) };
}
