// Runs the tests of a folder with Node's runner, and leaves their counts where count-tests.mjs finds them.
// Usage: node scripts/folder-tests.mjs <folder, from the root> <file of the counts> [command that starts the server, for tests that need one]
import { readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { run } from 'node:test';
import { fileURLToPath } from 'node:url';
import { writeCounts } from '../testkit/counts.mjs';

const [tests, countsFile, ...command] = process.argv.slice(2);
process.env.WATCHNCHILL_COMMAND = JSON.stringify(command);
const folder = fileURLToPath(new URL(`../${tests}`, import.meta.url));
const files = readdirSync(folder)
  .filter((name) => name.endsWith('.test.mjs'))
  .map((name) => join(folder, name));

const sum = { passed: 0, failed: 0, skipped: 0, failures: [] };
// Tests that start servers mostly wait: for proxies to notice a lost instance, or for the next ping.
const concurrency = command.length > 0 ? Math.max(2, availableParallelism()) : true;
const stream = run({ files, concurrency });
// Some versions of Node report a whole file as a test as well, and a group of tests as one more.
const isTest = ({ name, details }) => !name.endsWith('.test.mjs') && details.type !== 'suite';
stream.on('test:pass', (test) => {
  if (!isTest(test)) return;
  if (test.skip !== undefined || test.todo !== undefined) sum.skipped++;
  else sum.passed++;
});
stream.on('test:fail', (test) => {
  // A file or a group that fails only because of one of its tests is not one more.
  if (!isTest(test) && test.details.error?.failureType === 'subtestsFailed') return;
  sum.failed++;
  const text = String(test.details.error?.cause?.stack ?? test.details.error);
  sum.failures.push({ name: test.name, text });
  console.error(`${tests}: FAILED: ${test.name}\n${text}`);
});
stream.on('end', () => {
  writeCounts(countsFile, sum);
  console.log(`${tests}: ${sum.passed} passed, ${sum.failed} failed, ${sum.skipped} skipped`);
  process.exit(sum.failed === 0 && sum.passed > 0 ? 0 : 1);
});
stream.resume();
