// Reports the outcome of a fault as sentences, as one line of JSON, and as a table.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { cpus, loadavg, release, type } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const count = (list) => (Array.isArray(list) ? list.length : list);

/** Returns why an outcome is not good enough, as sentences; empty when it is. */
export function shortcomings(outcome, bounds) {
  if (outcome.skipped !== undefined) return [];
  if (outcome.broken !== undefined) return [outcome.broken];
  const { verdict, answered, problems } = outcome;
  const why = [...verdict.lost, ...verdict.duplicated, ...verdict.reordered, ...problems];
  if (verdict.acknowledged === 0) why.push('nothing was acknowledged');
  if (verdict.acknowledged < verdict.sent / 2) why.push(`only ${verdict.acknowledged} of ${verdict.sent} were acknowledged`);
  if (verdict.resyncMs === null) why.push('a member never had a message that was sent after the recovery');
  else if (verdict.resyncMs > bounds.resyncMs) why.push(`back after ${verdict.resyncMs} ms, more than ${bounds.resyncMs}`);
  if (answered.slowestMs > bounds.answerMs) why.push(`an answer took ${answered.slowestMs} ms, more than ${bounds.answerMs}`);
  return why;
}

/** Sums up an outcome in sentences. */
export function sumUp(outcome) {
  if (outcome.skipped !== undefined) return [`not run: ${outcome.skipped}`];
  if (outcome.broken !== undefined) return [];
  const { sent, acknowledged, delivered, lost, duplicated, reordered, resyncMs } = outcome.verdict;
  const figures = `sent ${sent}, acknowledged ${acknowledged}, delivered ${delivered}, lost ${count(lost)}`;
  return [
    `${figures}, duplicated ${count(duplicated)}, reordered ${count(reordered)}, back after ${resyncMs} ms`,
    ...outcome.notes,
  ];
}

export function lastLine({ name, outcome }) {
  if (outcome.verdict === undefined) return { fault: name, [outcome.skipped === undefined ? 'broken' : 'skipped']: true };
  const { sent, acknowledged, lost, duplicated, reordered, resyncMs } = outcome.verdict;
  return {
    fault: name,
    sent,
    acknowledged,
    lost: count(lost),
    duplicated: count(duplicated),
    reordered: count(reordered),
    resyncMs,
  };
}

/** Writes all records, so that they can be judged again. */
export function writeRecords({ name, outcome, why }, folder) {
  if (outcome.records === undefined) return;
  const { records, marks, problems } = outcome;
  writeFileSync(join(folder, `${name}.json.gz`), gzipSync(JSON.stringify({ marks, why, problems, records })));
}

function firstLine(command, args) {
  try {
    return execFileSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], timeout: 20_000 })
      .trim()
      .split('\n')[0];
  } catch {
    return 'unknown';
  }
}

export function machine() {
  const home = process.env.JAVA_HOME;
  return {
    processor: `${cpus().length} × ${cpus()[0].model.trim()}`,
    system: `${type()} ${release()}`,
    java: firstLine(home ? `${home}/bin/java` : 'java', ['--version']),
    redis: firstLine('redis-server', ['--version']).replace(/ sha=.*/, ''),
    node: process.version,
    commit: firstLine('git', ['-C', import.meta.dirname, 'describe', '--always', '--dirty']),
    load: loadavg()
      .map((value) => value.toFixed(2))
      .join(' '),
  };
}

export function table(results) {
  const rows = results.map(({ name, description, outcome, why }) => {
    if (outcome.verdict === undefined)
      return `| ${name} | ${description} | ${outcome.skipped ? `not run: ${outcome.skipped}` : 'did not get through'} |`;
    const { sent, acknowledged, delivered, lost, duplicated, reordered, resyncMs, resyncExtendedMs } = outcome.verdict;
    const back = `${resyncMs ?? 'never'}${resyncExtendedMs === undefined ? '' : ` (${resyncExtendedMs ?? 'never'})`}`;
    const refused = outcome.answered.refused ?? '';
    const figures = [
      sent,
      acknowledged,
      refused,
      delivered,
      count(lost),
      count(duplicated),
      count(reordered),
      back,
      outcome.answered.slowestMs,
    ];
    return `| ${[name, description, ...figures, why.length === 0 ? 'holds' : `**fails** (${why.length})`].join(' | ')} |`;
  });
  return [
    '| fault | | sent | acknowledged | rejected | delivered | lost | duplicated | reordered | back after, ms (with extensions) | slowest answer, ms | |',
    '|---|---|---|---|---|---|---|---|---|---|---|---|',
    ...rows,
  ].join('\n');
}

/** Writes the table; returns its path. */
export function writeTable({ results, options, machine: { before, after } }) {
  const date = results[0].startedAt.toISOString().slice(0, 10);
  const path = join(options.out, `${date}-faults${options.quick ? '-quick' : ''}.md`);
  const details = results.map(({ name, outcome }) =>
    [`### ${name}`, '', ...sumUp(outcome).map((text) => `- ${text}`), ''].join('\n'),
  );
  const text = `# What is lost when a part dies

Command: \`./watchnchill faults ${[...options.names, ...(options.quick ? ['--quick'] : [])].join(' ')}\` on ${results[0].startedAt.toISOString()}, commit ${before.commit}.
${before.processor}, ${before.system}, ${before.java}, ${before.redis}, Node ${before.node}. Load average before ${before.load}, after ${after.load}.
All servers, Redis and all clients ran on this machine. Bounds: ${options.bounds.resyncMs} ms until all are back, ${options.bounds.answerMs} ms for an answer.

${table(results)}

${details.join('\n')}`;
  writeFileSync(path, text);
  return path;
}
