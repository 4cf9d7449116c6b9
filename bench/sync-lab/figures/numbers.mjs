// Small arithmetic of the figures. All pure.

/** The value below which this share lies, between neighbours where it falls between them; of a sorted list. Null of nothing. */
export function percentile(sorted, share) {
  if (sorted.length === 0) return null;
  const at = share * (sorted.length - 1);
  const low = Math.floor(at);
  const high = Math.min(sorted.length - 1, low + 1);
  if (sorted[low] === sorted[high]) return sorted[low];
  return sorted[low] + (sorted[high] - sorted[low]) * (at - low);
}

export function percentiles(values) {
  const sorted = Float64Array.from(values).sort();
  return {
    n: sorted.length,
    p50: percentile(sorted, 0.5),
    p95: percentile(sorted, 0.95),
    p99: percentile(sorted, 0.99),
  };
}

export const rounded = (value, digits = 1) => (value === null || !Number.isFinite(value) ? null : Number(value.toFixed(digits)));

/** The parts of `windows` ([from, to] in order) that lie within [from, to]. */
export function clip(windows, from, to) {
  return windows.map(([a, b]) => [Math.max(a, from), Math.min(b, to)]).filter(([a, b]) => b > a);
}

export const total = (windows) => windows.reduce((sum, [from, to]) => sum + to - from, 0);
export const inside = (windows, at) => windows.some(([from, to]) => at >= from && at < to);

/** Slope and height (at `t0`) of the straight line through the points, by least squares. */
export function line(ts, ys, t0) {
  const n = ts.length;
  const meanT = ts.reduce((sum, t) => sum + t - t0, 0) / n;
  const meanY = ys.reduce((sum, y) => sum + y, 0) / n;
  let above = 0;
  let below = 0;
  for (let i = 0; i < n; i++) {
    above += (ts[i] - t0 - meanT) * (ys[i] - meanY);
    below += (ts[i] - t0 - meanT) ** 2;
  }
  const slope = below === 0 ? 0 : above / below;
  return { slope, at: (t) => meanY + slope * (t - t0 - meanT) };
}
