// Measures what it costs to send films (Linux): viewers who read one film at its bit rate, from this server and from nginx in turns.
// See README.md.
import { execFileSync, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { closeSync, mkdirSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Server, serverCommand } from '../testkit/server.mjs';
import { pause, until } from '../testkit/waiting.mjs';
import { Nginx, nginxProgram } from './film-transfer/nginx.mjs';
import { readers } from './film-transfer/reader.mjs';
import { linesOf, tableOf, write } from './film-transfer/report.mjs';
import { RawClient } from './runner/raw-client.mjs';
import { machine } from './runner/report.mjs';
import { rounded } from './runner/statistics.mjs';

const USAGE = `node bench/film-transfer.mjs [--readers N] [--mbit N] [--seconds N] [--runs N] [--out DIR] [--quick]

  --readers N  viewers (default: 40)
  --mbit N     what each of them reads, Mbit/s (default: 8)
  --seconds N  length of a phase (default: 30)
  --runs N     repetitions, each of a phase of both servers (default: 5)
  --out DIR    where table and raw results go (default: bench/results; with --quick nowhere)
  --quick      one short repetition: to see that it works, not to measure

Linux, with nginx on the path. Nothing else should run on the machine.`;
const FILM = 'Film.mp4';
const FILM_MB = 400;
/** A film lasts for hours: before the first phase both servers send as much as in the film's first five minutes. */
const WARM_UP_SECONDS = 30;
const WARM_UP_RATE = 10;
const SETTLE_SECONDS = 2;
const LOOK_MS = 500;
/** The timeline counts what a room has shown. */
const FIRST_ITEM = 1;

function readOptions(words) {
  const options = {
    readers: 40,
    mbit: 8,
    command: ['node bench/film-transfer.mjs', ...words].join(' '),
  };
  const left = [...words];
  while (left.length > 0) {
    const word = left.shift();
    const name = /^--(readers|mbit|seconds|runs)$/.exec(word)?.[1];
    if (word === '--quick') options.quick = true;
    else if (word === '--out') options.out = left.shift();
    else if (name === undefined) return null;
    else if (!((options[name] = Number(left.shift())) > 0)) return null;
  }
  options.seconds ??= options.quick ? 3 : 30;
  options.runs ??= options.quick ? 1 : 5;
  if (!options.quick) options.out ??= fileURLToPath(new URL('./results', import.meta.url));
  return options;
}

function makeFilm(folder) {
  const films = join(folder, 'films');
  mkdirSync(films);
  const file = openSync(join(films, FILM), 'w');
  const block = randomBytes(1e6);
  for (let n = 0; n < FILM_MB; n++) writeSync(file, block);
  closeSync(file);
  return films;
}

/** Returns a link to the film for each of the members, who stay in the room. */
async function links(server, count) {
  const host = await RawClient.connected(server.port);
  const { roomId } = await host.ask('create-room', { hostName: 'Host' });
  const films = async () => (await host.ask('get-library', { roomId })).films;
  await until(
    () => 'the film',
    async () => (await films()).length === 1,
    { withinMs: 30_000 },
  );
  const [{ mediaId }] = await films();
  await host.ask('set-video', { roomId, videoUrl: `library:${mediaId}` });
  const urls = [];
  for (let n = 0; n < count; n++) {
    const member = await RawClient.connected(server.port);
    await member.ask('join-room', { roomId, userName: `Viewer ${n}` });
    urls.push((await member.ask('get-media-link', { roomId, item: FIRST_ITEM })).url);
  }
  return urls;
}

/** Lets all viewers read for a time; returns what that took and gave. */
async function phase({ process, port, pathOf, count, bytesPerSecond, seconds }) {
  const from = (n) => Math.floor((n / count) * FILM_MB * 0.1) * 1e6;
  const all = await readers(count, (n) => ({ port, path: pathOf(n), from: from(n), bytesPerSecond }));
  try {
    await pause(SETTLE_SECONDS * 1000);
    const received = all.map((each) => each.received);
    const cpuBefore = process.cpuMs();
    const begun = performance.now();
    let residentKb = 0;
    while (performance.now() - begun < seconds * 1000) {
      await pause(LOOK_MS);
      residentKb = Math.max(residentKb, process.residentKb());
    }
    const cpuMs = process.cpuMs() - cpuBefore;
    const took = (performance.now() - begun) / 1000;
    const problem = all.find((each) => each.problem !== null)?.problem;
    if (problem !== undefined) throw new Error(`a viewer lost the film: ${problem}`);
    const bytes = all.map((each, n) => each.received - received[n]);
    const megabytes = bytes.reduce((sum, each) => sum + each, 0) / 1e6;
    return { cpuMs, seconds: took, megabytes, leastBytes: Math.min(...bytes), residentKb };
  } finally {
    all.forEach((each) => each.close());
    await pause(LOOK_MS);
  }
}

/** Returns the share of a core that a phase took, in percent. */
const share = ({ cpuMs, seconds }) => rounded(cpuMs / seconds / 10);

async function measure({ server, nginx, options }) {
  const common = {
    count: options.readers,
    bytesPerSecond: (options.mbit * 1e6) / 8,
  };
  const urls = await links(server, options.readers);
  const sides = {
    ours: { ...common, process: server, port: server.port, pathOf: (n) => urls[n] },
    nginx: {
      ...common,
      process: nginx,
      port: nginx.port,
      pathOf: () => `/${FILM}`,
    },
  };
  const beforeKb = server.residentKb();
  const results = { ours: [], nginx: [] };
  const warmUp = options.quick
    ? { seconds: 1 }
    : { seconds: WARM_UP_SECONDS, bytesPerSecond: WARM_UP_RATE * common.bytesPerSecond };
  const first = await phase({ ...sides.ours, ...warmUp });
  await phase({ ...sides.nginx, ...warmUp });
  for (let run = 1; run <= options.runs; run++) {
    for (const [name, side] of Object.entries(sides)) {
      const result = await phase({ ...side, seconds: options.seconds });
      results[name].push(result);
      console.error(`film-transfer: run ${run}, ${name}: ${share(result)} % of a core`);
    }
  }
  // The members alone, when all is compiled.
  const rest = await phase({ ...sides.ours, count: 0, seconds: options.seconds });
  const mostMb = Math.max(first.residentKb, results.ours[0].residentKb) / 1024;
  return { results, restPercent: share(rest), memory: { beforeMb: rounded(beforeKb / 1024), mostMb: rounded(mostMb) } };
}

async function main() {
  const options = readOptions(process.argv.slice(2));
  const program = nginxProgram();
  if (options === null || process.platform !== 'linux' || program === null) {
    console.error(USAGE);
    process.exit(2);
  }
  const startedAt = new Date();
  const begun = performance.now();
  const before = machine([]);
  const nginxVersion = spawnSync(program, ['-v'], { encoding: 'utf8' })
    .stderr.trim()
    .replace(/^nginx version: /, '');
  const folder = mkdtempSync(join(tmpdir(), 'film-transfer-'));
  execFileSync('chmod', ['755', folder]);
  let server;
  let nginx;
  try {
    const films = makeFilm(folder);
    nginx = await Nginx.started({ program, films, folder });
    server = await Server.started({
      command: serverCommand(),
      environment: {
        MEDIA_DIR: films,
        // The film is no real one.
        FFMPEG: 'off',
        FFPROBE: 'off',
        RATE_LIMIT_SOCKET_MAX_PER_IP: String(4 * options.readers),
        EVENT_RATE_SCALE: '1000000',
      },
    });
    const { results, restPercent, memory } = await measure({ server, nginx, options });
    const lines = linesOf(results);
    console.log(`\n${tableOf(lines)}\n`);
    for (const line of lines) console.log(JSON.stringify(line));
    console.log(JSON.stringify({ scenario: 'film-transfer', figure: 'ours beside that', restPercent, ...memory }));
    if (options.out !== undefined) {
      mkdirSync(options.out, { recursive: true });
      const seconds = (performance.now() - begun) / 1000;
      const rest = { results, restPercent, memory, options, startedAt, seconds, before, after: machine([]), nginxVersion };
      const path = write({ lines, ...rest });
      console.error(`film-transfer: written: ${path}`);
    }
  } finally {
    await server?.kill();
    await nginx?.close();
    rmSync(folder, { recursive: true });
  }
  process.exit(0);
}

await main();
