// Medians and spreads. A value that could not be measured is null, and is left out.
const known = (values) => values.filter((value) => value !== null && Number.isFinite(value));

export function median(values) {
  const sorted = known(values).sort((a, b) => a - b);
  if (sorted.length === 0) return null;
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Returns the least and the greatest value, or null when nothing was measured. */
export function spread(values) {
  const some = known(values);
  return some.length === 0 ? null : [Math.min(...some), Math.max(...some)];
}

/** Returns ours divided by the peer's, repetition by repetition; null where one is missing or the peer's is zero. */
export const ratios = (ours, peer) =>
  ours.map((value, n) => {
    const other = peer[n] ?? null;
    return value === null || other === null || other === 0 ? null : value / other;
  });

const DIGITS = 4;
/** Rounds to four digits, more than such a measurement is exact to. */
export const rounded = (value) => (value === null || value === undefined ? null : Number(value.toPrecision(DIGITS)));

const roundedSpread = (values) => spread(values)?.map(rounded) ?? null;

/** Returns a figure of all repetitions as the line that is published. */
export function line({ scenario, figure, unit, ours, peer }) {
  const each = ratios(ours, peer);
  return {
    scenario,
    figure,
    unit,
    ours: rounded(median(ours)),
    peer: rounded(median(peer)),
    ratio: rounded(median(each)),
    spread: { ours: roundedSpread(ours), peer: roundedSpread(peer), ratio: roundedSpread(each) },
    runs: ours.length,
  };
}
