// Where the CPU time of a message goes, by perf: the kernel, the JVM, and our code. See README.md.
import { execFile, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { Bench } from './runner/bench.mjs';
import { javaProgram, requireJava } from './runner/java.mjs';
import { cpuPerDelivered, perViewerHour } from './runner/phases.mjs';
import { shares } from './runner/profile.mjs';
import { machine } from './runner/report.mjs';
import { STEADY } from './runner/steady.mjs';
import { offBeat } from './runner/turns.mjs';

const USAGE = `node bench/profile.mjs rooms|hall|watch [--store memory|redis] [--rate N] [--warm-up SECONDS] [--seconds SECONDS] [--samples FILE]

Plays that scenario against this folder's build and samples the server with perf (Linux; as root, or with
kernel.perf_event_paranoid at 1 or less). FILE keeps what was sampled, as perf script prints it.`;
/** JVM options with which perf sees compiled methods and their callers. */
const PERF_OPTIONS = '-XX:+PreserveFramePointer -XX:+UnlockDiagnosticVMOptions -XX:+DumpPerfMapAtExit';
/** It delivers no messages, so it is no scenario of compare.mjs; the rate is that of the first three minutes. */
const WATCH = { rate: 100, options: { rooms: 200, members: 10, clients: 'ours', steps: 'requested' } };
const PER_SECOND = 1999;
const BUFFER_BYTES = 1 << 30;

const [scenario, ...words] = process.argv.slice(2);
const load = { ...STEADY, watch: WATCH }[scenario];
const options = { store: 'memory', rate: load?.rate, 'warm-up': 60, seconds: 10 };
while (words.length > 0) {
  const name = /^--(store|rate|warm-up|seconds|samples)$/.exec(words.shift())?.[1];
  const value = words.shift();
  if (name === undefined || value === undefined) options.misread = true;
  else options[name] = ['store', 'samples'].includes(name) ? value : Number(value);
}
const sound = ['rate', 'warm-up', 'seconds'].every((name) => options[name] > 0) && ['memory', 'redis'].includes(options.store);
if (load === undefined || options.misread || !sound) {
  console.error(USAGE);
  process.exit(2);
}
requireJava('profile');
try {
  execFileSync('perf', ['--version']);
} catch {
  console.error('profile: perf is missing (Debian: apt-get install linux-perf)');
  process.exit(1);
}

const folder = mkdtempSync(join(tmpdir(), 'watchnchill-profile-'));
const recorded = join(folder, 'perf.data');
const say = (text) => console.error(`profile: ${text}`);
const bench = new Bench({ program: [], folder, options: { runs: 1 }, say });
const sides = {
  ours: {
    side: 'ours',
    store: options.store,
    program: [resolve(import.meta.dirname, '..', 'watchnchill'), 'start'],
    environment: { ours: { JAVA_OPTS: PERF_OPTIONS } },
  },
};
const rate = offBeat(options.rate);
const play = { scenario, options: load.options };
const { results } = await bench.turns('profile', sides, play, async (turns) => {
  await turns.warmUp([{ rate, seconds: options['warm-up'] }]);
  return {
    results: await turns.once('sampled', async (generator, _, [{ pid }]) => {
      const perf = spawn('perf', ['record', '-F', PER_SECOND, '-e', 'cpu-clock', '-g', '-p', pid, '-o', recorded], {
        stdio: 'ignore',
      });
      const phase = await generator.phase({ rate, seconds: options.seconds });
      perf.kill('SIGINT');
      await once(perf, 'close');
      return phase;
    }),
  };
});
await bench.close();
if (bench.problems.length > 0) process.exit(1);

const fields = ['script', '-i', recorded, '-F', 'comm,ip,sym,dso'];
const { stdout } = await promisify(execFile)('perf', fields, { maxBuffer: BUFFER_BYTES });
if (options.samples !== undefined) writeFileSync(options.samples, stdout);
rmSync(folder, { recursive: true });
const { commit, ...rest } = machine([javaProgram()]);
console.log(
  `${scenario}, ${options.store}, ${rate} commands/s, ${options['warm-up']} s warm; ${new Date().toISOString()}, ${commit}`,
);
console.log(JSON.stringify(rest));
const { rooms, members } = load.options;
const [cpu, unit, what] =
  scenario === 'watch'
    ? [perViewerHour(results.ours, rooms * members).cpuSeconds * 1e3, 'ms', 'a viewer-hour']
    : [cpuPerDelivered(results.ours), 'µs', 'a delivered message'];
console.log(`${cpu.toFixed(1)} ${unit} of CPU for ${what} (sampling included), of which:`);
for (const [part, share] of shares(stdout))
  console.log(`${(100 * share).toFixed(1).padStart(5)} %  ${(share * cpu).toFixed(2).padStart(5)} ${unit}  ${part}`);
