// Wrong wall clocks, by libfaketime: the video must have the same position for clients of the right and of the wrong instance.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pause } from '../../../testkit/waiting.mjs';
import { startInstances } from '../instances.mjs';
import { Load } from '../load.mjs';
import { examine, videoPosition } from '../seats.mjs';
import * as stores from '../stores.mjs';
import { answers, judge, judgeRoom } from '../verdict.mjs';

const APART_MS_MAX = 50;
/** A sample whose request took longer is too inexact. */
const ROUND_TRIP_MS_MAX = 30;
const LIBRARY = 'libfaketimeMT.so.1';

/** Returns the path of libfaketime, or null. On Debian as root it is installed. */
function findFaketime() {
  const places = () => {
    const folders = existsSync('/usr/lib') ? readdirSync('/usr/lib').map((name) => join('/usr/lib', name, 'faketime')) : [];
    return folders.map((folder) => join(folder, LIBRARY)).find((path) => existsSync(path)) ?? null;
  };
  const found = places();
  if (found !== null || process.getuid?.() !== 0 || !existsSync('/etc/debian_version')) return found;
  try {
    execFileSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'faketime'], {
      stdio: 'ignore',
      timeout: 120_000,
    });
  } catch {
    return null;
  }
  return places();
}

const clocks = (seconds) => `${seconds >= 0 ? '+' : ''}${seconds}\n`;

async function withClock(stage, startSeconds, play) {
  const library = findFaketime();
  if (library === null) return { skipped: 'libfaketime is not there (Debian: apt-get install faketime)' };
  const clockFile = join(stage.folder, 'clock');
  const setClock = (seconds) => writeFileSync(clockFile, clocks(seconds));
  setClock(startSeconds);
  const faked = {
    LD_PRELOAD: library,
    FAKETIME_TIMESTAMP_FILE: clockFile,
    // Reading the file for each reading of the clock would make the first seconds of a JVM slow.
    FAKETIME_CACHE_DURATION: '1',
    FAKETIME_DONT_FAKE_MONOTONIC: '1',
  };
  const store = await (stage.memoryOnly ? stores.memory(stage) : stores.redis(stage));
  const count = stage.memoryOnly ? 1 : 2;
  const instances = await startInstances({ count, ...stage, ...store, environmentOf: (n) => (n === 0 ? faked : {}) });
  const load = new Load({ rooms: 6, perSecond: 30, urls: instances.map(({ url }) => url) });
  stage.onClose(() => load.leave());
  await load.enter();
  await load.playVideo();
  load.start();
  const apart = { most: 0, samples: 0, between: '' };
  const from = performance.now();
  await play({ setClock, watch: (ms) => watch(load, apart, ms) });
  load.stop();
  await load.settle();
  const records = load.records();
  const problems = [];
  if (apart.samples < 20) problems.push('too few samples of the position');
  if (apart.most > APART_MS_MAX) problems.push(`videos were ${apart.most.toFixed(1)} ms apart ${apart.between}`);
  for (const [n, room] of load.rooms.entries()) problems.push(...(await examine(room, judgeRoom(records[n]).order)));
  const endedAt = performance.now();
  load.leave();
  return {
    verdict: judge(records, from),
    answered: answers(load.attempts(), from, endedAt, endedAt),
    problems,
    notes: [`videos at most ${apart.most.toFixed(1)} ms apart in ${apart.samples} samples`],
    records,
    marks: { from, endedAt },
  };
}

export const clockJump = (stage) =>
  withClock(stage, 0, async ({ setClock, watch }) => {
    await watch(3000);
    for (const seconds of [3600, -3600, 0]) {
      setClock(seconds);
      await watch(4000);
    }
  });

export const clockOff = (stage) => withClock(stage, 3600, ({ watch }) => watch(10_000));

/** For so long, hosts seek now and then, and in each room the positions of both extended clients are compared. */
async function watch(load, apart, ms) {
  const end = performance.now() + ms;
  for (let round = 0; performance.now() < end; round++) {
    const room = load.rooms[round % load.rooms.length];
    if (round % 4 === 0) {
      const seek = load.rooms[(round / 4) % load.rooms.length];
      await seek.members[0].request('seek-video', { roomId: seek.id, currentTime: 100 + round });
      // All have received it, and the ready barrier has been passed.
      await pause(100);
    }
    const positions = await Promise.all(room.members.filter(({ kind }) => kind === 'extended').map(videoPosition));
    const isExact = (one) => one !== null && one.roundTripMs < ROUND_TRIP_MS_MAX && one.phase === 'playing';
    if (positions.every(isExact)) {
      const starts = positions.map(({ seconds, at }) => seconds * 1000 - at);
      const off = Math.max(...starts) - Math.min(...starts);
      if (off > apart.most) Object.assign(apart, { most: off, between: `in ${room.id}` });
      apart.samples++;
    }
    await pause(50);
  }
}
