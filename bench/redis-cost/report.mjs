// The report: a line of JSON for each figure, a table, and a file with machine and date, and the raw results.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { median, ratios, rounded, spread } from '../runner/statistics.mjs';
import { PEER } from './operations.mjs';
import { microsEach } from './phases.mjs';
import { MEMBERS, ROOMS } from './rooms.mjs';

const roundedSpread = (values) => spread(values)?.map(rounded) ?? null;

/**
 * Returns the figures as they are published.
 *
 * @param results { load, operation, phases } for each load and operation, with one phase for each turn
 */
export function linesOf(results) {
  return results.map(({ load, operation, phases }) => {
    const own = phases.map(microsEach);
    const peer = results.find((one) => one.load === load && one.operation === PEER).phases.map(microsEach);
    const each = ratios(own, peer);
    return {
      scenario: 'redis-cost',
      load,
      operation,
      unit: 'µs of CPU',
      value: rounded(median(own)),
      ratio: rounded(median(each)),
      spread: { value: roundedSpread(own), ratio: roundedSpread(each) },
      perSecond: Math.round(median(phases.map(({ count, seconds }) => count / seconds))),
      runs: phases.length,
    };
  });
}

const COLUMNS = ['load', 'operation', "Redis' CPU, µs", `/ ${PEER}`];
const text = (value) => value.toLocaleString('en-US', { maximumSignificantDigits: 4 });
const withSpread = (value, [least, most]) => `${text(value)} (${text(least)} to ${text(most)})`;

/** Returns the table as Markdown: medians, and in parentheses the least and the greatest value. */
export function tableOf(lines) {
  const rows = lines.map(({ load, operation, value, ratio, spread: ranges }) => [
    load,
    operation,
    withSpread(value, ranges.value),
    withSpread(ratio, ranges.ratio),
  ]);
  return [COLUMNS, COLUMNS.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** Writes DATE-redis-cost.md and the raw results beside it; returns its path. */
export function write({ results, lines, words, notes, out, startedAt, seconds, before, after }) {
  const base = `${startedAt.toISOString().slice(0, 10)}-redis-cost`;
  const path = join(out, `${base}.md`);
  writeFileSync(
    path,
    `# What a play costs Redis

Command: \`${['node bench/redis-cost.mjs', ...words].join(' ')}\` on ${startedAt.toISOString()}, ${Math.round(seconds)} s, commit ${before.commit}.
${before.processor}, ${before.memory}, ${before.system}, ${before.redis}, Node ${before.node}. Load average before ${before.load}, after ${after.load}.

Redis' own processor time, user and system, of one operation on one of ${ROOMS} rooms of ${MEMBERS}: medians of ${lines[0].runs} turns, with the least and the greatest. A ratio is of the same turn.

${tableOf(lines)}

${notes.map((note) => `- ${note}\n`).join('')}
Raw results: [${base}.json.gz](${base}.json.gz).
`,
  );
  writeFileSync(join(out, `${base}.json.gz`), gzipSync(JSON.stringify({ results, machine: before })));
  return path;
}
