// The first half of the test command: builds everything, and runs the tests that need no running server.
// Usage: node scripts/test-build.mjs [words for Maven]
// Exit codes: 0 when all held, 1 when something failed, 2 when there is no server to test.
import { closeSync, mkdirSync, openSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { runMaven } from './test-command/maven.mjs';
import { logOf, printBroken, printSuite, root, runSuite } from './test-command/print.mjs';
import { UNIT_SUITES } from './test-command/suites.mjs';

const MODULES = ['socketio', 'party', 'server', 'bench/load'];
const STARTED = ['server', 'bench/load'];

/** Old reports must not be counted again, and libraries of an earlier version must not lie beside the new ones. */
function removeOldFiles() {
  for (const folder of ['target/test-counts', 'web/target/test-counts'])
    rmSync(join(root, folder), { recursive: true, force: true });
  for (const module of MODULES) rmSync(join(root, module, 'target/surefire-reports'), { recursive: true, force: true });
  for (const module of STARTED) rmSync(join(root, module, 'target/app/lib'), { recursive: true, force: true });
}

/**
 * Builds and tests the Maven modules, and notes the time of the build for the launcher.
 * @param onClient is called when the web client has been built
 */
async function buildModules(onClient) {
  const words = process.argv.slice(2);
  let shown = false;
  const onModule = (name, seconds) => (shown = printSuite(name, seconds) || shown);
  const { built, errors } = await runMaven({ words, log: logOf('maven'), cwd: root, onModule, onClient });
  if (errors.length > 0 && built) printBroken('maven', 'not all tests held', shown ? '' : errors.join('\n'));
  else if (!built) printBroken('maven', 'not everything could be built', errors.join('\n'));
  if (built) for (const module of STARTED) closeSync(openSync(join(root, module, 'target/app/built'), 'w'));
  return { built, held: errors.length === 0 };
}

mkdirSync(join(root, 'target'), { recursive: true });
removeOldFiles();
console.log('Building and testing (a first build also fetches libraries) ...');
let built;
const client = new Promise((resolve) => {
  built = buildModules(resolve);
});
// The tests of the server mostly wait, so the suites that need only the client run beside them.
await Promise.race([client, built]);
let held = true;
for (const suite of UNIT_SUITES) held = (await runSuite(suite)) && held;
const modules = await built;
process.exitCode = !modules.built ? 2 : held && modules.held ? 0 : 1;
