// Measures what it costs that all members of a room load one shared text of subtitles, and how long a host's pause takes meanwhile.
// See README.md.
import { once } from 'node:events';
import { cpus, release } from 'node:os';
import { Worker, isMainThread, parentPort, workerData } from 'node:worker_threads';
import { LAUNCHER, Server } from '../testkit/server.mjs';
import { pause } from '../testkit/waiting.mjs';
import { requireJava } from './runner/java.mjs';
import { RawClient } from './runner/raw-client.mjs';
import { median } from './runner/statistics.mjs';

const AT_ONCE = 100;
const CONTROL_EVERY_MS = 50;
const QUIET_MS = 5000;

/** Returns subtitles of that size, as those of a film are. */
function subtitles(bytes) {
  const cues = [];
  for (let n = 0, length = 0; length < bytes; n++) {
    const clock = (s) => new Date(s * 1000).toISOString().slice(11, 23).replace('.', ',');
    const cue = `${n + 1}\n${clock(3 * n)} --> ${clock(3 * n + 2)}\nLine ${n} of what is said: ${(n * 7919) % 10007}, and so on.\n\n`;
    cues.push(cue);
    length += cue.length;
  }
  return cues.join('').slice(0, bytes);
}

async function share(host, roomId, text) {
  const PART = 16_000;
  const parts = Math.ceil(text.length / PART);
  for (let part = 0; part < parts; part++) {
    await host.ask('upload-subtitles', { roomId, part, text: text.slice(part * PART, (part + 1) * PART) });
  }
  const { trackIds } = await host.ask('set-subtitles', { roomId, tracks: [{ parts, label: 'English', language: 'en' }] });
  return trackIds[0];
}

/** Loads all parts, one after the other; returns their number. */
async function load(member, roomId, trackId) {
  for (let part = 0; ; part++) {
    const content = await member.askRaw('get-subtitles', { roomId, trackId, part });
    if (!content.includes('"ok":true', 0)) return part;
  }
}

/** Pauses and plays until it is stopped; returns how long each answer took, ms. */
function controls(host, roomId) {
  const latencies = [];
  let stopped = false;
  const run = (async () => {
    for (let n = 0; !stopped; n++) {
      const begun = performance.now();
      await host.ask(n % 2 === 0 ? 'play-video' : 'pause-video', { roomId, currentTime: 10 });
      latencies.push(performance.now() - begun);
      await pause(CONTROL_EVERY_MS);
    }
  })();
  return async () => {
    stopped = true;
    await run;
    return latencies;
  };
}

const quantile = (values, q) => values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * q))];

/** The host, in a thread of its own, so that its answers do not wait for those of the readers. */
async function runHost({ port, kilobytes }) {
  const say = (message) => parentPort.postMessage(message);
  const heard = async () => (await once(parentPort, 'message'))[0];
  const host = await RawClient.connected(port);
  const { roomId } = await host.ask('create-room', { hostName: 'Host' });
  await host.ask('set-video', { roomId, videoUrl: 'https://example.com/film.mp4' });
  say({ roomId });
  await heard(); // all readers are there
  const trackId = await share(host, roomId, subtitles(kilobytes * 1000));
  const stopQuiet = controls(host, roomId);
  await pause(QUIET_MS);
  const quiet = await stopQuiet();
  const stop = controls(host, roomId);
  say({ trackId });
  await heard(); // all readers have the text
  const loading = await stop();
  const quantiles = (values) => [0.5, 0.99].map((q) => quantile(values, q));
  say({ quiet: quantiles(quiet), loading: quantiles(loading) });
}

async function seated(port, roomId, readers) {
  const members = [];
  while (members.length < readers) {
    const more = Array.from({ length: Math.min(AT_ONCE, readers - members.length) }, async (_, i) => {
      const member = await RawClient.connected(port);
      await member.ask('join-room', { roomId, userName: `Reader ${members.length + i}` });
      return member;
    });
    members.push(...(await Promise.all(more)));
  }
  return members;
}

async function measure(readers, kilobytes) {
  const server = await Server.started({
    command: LAUNCHER,
    environment: { RATE_LIMIT_SOCKET_MAX_PER_IP: String(2 * readers + 2), EVENT_RATE_SCALE: '1000000' },
  });
  const host = new Worker(new URL(import.meta.url), { workerData: { port: server.port, kilobytes } });
  const said = async () => (await once(host, 'message'))[0];
  try {
    const { roomId } = await said();
    const members = await seated(server.port, roomId, readers);
    host.postMessage('seated');
    const { trackId } = await said();
    const residentBefore = server.residentKb();
    const cpuBefore = server.cpuMs();
    const begun = performance.now();
    const bytes = members.map(({ received }) => received);
    let most = 0;
    const watch = setInterval(() => (most = Math.max(most, server.residentKb())), 200);
    const parts = await Promise.all(members.map((member) => load(member, roomId, trackId)));
    clearInterval(watch);
    const seconds = (performance.now() - begun) / 1000;
    const cpuMsPerReader = (server.cpuMs() - cpuBefore) / readers;
    const megabytes = members.reduce((sum, { received }, n) => sum + received - bytes[n], 0) / 1e6;
    const residentMoreMb = (Math.max(most, server.residentKb()) - residentBefore) / 1024;
    host.postMessage('loaded');
    const pauseMs = await said();
    members.forEach((member) => member.close());
    if (new Set(parts).size !== 1) throw new Error('not every reader got every part');
    return { parts: parts[0], seconds, megabytes, cpuMsPerReader, residentMoreMb, pauseMs };
  } finally {
    await host.terminate();
    await server.kill();
  }
}

async function main([readers = 2000, kilobytes = 100, runs = 3]) {
  if (!(readers > 0 && kilobytes > 0 && runs > 0)) {
    console.error('node bench/subtitle-readers.mjs [readers=2000] [kilobytes=100] [runs=3]');
    process.exit(2);
  }
  requireJava('subtitle-readers');
  const print = (value) => JSON.stringify(value, (_, each) => (typeof each === 'number' ? Number(each.toFixed(2)) : each));
  console.log(`${new Date().toISOString()}, ${cpus().length} × ${cpus()[0].model}, Linux ${release()}`);
  console.log(`${readers} readers of one text of ${kilobytes} kB`);
  const results = [];
  for (let run = 1; run <= runs; run++) {
    results.push(await measure(readers, kilobytes));
    console.log(`run ${run}: ${print(results.at(-1))}`);
  }
  const figures = {
    seconds: (each) => each.seconds,
    cpuMsPerReader: (each) => each.cpuMsPerReader,
    residentMoreMb: (each) => each.residentMoreMb,
    pauseQuietMsP99: (each) => each.pauseMs.quiet[1],
    pauseLoadingMsP99: (each) => each.pauseMs.loading[1],
  };
  const medians = Object.fromEntries(Object.entries(figures).map(([name, pick]) => [name, median(results.map(pick))]));
  console.log(print({ figure: 'one text of subtitles for all members', readers, kilobytes, ...medians, runs }));
  process.exit(0);
}

await (isMainThread ? main(process.argv.slice(2).map(Number)) : runHost(workerData));
