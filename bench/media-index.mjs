// Measures the media library: makes empty files in folders, starts a server with them, and reports how long the scan takes, the
// heap that the index costs, and how long a search takes. See README.md.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, release, tmpdir } from 'node:os';
import { join } from 'node:path';
import { Server, serverCommand } from '../testkit/server.mjs';
import { pause } from '../testkit/waiting.mjs';
import { liveBytes, requireJava } from './runner/java.mjs';
import { RawClient } from './runner/raw-client.mjs';
import { median } from './runner/statistics.mjs';

const FILMS_IN_FOLDER = 40;
const SEARCHES = 200;
const SCAN_MS_MAX = 120_000;
const HEAP = '-Xmx100m';

const title = (n) => `The.${(n * 7919) % 10007}.Days.of_Somewhere.${1920 + (n % 100)}.Part ${n % 7}.1080p`;

function makeFilms(folder, films) {
  for (let n = 0; n < films; n++) {
    const within = join(folder, `Shelf ${n % 10}`, `Série ${Math.floor(n / FILMS_IN_FOLDER)}`);
    mkdirSync(within, { recursive: true });
    writeFileSync(join(within, `${title(n)}.mkv`), '');
  }
}

async function metric(server, name) {
  const text = await (await fetch(`${server.url}/metrics`)).text();
  return Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1] ?? NaN);
}

async function started(folder) {
  return Server.started({
    command: serverCommand(),
    environment: {
      EVENT_RATE_SCALE: '1000000',
      JAVA_OPTS: HEAP,
      ...(folder !== undefined && { MEDIA_DIR: folder }),
    },
  });
}

async function search(port, films) {
  const host = await RawClient.connected(port);
  const { roomId } = await host.ask('create-room', { hostName: 'Host' });
  const took = [];
  for (let n = 0; n < SEARCHES; n++) {
    const query = `somewhere ${(((n * 31) % films) * 7919) % 10007} DAYS serie`;
    const begun = performance.now();
    const answer = await host.ask('get-library', { roomId, query });
    took.push(performance.now() - begun);
    if (answer.total === 0) throw new Error(`not found: ${query} ${JSON.stringify(answer)}`);
  }
  return took.slice(SEARCHES / 2);
}

async function measure(folder, films) {
  const plain = await started();
  const withoutBytes = liveBytes(plain.pid);
  await plain.kill();
  const begun = performance.now();
  const server = await started(folder);
  try {
    while ((await metric(server, 'watchnchill_library_films')) !== films) {
      if (performance.now() - begun > SCAN_MS_MAX) throw new Error('the scan does not end');
      await pause(100);
    }
    const seconds = (performance.now() - begun) / 1000;
    const scanSeconds = await metric(server, 'watchnchill_library_scan_seconds');
    const took = await search(server.port, films);
    const liveMb = liveBytes(server.pid) / 1e6;
    const indexMb = liveMb - withoutBytes / 1e6;
    return {
      seconds,
      scanSeconds,
      liveMb,
      indexMb,
      searchMs: median(took),
      searchMsMost: Math.max(...took),
    };
  } finally {
    await server.kill();
  }
}

async function main([films = 10_000, runs = 3]) {
  if (!(films > 0 && runs > 0)) {
    console.error('node bench/media-index.mjs [films=10000] [runs=3]');
    process.exit(2);
  }
  requireJava('media-index');
  const print = (value) => JSON.stringify(value, (_, each) => (typeof each === 'number' ? Number(each.toFixed(2)) : each));
  const folder = mkdtempSync(join(tmpdir(), 'media-index-'));
  console.log(`${new Date().toISOString()}, ${cpus().length} × ${cpus()[0].model}, Linux ${release()}, ${HEAP}`);
  try {
    makeFilms(folder, films);
    const results = [];
    for (let run = 1; run <= runs; run++) {
      results.push(await measure(folder, films));
      console.log(`run ${run}: ${print(results.at(-1))}`);
    }
    const medians = Object.fromEntries(Object.keys(results[0]).map((name) => [name, median(results.map((each) => each[name]))]));
    console.log(
      print({
        figure: 'a media library from the start of the process',
        films,
        ...medians,
        runs,
      }),
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}

await main(process.argv.slice(2).map(Number));
