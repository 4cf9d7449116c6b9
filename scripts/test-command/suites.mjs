// The suites of the test command: what each runs, and where it leaves its report.
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readJson, readSurefire } from './reports.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const at = (...path) => join(root, ...path);

const maven = (module) => () => readSurefire(at(module, 'target', 'surefire-reports'));
const vitest = (file) => () => readJson(at('web', 'target', 'test-counts', file));
const counts = (file) => () => readJson(at('target', 'test-counts', file));

/** How to read the report of each suite, in the order of the last lines. */
export const REPORTS = {
  socketio: maven('socketio'),
  party: maven('party'),
  server: maven('server'),
  'bench/load': maven('bench/load'),
  web: vitest('unit.json'),
  browser: vitest('e2e.json'),
  firefox: vitest('firefox.json'),
  scripts: counts('scripts.json'),
  testkit: counts('testkit.json'),
  lab: counts('lab-unit.json'),
  'sync-lab': counts('lab.json'),
  'fault-unit': counts('faults-unit.json'),
  faults: counts('faults.json'),
  peer: counts('peer.json'),
  'bench-unit': counts('bench-unit.json'),
  bench: counts('bench.json'),
  'abuse-unit': counts('abuse-unit.json'),
  abuse: counts('abuse.json'),
  deploy: counts('deploy.json'),
};

const node = (...words) => ({ command: process.execPath, words });
const folderTests = (folder, file, ...server) => node('scripts/folder-tests.mjs', folder, file, ...server);

/** The suites that need no running server. */
export const UNIT_SUITES = [
  { name: 'web', command: 'npm', words: ['run', '--silent', 'verify'], cwd: at('web') },
  { name: 'scripts', ...folderTests('scripts/test-command/test', 'scripts.json') },
  { name: 'testkit', ...folderTests('testkit/test', 'testkit.json') },
  { name: 'lab', ...folderTests('bench/sync-lab/test', 'lab-unit.json') },
  { name: 'fault-unit', ...folderTests('bench/faults/test', 'faults-unit.json') },
  { name: 'peer', ...folderTests('bench/peer-node/test', 'peer.json') },
  { name: 'bench-unit', ...folderTests('bench/runner/test', 'bench-unit.json') },
  { name: 'abuse-unit', ...folderTests('bench/abuse/test', 'abuse-unit.json') },
];

/**
 * The suites that start servers, in groups that run one after the other, because most of them measure time on the machine's clock.
 * The suites of a group run side by side, two at a time: the tests of deploy/ mostly wait, and end before the browser tests that
 * compare players begin; quick benchmarks and attacks are judged by no time, and the quick bounds of faults are seconds.
 * @param server the command that starts the server
 */
export const serverSuites = (server) => [
  [
    { name: 'browser', ...node('scripts/e2e.mjs', 'e2e', ...server) },
    { name: 'deploy', ...folderTests('deploy/test', 'deploy.json', ...server) },
  ],
  [{ name: 'firefox', ...node('scripts/e2e.mjs', 'e2e:firefox', ...server) }],
  [
    { name: 'bench', ...node('bench/run.mjs', '--quick', '--json', '--', ...server) },
    { name: 'faults', ...node('bench/faults/run.mjs', '--quick', '--json', '--', ...server) },
    { name: 'abuse', ...node('bench/abuse.mjs', '--quick', '--json', '--', ...server) },
  ],
  [{ name: 'sync-lab', ...node('bench/sync-lab/run.mjs', '--quick', '--json', '--', ...server) }],
];
