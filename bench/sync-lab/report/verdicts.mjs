// The lab as a test: generous bounds on medians, which a busy machine meets and a broken algorithm does not.

const VERDICTS = [
  ['steady play: median skew', (figures) => figures.skew.p50, 40],
  ['play: median time until all are in step', (figures) => figures.play.p50, 3000],
  ['pause: median time until all stand together', (figures) => figures.pause.p50, 3000],
  ['seek: median time until all are in step', (figures) => figures.seek.p50, 3000],
  ['late join: time until the newcomer is in step', (figures) => figures.join.p50, 4000],
];

/** Judges the figures of a quick run; returns the counts of the verdicts and those that failed. */
export function judge(figures, say) {
  const failures = [];
  for (const [name, pick, most] of VERDICTS) {
    const value = pick(figures);
    const holds = value !== null && value < most;
    const text = `${name} ${value === null ? 'was not measured' : `${value.toFixed(1)} ms`} (bound ${most} ms)`;
    if (holds) {
      say(`ok: ${text}`);
      continue;
    }
    failures.push({ name, text });
    console.error(`sync-lab: FAILED: ${text}`);
  }
  return { passed: VERDICTS.length - failures.length, failed: failures.length, failures };
}
