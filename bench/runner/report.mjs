// The report of a benchmark: a table, a line of JSON for each figure, a file with machine and date, and the raw results.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { cpus, loadavg, release, totalmem, type } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { line } from './statistics.mjs';
import { verdict } from './targets.mjs';
import { javaProgram } from './java.mjs';

const COLUMNS = ['figure', 'unit', 'ours', 'peer', 'ours / peer', 'target', ''];
const NOTHING = '–';

const text = (value) => (value === null ? NOTHING : value.toLocaleString('en-US', { maximumSignificantDigits: 4 }));
const within = (spread) => (spread === null ? '' : ` (${text(spread[0])} to ${text(spread[1])})`);
const judged = (held) => {
  if (held === undefined) return ['', ''];
  return [held.description, held.holds === null ? 'not measured' : held.holds ? 'yes' : '**no**'];
};

/** Returns one row for each figure: medians, and in parentheses the least and the greatest value. */
export function rowsOf(figures) {
  return figures.map((figure) => {
    const { unit, ours, peer, ratio, spread } = line(figure);
    const cells = [text(ours) + within(spread.ours), text(peer) + within(spread.peer), text(ratio) + within(spread.ratio)];
    return [figure.figure, unit, ...cells, ...judged(verdict(figure))];
  });
}

/** Returns the table as Markdown. */
export function markdown(figures) {
  const rows = [COLUMNS, COLUMNS.map(() => '---'), ...rowsOf(figures)];
  return rows.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** Returns the table for a terminal. */
export function plain(figures) {
  const rows = [COLUMNS, ...rowsOf(figures)];
  const widths = COLUMNS.map((_, n) => Math.max(...rows.map((cells) => cells[n].length)));
  return rows
    .map((cells) =>
      cells
        .map((cell, n) => cell.padEnd(widths[n]))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function firstLine(command, ...words) {
  try {
    const options = { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], timeout: 20_000 };
    return execFileSync(command, words, options).trim().split('\n')[0];
  } catch {
    return 'unknown';
  }
}

export function machine(program) {
  return {
    processor: `${cpus().length} × ${cpus()[0].model.trim()}`,
    memory: `${Math.round(totalmem() / 2 ** 30)} GB`,
    system: `${type()} ${release()}`,
    java: firstLine(javaProgram(), '--version'),
    redis: firstLine('redis-server', '--version').replace(/ sha=.*/, ''),
    node: process.version,
    commit: firstLine('git', '-C', import.meta.dirname, 'describe', '--always', '--dirty'),
    flags: program.filter((word) => word.startsWith('-X')).join(' '),
    load: loadavg()
      .map((value) => value.toFixed(2))
      .join(' '),
  };
}

/** Writes the report of a scenario: DATE-bench-NAME.md, and the raw results beside it. */
export function write({ name, description, figures, problems, notes, raw, startedAt, seconds, options, before, after }) {
  const base = `${startedAt.toISOString().slice(0, 10)}-bench-${name}`;
  const path = join(options.out, `${base}.md`);
  const words = ['bench', name, '--runs', options.runs, ...(options.quick ? ['--quick'] : [])];
  if (options.stores.length === 1) words.push('--store', options.stores[0]);
  const listed = (title, texts) =>
    texts.length === 0 ? '' : `\n${title}:\n\n${texts.map((one) => `- ${one.split('\n')[0]}`).join('\n')}\n`;
  writeFileSync(
    path,
    `# Bench: ${name}

${description}.

Command: \`./watchnchill ${words.join(' ')}\` on ${startedAt.toISOString()}, ${Math.round(seconds)} s, commit ${before.commit}.
${before.processor}, ${before.memory}, ${before.system}, ${before.java}, ${before.redis}, Node ${before.node}. Load average before ${before.load}, after ${after.load}.
JVM: \`${before.flags}\`. Servers, Redis and the load generator ran on this machine. The peer is bench/peer-node, written by us.

Medians of ${options.runs} repetitions, in parentheses the least and the most; the ratio is the median of the repetitions' ratios.

${markdown(figures)}
${listed('To know', notes)}${listed('Not everything went well', problems)}
Raw results: [${base}.json.gz](${base}.json.gz).
`,
  );
  writeFileSync(
    join(options.out, `${base}.json.gz`),
    gzipSync(JSON.stringify({ figures, raw, problems, notes, machine: before })),
  );
  return path;
}
