// The fault suite: what is lost when a part fails. See README.md and --help.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FAULTS } from './faults/table.mjs';
import { HELP, readOptions } from './options.mjs';
import { lastLine, machine, shortcomings, sumUp, writeRecords, writeTable } from './report.mjs';
import { writeCounts } from '../../testkit/counts.mjs';
import { LAUNCHER } from '../../testkit/server.mjs';

const WHY_MAX = 12;

let closers = [];
/** Ends what was started, the last one first. */
async function closeAll() {
  const open = closers;
  closers = [];
  while (open.length > 0) await Promise.resolve(open.pop()()).catch(() => undefined);
}

let options;
try {
  options = readOptions(process.argv.slice(2));
} catch (problem) {
  console.error(`faults: ${problem.message}`);
  process.exit(2);
}
if (options.help) {
  console.log(HELP);
  process.exit(0);
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
  process.once(signal, () => void closeAll().finally(() => process.exit(130)));

const say = options.json ? () => undefined : (text) => console.log(`faults: ${text}`);
const program = options.program.length > 0 ? options.program : LAUNCHER;

async function oneFault(name) {
  const folder = mkdtempSync(join(tmpdir(), `watchnchill-faults-${name}-`));
  const startedAt = new Date();
  say(`${name}: ${FAULTS[name].description}`);
  let outcome;
  try {
    outcome = await FAULTS[name].run({ program, folder, quick: options.quick, say, onClose: (close) => closers.push(close) });
  } catch (problem) {
    outcome = { broken: problem.stack ?? String(problem) };
  } finally {
    await closeAll();
  }
  const why = shortcomings(outcome, options.bounds);
  for (const text of sumUp(outcome)) say(`${name}: ${text}`);
  for (const text of why.slice(0, WHY_MAX)) console.error(`faults: ${name}: FAILED: ${text}`);
  if (why.length > WHY_MAX) console.error(`faults: ${name}: FAILED: and ${why.length - WHY_MAX} more`);
  if (why.length > 0 || options.keep) console.error(`faults: ${name}: the servers' logs are in ${folder}`);
  else rmSync(folder, { recursive: true, force: true });
  const result = { name, description: FAULTS[name].description, startedAt, outcome, why };
  if (options.out !== undefined) writeRecords(result, options.out);
  console.log(JSON.stringify(lastLine(result)));
  return result;
}

if (options.out !== undefined) mkdirSync(options.out, { recursive: true });
const before = machine();
const results = [];
for (const name of options.names) results.push(await oneFault(name));
const failures = results.filter(({ why }) => why.length > 0).map(({ name, why }) => ({ name, text: why.join('\n') }));
const failed = failures.length;
const skipped = results.filter(({ outcome }) => outcome.skipped !== undefined).length;
const passed = results.length - failed - skipped;
if (options.quick) writeCounts('faults.json', { passed, failed, skipped, failures });
if (options.out !== undefined) say(`written: ${writeTable({ results, options, machine: { before, after: machine() } })}`);
process.exit(failed === 0 ? 0 : 1);
