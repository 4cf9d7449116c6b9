// Adds up what all the test runners of the project have reported, and ends with one line of counts.
// Usage: node scripts/count-tests.mjs <1 when a runner has failed, else 0> <what the tests of deploy/ lack, or nothing>
import { readdirSync, readFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const NAMES_MAX = 20;
const root = fileURLToPath(new URL('..', import.meta.url));
const rows = [];
/** What failed, by name: whoever sees only the end of the output needs no more. */
const names = [];

for (const module of ['socketio', 'party', 'server', 'bench/load']) {
  const folder = join(root, module, 'target', 'surefire-reports');
  const sum = { name: module, passed: 0, failed: 0, skipped: 0 };
  for (const file of existsSync(folder) ? readdirSync(folder) : []) {
    if (!/^TEST-.*\.xml$/.test(file)) continue;
    const report = readFileSync(join(folder, file), 'utf8');
    const suite = /<testsuite [^>]*>/.exec(report)?.[0] ?? '';
    const count = (name) => Number(new RegExp(` ${name}="(\\d+)"`).exec(suite)?.[1] ?? 0);
    const failed = count('failures') + count('errors');
    sum.failed += failed;
    sum.skipped += count('skipped');
    sum.passed += count('tests') - failed - count('skipped');
    for (const [, test] of report.matchAll(/<testcase ([^>]*[^>/])>\s*<(?:failure|error)\b/g)) {
      const [, name] = /\bname="([^"]*)"/.exec(test) ?? [];
      names.push(`${module}: ${file.slice('TEST-'.length, -'.xml'.length)} ${name ?? ''}`);
    }
  }
  rows.push(sum);
}
for (const [name, ...file] of [
  ['web', 'web', 'target', 'test-counts', 'unit.json'],
  ['browser', 'web', 'target', 'test-counts', 'e2e.json'],
  ['lab', 'target', 'test-counts', 'lab-unit.json'],
  ['sync-lab', 'target', 'test-counts', 'lab.json'],
  ['fault-unit', 'target', 'test-counts', 'faults-unit.json'],
  ['faults', 'target', 'test-counts', 'faults.json'],
  ['peer', 'target', 'test-counts', 'peer.json'],
  ['bench-unit', 'target', 'test-counts', 'bench-unit.json'],
  ['bench', 'target', 'test-counts', 'bench.json'],
  ['abuse-unit', 'target', 'test-counts', 'abuse-unit.json'],
  ['abuse', 'target', 'test-counts', 'abuse.json'],
  ['deploy', 'target', 'test-counts', 'deploy.json'],
]) {
  const path = join(root, ...file);
  const report = existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : {};
  const ofSuites = (report.testResults ?? []).flatMap((suite) => suite.assertionResults ?? []);
  const failed = ofSuites.filter((test) => test.status === 'failed').map((test) => test.fullName);
  for (const test of [...failed, ...(report.failed ?? [])]) names.push(`${name}: ${test}`);
  rows.push({
    name,
    passed: report.numPassedTests ?? 0,
    failed: report.numFailedTests ?? 0,
    skipped: (report.numPendingTests ?? 0) + (report.numTodoTests ?? 0),
  });
}

const total = { passed: 0, failed: 0, skipped: 0 };
console.log();
const lacking = process.argv[3] ?? '';
for (const row of rows) {
  if (row.name === 'deploy' && lacking !== '') {
    console.log(`deploy     not run: ${lacking}`);
    continue;
  }
  console.log(`${row.name.padEnd(10)} ${row.passed} passed, ${row.failed} failed, ${row.skipped} skipped`);
  for (const key of Object.keys(total)) total[key] += row[key];
}
for (const name of names.slice(0, NAMES_MAX)) console.log(`failed: ${name}`);
if (names.length > NAMES_MAX) console.log(`failed: ${names.length - NAMES_MAX} more`);
const silent = rows
  .filter((row) => row.passed + row.failed === 0 && !(row.name === 'deploy' && lacking !== ''))
  .map((row) => row.name);
if (silent.length > 0) console.log(`no tests ran in: ${silent.join(', ')}`);
const failed = process.argv[2] !== '0' || total.failed > 0 || silent.length > 0;
if (failed && total.failed === 0) total.failed = 1; // a build or a runner that failed without a report
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exit(failed ? 1 : 0);
