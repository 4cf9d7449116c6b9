// The lab as a test: generous bounds on medians, so that only what is broken fails, never a busy machine.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const VERDICTS = [
  ['steady play: median skew', (figures) => figures.skew.p50, 40],
  ['play: median time until all are in step', (figures) => figures.play.p50, 3000],
  ['pause: median time until all stand together', (figures) => figures.pause.p50, 3000],
  ['seek: median time until all are in step', (figures) => figures.seek.p50, 3000],
  ['late join: time until the newcomer is in step', (figures) => figures.join.p50, 4000],
];

/** True when all hold; counts go where scripts/count-tests.mjs finds them. */
export function judge(figures, root, say) {
  const names = [];
  for (const [name, pick, most] of VERDICTS) {
    const value = pick(figures);
    const holds = value !== null && value < most;
    if (!holds) names.push(name);
    const text = `${holds ? 'ok' : 'FAILED'}: ${name} ${value === null ? 'was not measured' : `${value.toFixed(1)} ms`} (bound ${most} ms)`;
    if (holds) say(text);
    else console.error(`sync-lab: ${text}`);
  }
  const failed = names.length;
  writeCounts(root, 'lab.json', { passed: VERDICTS.length - failed, failed, names });
  return failed === 0;
}

/** @param names of those that failed, for the last lines of the suite */
export function writeCounts(root, name, { passed, failed, skipped = 0, names = [] }) {
  const folder = join(root, 'target', 'test-counts');
  mkdirSync(folder, { recursive: true });
  const counts = {
    numPassedTests: passed,
    numFailedTests: failed,
    numPendingTests: skipped,
    failed: names,
  };
  writeFileSync(join(folder, name), `${JSON.stringify(counts)}\n`);
}
