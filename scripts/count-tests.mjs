// Adds up what all the test runners of the project have reported, and ends with one line of counts.
// Usage: node scripts/count-tests.mjs [1 when a runner has failed, else 0] [what the tests of deploy/ lack, or nothing]
//   [what the Firefox suite lacks, or nothing]
import { fileURLToPath } from 'node:url';
import { firefoxLeftOut, firefoxSuiteSize } from '../web/e2e/support/firefox-tests.mjs';
import { REPORTS } from './test-command/suites.mjs';

const NAMES_MAX = 20;

/**
 * Prints the counts of each suite, the names of the failed tests, and the sums.
 * @param failed whether something failed that no report names
 * @param lacking why the tests of deploy/ did not run, or nothing
 * @param noFirefox why the Firefox suite did not run, or nothing: its tests count as skipped
 * @returns the exit code: 0 when all went well
 */
export function printCounts({ failed, lacking = '', noFirefox = '' }) {
  const total = { passed: 0, failed: 0, skipped: 0 };
  const names = [];
  const silent = [];
  console.log();
  for (const [name, read] of Object.entries(REPORTS)) {
    if (name === 'deploy' && lacking !== '') {
      console.log(`${name.padEnd(10)} not run: ${lacking}`);
      continue;
    }
    if (name === 'firefox' && noFirefox !== '') {
      console.log(`${name.padEnd(10)} ${firefoxSuiteSize()} skipped: ${noFirefox}`);
      total.skipped += firefoxSuiteSize();
      continue;
    }
    const report = read();
    console.log(`${name.padEnd(10)} ${report.passed} passed, ${report.failed} failed, ${report.skipped} skipped`);
    for (const key of Object.keys(total)) total[key] += report[key];
    for (const failure of report.failures) names.push(`${name}: ${failure.name}`);
    if (report.passed + report.failed === 0) silent.push(name);
  }
  console.log(`${firefoxLeftOut().length} of the browser tests cannot run in Firefox: web/e2e/support/firefox-tests.mjs says why`);
  for (const name of names.slice(0, NAMES_MAX)) console.log(`failed: ${name}`);
  if (names.length > NAMES_MAX) console.log(`failed: ${names.length - NAMES_MAX} more`);
  if (silent.length > 0) console.log(`no tests ran in: ${silent.join(', ')}`);
  const bad = failed || total.failed > 0 || silent.length > 0;
  if (bad && total.failed === 0) total.failed = 1; // a build or a runner that failed without a report
  console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
  return bad ? 1 : 0;
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  process.exitCode = printCounts({ failed: (process.argv[2] ?? '0') !== '0', lacking: process.argv[3], noFirefox: process.argv[4] });
