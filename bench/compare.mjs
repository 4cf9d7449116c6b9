// Compares builds and settings of this server, in turns. See README.md.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Bench } from './runner/bench.mjs';
import { javaProgram, requireJava } from './runner/java.mjs';
import { cpuPerDelivered, kernelPerDelivered } from './runner/phases.mjs';
import { machine } from './runner/report.mjs';
import { median, spread } from './runner/statistics.mjs';
import { STEADY } from './runner/steady.mjs';
import { offBeat } from './runner/turns.mjs';

const USAGE = `node bench/compare.mjs [--runs N] [--scenario rooms|hall] [--store memory|redis] [--rate N] NAME=FOLDER[,WORD ...] ...

Chat and control in rooms of 20 or in one room of 2,000, as in the scenarios of these names. Each side is a folder with a build (./watchnchill build), and
words: a setting such as EVENT_LOOPS=2, or an option of the JVM such as -XX:+UseSerialGC. NAME=peer is bench/peer-node.
The first side is what the others are compared with.`;
const SECONDS = 4;
const WARM_UP_SECONDS = 15;

const options = { runs: 5, scenario: 'rooms', store: 'memory' };
const sides = {};
const words = process.argv.slice(2);
while (words.length > 0) {
  const word = words.shift();
  const name = /^--(runs|rate|store|scenario)$/.exec(word)?.[1];
  if (name !== undefined) options[name] = ['store', 'scenario'].includes(name) ? words.shift() : Number(words.shift());
  else if (/^[\w+-]+=/.test(word)) sides[word.slice(0, word.indexOf('='))] = word.slice(word.indexOf('=') + 1).split(',');
  else options.misread = true;
}
const steady = STEADY[options.scenario];
options.rate ??= steady?.rate;
const sound = options.runs > 0 && options.rate > 0 && ['memory', 'redis'].includes(options.store);
if (options.misread || !sound || Object.keys(sides).length === 0) {
  console.error(USAGE);
  process.exit(2);
}

requireJava('compare');

/** Returns how a side is started: by the launcher of its folder, and so with its own flags and cache. */
function sideOf([folder, ...rest]) {
  if (folder === 'peer') return { side: 'peer', store: options.store };
  const jvm = rest.filter((word) => word.startsWith('-'));
  const settings = rest.filter((word) => !word.startsWith('-')).map((word) => word.split('='));
  return {
    side: 'ours',
    store: options.store,
    program: [resolve(folder, 'watchnchill'), 'start'],
    environment: { ours: { JAVA_OPTS: jvm.join(' '), ...Object.fromEntries(settings) } },
  };
}

const folder = mkdtempSync(join(tmpdir(), 'watchnchill-compare-'));
const bench = new Bench({
  program: [],
  folder,
  options: { runs: options.runs },
  say: (text) => console.error(`compare: ${text}`),
});
const load = { scenario: options.scenario, options: steady.options };
const all = Object.fromEntries(Object.entries(sides).map(([name, how]) => [name, sideOf(how)]));
const { results, reports } = await bench.turns('compare', all, load, async (turns) => {
  await turns.warmUp([{ rate: options.rate, seconds: WARM_UP_SECONDS }]);
  return {
    results: await turns.repeated('chatting', (generator) => generator.phase({ rate: offBeat(options.rate), seconds: SECONDS })),
  };
});
await bench.close();
if (bench.problems.length === 0) rmSync(folder, { recursive: true, force: true });

const { commit, ...rest } = machine([javaProgram()]);
console.log(JSON.stringify({ command: process.argv.slice(2), at: new Date(), commit, machine: rest }));
const [first] = Object.keys(all);
for (const name of Object.keys(all)) {
  const own = results[name].filter((phase) => phase !== null);
  const ratios = results[name].map(
    (phase, n) => phase && results[first][n] && cpuPerDelivered(phase) / cpuPerDelivered(results[first][n]),
  );
  const figure = (of) => own.map(of);
  console.log(
    JSON.stringify({
      side: name,
      cpuMicros: figure(cpuPerDelivered),
      kernelMicros: figure(kernelPerDelivered),
      ratio: median(ratios),
      ratios: spread(ratios),
      p99Ms: median(figure(({ latencyMs }) => latencyMs.p99)),
      residentMb: reports[name]?.rssKb?.map((kb) => Math.round(kb / 1024)),
    }),
  );
}
process.exitCode = bench.problems.length === 0 ? 0 : 1;
