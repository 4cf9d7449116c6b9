// The last line, the table, and where they go.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { rounded } from '../figures/numbers.mjs';
import { picture } from './picture.mjs';
import { rawSamples } from './raw.mjs';
import { table } from './table.mjs';

const three = ({ p50, p95, p99 }) => ({
  p50: rounded(p50),
  p95: rounded(p95),
  p99: rounded(p99),
});

/** Returns the summary as a JSON object for scripts. */
export function lastLine({ result, ours, original, options }) {
  return {
    profile: result.profile,
    ...(options.player !== null && { player: options.player }),
    ...(options.film !== null && { film: options.film }),
    pages: result.pages,
    ...three(ours.skew),
    within40: rounded(ours.within, 4),
    playP95: rounded(ours.play.p95, 0),
    seekP95: rounded(ours.seek.p95, 0),
    pauseP95: rounded(ours.pause.p95, 0),
    joinP95: rounded(ours.join.p95, 0),
    gapP50: rounded(ours.gap.p50, 0),
    seeksPerHour: rounded(ours.seeksPerHour),
    audibleSecondsPerMinute: rounded(ours.audibleSecondsPerMinute, 2),
    messagesPerMinute: rounded(ours.messagesPerMinute),
    original: original === null ? { p50: null, p95: null, p99: null } : three(original.skew),
  };
}

/** Writes table, picture and raw samples; answers with their paths. */
export function writeReport(report, folder) {
  mkdirSync(folder, { recursive: true });
  const { result, startedAt, options } = report;
  const chosen = options.player ?? options.film;
  const name = `${startedAt.toISOString().slice(0, 10)}-sync-lab-${result.profile}-${result.pages}${chosen === null ? '' : `-${chosen}`}`;
  const files = {
    [`${name}.md`]: table(report, name, JSON.stringify(lastLine(report))),
    [`${name}.svg`]: picture(report),
    [`${name}.csv.gz`]: rawSamples(result),
  };
  return Object.entries(files).map(([file, content]) => {
    const path = join(folder, file);
    writeFileSync(path, content);
    return path;
  });
}
