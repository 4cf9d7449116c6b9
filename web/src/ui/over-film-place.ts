/** Where messages stand over the picture, so that they never cover subtitles. */

/** A part of the picture's height, from its top, px. */
export interface Span {
  from: number;
  to: number;
}

/**
 * Returns the first free part that is high enough, else the highest one.
 * @param taken what must not be covered, in any order
 */
export function freeSpan(taken: readonly Span[], within: Span, least: number): Span {
  let best: Span = { from: within.from, to: within.from };
  let from = within.from;
  const end: Span = { from: within.to, to: within.to };
  for (const span of [...taken].sort((a, b) => a.from - b.from).concat(end)) {
    const to = Math.min(span.from, within.to);
    if (to - from > best.to - best.from) best = { from, to };
    if (to - from >= least) return { from, to };
    from = Math.max(from, span.to);
  }
  return best;
}
