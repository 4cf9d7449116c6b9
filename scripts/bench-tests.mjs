// Runs the own tests of a tool below bench/ with Node's runner, and leaves their counts where count-tests.mjs finds them.
// Usage: node scripts/bench-tests.mjs <tool> <file of the counts>
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { run } from 'node:test';
import { fileURLToPath } from 'node:url';
import { writeCounts } from '../bench/sync-lab/report/verdicts.mjs';

const [tool, countsFile] = process.argv.slice(2);
const root = fileURLToPath(new URL('..', import.meta.url));
const folder = join(root, 'bench', tool, 'test');
const files = readdirSync(folder)
  .filter((name) => name.endsWith('.test.mjs'))
  .map((name) => join(folder, name));

const sum = { passed: 0, failed: 0, skipped: 0 };
const stream = run({ files, concurrency: true });
// Some versions of Node report a whole file as a test as well.
const isFile = ({ name }) => name.endsWith('.test.mjs');
stream.on('test:pass', (test) => {
  if (isFile(test)) return;
  if (test.skip !== undefined || test.todo !== undefined) sum.skipped++;
  else sum.passed++;
});
stream.on('test:fail', (test) => {
  sum.failed++;
  console.error(`${tool}: FAILED: ${test.name}\n${test.details.error?.cause?.stack ?? test.details.error}`);
});
stream.on('end', () => {
  writeCounts(root, countsFile, sum);
  console.log(`${tool}: ${sum.passed} passed, ${sum.failed} failed, ${sum.skipped} skipped`);
  process.exit(sum.failed === 0 && sum.passed > 0 ? 0 : 1);
});
stream.resume();
