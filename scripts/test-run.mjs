// The second half of the test command: runs the suites that need a running server, and prints the counts of both halves.
// Usage: node scripts/test-run.mjs <exit code of test-build.mjs> <what the tests of deploy/ lack, or nothing> <what the Firefox suite lacks, or nothing> <command that starts the server> [arguments]
import { printCounts } from './count-tests.mjs';
import { runSideBySide } from './test-command/print.mjs';
import { serverSuites } from './test-command/suites.mjs';

const [before, lacking, noFirefox, ...server] = process.argv.slice(2);
const leftOut = { deploy: lacking !== '', firefox: noFirefox !== '' };
const groups = serverSuites(server).map((group) => group.filter(({ name }) => !leftOut[name]));
let held = before === '0';
if (before === '0' || before === '1') for (const group of groups) held = (await runSideBySide(group)) && held;
else {
  const names = groups.flat().map(({ name }) => name);
  console.log(`\nNot run, because the server could not be built: ${names.join(', ')}`);
}
process.exitCode = printCounts({ failed: !held, lacking, noFirefox });
