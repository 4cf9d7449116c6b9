// What a play costs Redis itself (Linux): the script of a commit beside the commands of the original's architecture. See README.md.
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { RedisConnection } from './redis-cost/connection.mjs';
import { operations, scriptOf } from './redis-cost/operations.mjs';
import { phase } from './redis-cost/phases.mjs';
import { linesOf, tableOf, write } from './redis-cost/report.mjs';
import { machine } from './runner/report.mjs';
import { offBeat, orderOf } from './runner/turns.mjs';
import { askRedis, Redis } from '../testkit/redis.mjs';

const USAGE = `node bench/redis-cost.mjs [--runs N] [--before COMMIT] [--out DIR] [--quick] [--json]

Starts a redis-server of its own and measures Redis' own CPU for a play in a room of 20: GET and SETEX as bench/peer-node sends them,
the same with a publication, a script that only returns, and this server's commit.lua, as it is here and as it was at COMMIT; at 1,000
and 100 a second, and one right after the other, in turns.

  --runs N         turns (default: 5)
  --before COMMIT  the commit whose commit.lua is measured too (default: 5dfbf3b, which is before decision 25)
  --out DIR        where table and raw results go (default: bench/results; with --quick nowhere)
  --quick          one turn of short phases: to see that it works, not to measure
  --json           print the lines of JSON only

Linux, with redis-server 6.2 or newer. Nothing else should run on the machine.`;
const LOADS = [
  { load: '1,000 a second', rate: offBeat(1000), seconds: 4 },
  { load: '100 a second', rate: offBeat(100), seconds: 10 },
  { load: 'one after the other', rate: null, seconds: 2 },
];
const RUNS = 5;
const QUICK_SECONDS = 0.3;
/** Of each operation before the first turn, so that no code, script or buffer is new. */
const WARM_UP_SECONDS = 1;
const SHARDED_SINCE = 7;

function readOptions(words) {
  const options = { before: '5dfbf3b' };
  const left = [...words];
  while (left.length > 0) {
    const name = /^--(runs|before|out|quick|json)$/.exec(left.shift())?.[1];
    if (name === undefined) return null;
    options[name] = name === 'quick' || name === 'json' ? true : left.shift();
    if (options[name] === undefined) return null;
  }
  options.runs = Number(options.runs ?? (options.quick ? 1 : RUNS));
  if (!options.quick) options.out ??= fileURLToPath(new URL('./results', import.meta.url));
  return Number.isInteger(options.runs) && options.runs > 0 ? options : null;
}

const words = process.argv.slice(2);
if (words.includes('--help')) {
  console.log(USAGE);
  process.exit(0);
}
const options = readOptions(words);
if (options === null || process.platform !== 'linux') {
  console.error(USAGE);
  process.exit(2);
}
const say = options.json ? () => undefined : (text) => console.error(`redis-cost: ${text}`);

/** Returns the sides by name, each with its rooms and a connection of its own, so that none receives the publications of another. */
async function prepared(redis, all) {
  const sides = {};
  for (const [name, { prepare, run }] of Object.entries(all)) {
    const connection = await RedisConnection.open(redis.port);
    await prepare(connection);
    sides[name] = { connection, turn: 0, run: (turn) => run(connection, turn), phases: {} };
  }
  return sides;
}

async function measure(redis) {
  const version = /redis_version:(\d+)/.exec(await askRedis(redis.port, 'INFO', 'server'))?.[1];
  const publish = Number(version) >= SHARDED_SINCE ? 'SPUBLISH' : 'PUBLISH';
  const source = scriptOf(options.before);
  const notes = ["Each publication is received by the connection that causes it, as the server's are."];
  if (source === null) notes.push(`There is no commit ${options.before} here, so its script was not measured.`);
  const sides = await prepared(redis, operations({ publish, before: { commit: options.before, source } }));
  const names = Object.keys(sides);
  const play = async (name, { rate, seconds }) => {
    const side = sides[name];
    const { run, turn } = side;
    const played = await phase({ run, rate, seconds: options.quick ? QUICK_SECONDS : seconds, pid: redis.pid, turn });
    side.turn += played.count;
    return played;
  };
  for (const name of names) await play(name, { rate: null, seconds: WARM_UP_SECONDS });
  for (let run = 0; run < options.runs; run++) {
    for (const { load, ...how } of LOADS)
      for (const name of orderOf(names, run)) (sides[name].phases[load] ??= []).push(await play(name, how));
    say(`turn ${run + 1} of ${options.runs}`);
  }
  for (const { connection } of Object.values(sides)) connection.close();
  const results = LOADS.flatMap(({ load }) =>
    names.map((operation) => ({ load, operation, phases: sides[operation].phases[load] })),
  );
  return { results, notes };
}

const startedAt = new Date();
const begun = performance.now();
const before = machine([]);
const redis = await Redis.started();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
  process.once(signal, () => void redis.close().finally(() => process.exit(130)));
try {
  const { results, notes } = await measure(redis);
  const lines = linesOf(results);
  if (!options.json) console.log(`\n${tableOf(lines)}\n`);
  for (const line of lines) console.log(JSON.stringify(line));
  for (const note of notes) say(note);
  if (options.out !== undefined) {
    mkdirSync(options.out, { recursive: true });
    const seconds = (performance.now() - begun) / 1000;
    const { out } = options;
    say(`written: ${write({ results, lines, words, notes, out, startedAt, seconds, before, after: machine([]) })}`);
  }
} finally {
  await redis.close();
}
