// The benchmark: this server beside the peer. See README.md and --help.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Bench } from './runner/bench.mjs';
import { HELP, readOptions, storesOf } from './runner/options.mjs';
import { machine, plain, write } from './runner/report.mjs';
import { SCENARIOS } from './runner/scenarios/table.mjs';
import { line } from './runner/statistics.mjs';
import { writeCounts } from '../testkit/counts.mjs';
import { LAUNCHER } from '../testkit/server.mjs';

let options;
try {
  options = readOptions(process.argv.slice(2));
} catch (problem) {
  console.error(`bench: ${problem.message}`);
  process.exit(2);
}
if (options.help) {
  console.log(HELP);
  process.exit(0);
}

const say = options.json ? () => undefined : (text) => console.error(`bench: ${text}`);
const program = options.program.length > 0 ? options.program : LAUNCHER;
let bench;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
  process.once(signal, () => void Promise.resolve(bench?.close()).finally(() => process.exit(130)));

async function measure(name) {
  const folder = mkdtempSync(join(tmpdir(), `watchnchill-bench-${name}-`));
  const { description, run } = SCENARIOS[name];
  const startedAt = new Date();
  const begun = performance.now();
  const before = machine(program);
  bench = new Bench({ program, folder, options, say });
  let figures = [];
  try {
    figures = await run(bench, storesOf(name, options));
  } catch (problem) {
    bench.problems.push(`${name}: ${problem.stack}`);
    console.error(`bench: ${name}: ${problem.stack}`);
  } finally {
    await bench.close();
  }
  const { problems, notes, raw } = bench;
  const seconds = (performance.now() - begun) / 1000;
  if (!options.json) console.log(`\n${name}: ${description} (${Math.round(seconds)} s)\n\n${plain(figures)}\n`);
  for (const figure of figures) console.log(JSON.stringify(line({ scenario: name, ...figure })));
  if (options.out !== undefined) {
    const after = machine(program);
    say(`written: ${write({ name, description, figures, problems, notes, raw, startedAt, seconds, options, before, after })}`);
  }
  if (problems.length > 0 || options.keep) console.error(`bench: ${name}: the servers' logs are in ${folder}`);
  else rmSync(folder, { recursive: true, force: true });
  if (figures.length === 0) problems.push(`${name}: there are no figures`);
  return { name, problems };
}

if (options.out !== undefined) mkdirSync(options.out, { recursive: true });
const measured = [];
for (const name of options.names) measured.push(await measure(name));
const failures = measured
  .filter(({ problems }) => problems.length > 0)
  .map(({ name, problems }) => ({ name, text: problems.join('\n') }));
const failed = failures.length;
if (options.quick) writeCounts('bench.json', { passed: measured.length - failed, failed, failures });
process.exit(failed === 0 ? 0 : 1);
