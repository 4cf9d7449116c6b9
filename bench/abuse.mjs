// Attacks from one address while members watch. See abuse/README.md and --help.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { attackShortcomings } from './abuse/attacks/table.mjs';
import { HELP, readOptions } from './abuse/options.mjs';
import { jsonOf, line, table, write } from './abuse/report.mjs';
import { descriptionOf, Stage } from './abuse/stage.mjs';
import { heapShortcomings, shortcomings } from './abuse/verdict.mjs';
import { machine } from './runner/report.mjs';
import { writeCounts } from '../testkit/counts.mjs';
import { LAUNCHER } from '../testkit/server.mjs';

/** The first address of an attack; each has its own, so that no limit of the attack before holds for it. */
const FIRST_ADDRESS = 10;

let options;
try {
  options = readOptions(process.argv.slice(2));
} catch (problem) {
  console.error(`abuse: ${problem.message}`);
  process.exit(2);
}
if (options.help) {
  console.log(HELP);
  process.exit(0);
}

const closers = [];
async function closeAll() {
  while (closers.length > 0) await Promise.resolve(closers.pop()()).catch(() => undefined);
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
  process.once(signal, () => void closeAll().finally(() => process.exit(130)));

const { quick } = options;
const timed = !quick;
const say = options.json ? () => undefined : (text) => console.error(`abuse: ${text}`);
const program = options.program.length > 0 ? options.program : LAUNCHER;
const folder = mkdtempSync(join(tmpdir(), 'watchnchill-abuse-'));
const startedAt = new Date();
const begun = performance.now();
const before = machine(program);
const results = [];
const heaps = [];
const checks = [];
let lateMs = 0;
let stage = null;
let calm = null;
let number = 0;

function judged(name, why) {
  checks.push({ name, why });
  for (const text of why) console.error(`abuse: ${name}: FAILED: ${text}`);
}

function note(name, phase) {
  const why = shortcomings(phase, { calm, timed });
  if (phase.attack !== undefined) why.push(...attackShortcomings(name, phase.attack, quick));
  results.push({ name, phase, calm, why });
  judged(name, why);
  console.log(jsonOf(line({ name, phase, calm, why })));
}

async function begin() {
  stage = new Stage({ program, folder, quick, number: ++number, onClose: (close) => closers.push(close) });
  await stage.start(options.names);
  calm = await stage.calm();
  note(`calm ${number}, before`, calm);
}

async function end() {
  const found = await stage.settled(calm.heapMb);
  heaps.push(found);
  const why = heapShortcomings(found);
  say(`heap before ${found.beforeMb} MB, afterwards ${found.afterMb} MB (${found.waitedSeconds} s)`);
  judged(`heap ${number}`, why);
  note(`calm ${number}, afterwards`, await stage.calm());
  lateMs = Math.max(lateMs, stage.lateMs);
  await stage.end();
  stage = null;
}

async function attacked(name, n) {
  if (stage === null) await begin();
  say(`${name}: ${descriptionOf(name)}`);
  const phase = await stage.attacked(name, `127.0.0.${FIRST_ADDRESS + n}`);
  note(name, phase);
  if (phase.ailment !== null) {
    // A broken server cannot judge the next attack; that gets a new server.
    lateMs = Math.max(lateMs, stage.lateMs);
    await closeAll();
    stage = null;
  } else if (options.each) await end();
}

try {
  for (const [n, name] of options.names.entries()) await attacked(name, n);
  if (stage !== null) await end();
} catch (problem) {
  judged('the run', [problem.stack]);
} finally {
  await closeAll();
}

const failures = checks.filter(({ why }) => why.length > 0).map(({ name, why }) => ({ name, text: why.join('\n') }));
const failed = failures.length;
const counts = { passed: checks.length - failed, failed, failures };
if (!options.json) console.log(`\n${table(results)}\n`);
if (options.out !== undefined) {
  mkdirSync(options.out, { recursive: true });
  const seconds = (performance.now() - begun) / 1000;
  say(`written: ${write({ results, heaps, options, machine: { before, after: machine(program) }, startedAt, seconds, lateMs })}`);
}
if (failed > 0 || options.keep) console.error(`abuse: the servers' logs are in ${folder}`);
else rmSync(folder, { recursive: true, force: true });
if (quick) writeCounts('abuse.json', counts);
console.log(`${counts.passed} passed, ${counts.failed} failed`);
process.exit(failed === 0 ? 0 : 1);
