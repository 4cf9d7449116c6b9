// The sync lab: how well N real pages keep step, beside the original's algorithm. See README.md and --help.
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { HELP, readOptions, runsOf } from './options.mjs';
import { Overloaded, runLab } from './play/lab.mjs';
import { makeLibrary } from './play/library.mjs';
import { writeCounts } from '../../testkit/counts.mjs';
import { Server } from '../../testkit/server.mjs';
import { machine } from './report/machine.mjs';
import { lastLine, writeReport } from './report/report.mjs';
import { judge } from './report/verdicts.mjs';
import { summary } from './figures/figures.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
const closers = [];
const onClose = (close) => closers.push(close);

/** Ends what was started, the last first, and leaves the first `keep`. */
async function closeDownTo(keep) {
  while (closers.length > keep) await Promise.resolve(closers.pop()()).catch(() => undefined);
}

let closing;
const closeAll = () => (closing ??= closeDownTo(0));

let options;
try {
  options = readOptions(process.argv.slice(2));
} catch (problem) {
  console.error(`sync-lab: ${problem.message}`);
  process.exit(2);
}
if (options.help) {
  console.log(HELP);
  process.exit(0);
}
const say = options.json ? () => undefined : (text) => console.log(`sync-lab: ${text}`);
let interrupted = false;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.once(signal, () => {
    interrupted = true;
    void closeAll().finally(() => process.exit(130));
  });
}

async function oneRun(profile, pages, origin) {
  const before = machine();
  const startedAt = new Date();
  say(`${profile}, ${pages} pages, seed ${options.seed}`);
  const result = await runLab({
    profile,
    pages,
    origin,
    options,
    onClose,
    say,
  });
  const ours = summary(result.blocks.ours);
  const original = options.original ? summary(result.blocks.original) : null;
  const report = {
    result,
    ours,
    original,
    options,
    startedAt,
    machine: { before, after: machine() },
  };
  if (options.quick) {
    const counts = judge(ours, say);
    writeCounts('lab.json', counts);
    process.exitCode = counts.failed === 0 ? 0 : 1;
  }
  if (!options.quick) say(`written: ${writeReport(report, options.out ?? join(root, 'bench', 'results')).join(', ')}`);
  console.log(JSON.stringify(lastLine(report)));
}

try {
  let origin = process.env.BASE_URL?.replace(/\/$/, '');
  if (origin === undefined || origin === '') {
    const films = options.film === null ? null : await makeLibrary();
    if (films !== null) onClose(() => films.remove());
    const server = new Server({
      words: films === null ? [] : ['--media', films.folder],
      ...(options.server.length > 0 ? { command: options.server } : {}),
      // All pages of the lab come from one address.
      environment: { RATE_LIMIT_SOCKET_MAX_PER_IP: '200' },
    });
    onClose(() => server.stop());
    await server.start();
    origin = server.url;
  }
  // Twitch plays on pages of a named host only.
  if (options.player === 'twitch') origin = origin.replace('127.0.0.1', 'localhost');
  for (const [profile, pages] of runsOf(options)) {
    try {
      await oneRun(profile, pages, origin);
    } catch (problem) {
      if (!(problem instanceof Overloaded)) throw problem;
      say(`this machine is too slow for ${pages} pages (${problem.message}): 4 pages instead`);
      // The server stays.
      await closeDownTo(process.env.BASE_URL ? 0 : 1);
      await oneRun(profile, 4, origin);
    }
  }
} catch (problem) {
  if (!interrupted) console.error(`sync-lab: ${problem.stack ?? problem}`);
  process.exitCode = 1;
} finally {
  await closeAll();
}
// Pending operations of a failed run are not awaited.
process.exit();
