/**
 * Live streams that ffmpeg makes. Each frame carries its number in its picture, so that a test sees which moment of the
 * programme a page shows without a word from the page.
 */
import { execFile, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Page } from 'playwright-core';

const FPS = 25;
const PART_S = 2;
const FRAMES_PER_PART = FPS * PART_S;
/** Segments between two discontinuities. */
const PARTS = 10;
/** Parts of the programme, each with a time of its own in its files, as after a restart of the encoder. */
const RUNS = 4;
const WINDOW_PARTS = 6;
/** What the stream leaves out at its first discontinuity, s. */
export const GAP_S = 3;
/** By how much the clock of the encoder is wrong. */
export const CLOCK_OFF_MS = -3 * 3600_000;
const BITS = 16;

/** Returns ffmpeg's arguments for a picture that shows the number of each frame as black and white bars. */
function numbered(first: number, seconds: number | null): string[] {
  const bar = `if(mod(floor((N+${first})/pow(2,X)),2),235,16)`;
  const length = seconds === null ? [] : ['-t', String(seconds)];
  return [
    ...['-f', 'lavfi', '-i', `color=black:s=${BITS}x2:r=${FPS},format=gray,geq=lum='${bar}',scale=160:90:flags=neighbor,format=yuv420p`],
    ...['-f', 'lavfi', '-i', 'sine=frequency=220:sample_rate=44100', ...length],
    ...['-c:v', 'libx264', '-preset', 'ultrafast', '-g', String(FRAMES_PER_PART), '-keyint_min', String(FRAMES_PER_PART)],
    ...['-sc_threshold', '0', '-c:a', 'aac', '-b:a', '32k', '-flags', '+global_header'],
  ]; // prettier-ignore
}

export interface LiveServer {
  url: string;
  /** A stream with a wrong clock, discontinuities, a gap, and a window of six segments. */
  hls: string;
  /** A stream that ffmpeg makes now. */
  dash: string;
  /** Returns when a frame of the HLS stream was on air, ms since the epoch. */
  hlsAirTime(frame: number): number;
  close(): Promise<void>;
}

async function makeRun(folder: string, run: number): Promise<void> {
  const seconds = PARTS * PART_S;
  const output = [
    ...['-f', 'hls', '-hls_time', String(PART_S), '-hls_segment_type', 'fmp4', '-hls_playlist_type', 'vod'],
    ...['-hls_fmp4_init_filename', `init${run}.mp4`, '-hls_segment_filename', join(folder, `run${run}-%d.m4s`)],
    join(folder, `run${run}.m3u8`),
  ];
  await promisify(execFile)('ffmpeg', [...['-v', 'error', ...numbered(run * PARTS * FRAMES_PER_PART, seconds)], ...output]);
}

/** @param runs parts of the HLS stream; 0 for the DASH stream alone, which begins now */
export async function startLiveServer(runs = RUNS): Promise<LiveServer> {
  const folder = await mkdtemp(join(tmpdir(), 'watchnchill-live-'));
  for (let run = 0; run < runs; run++) await makeRun(folder, run);
  // The window is full from the beginning.
  const startedAt = Date.now() - WINDOW_PARTS * PART_S * 1000;
  /** Begin of a segment, ms since the epoch. */
  const onAirAt = (n: number) => startedAt + (n * PART_S + (n >= PARTS ? GAP_S : 0)) * 1000;

  function playlist(): string {
    let end = 0;
    while (end < runs * PARTS && onAirAt(end) + PART_S * 1000 <= Date.now()) end++;
    const first = Math.max(0, end - WINDOW_PARTS);
    const lines = ['#EXTM3U', '#EXT-X-VERSION:7', `#EXT-X-TARGETDURATION:${PART_S}`, `#EXT-X-MEDIA-SEQUENCE:${first}`];
    lines.push(`#EXT-X-DISCONTINUITY-SEQUENCE:${Math.ceil(first / PARTS)}`);
    for (let n = first; n < end; n++) {
      const run = Math.floor(n / PARTS);
      if (n % PARTS === 0 && n > 0) lines.push('#EXT-X-DISCONTINUITY');
      if (n % PARTS === 0 || n === first) {
        lines.push(`#EXT-X-MAP:URI="init${run}.mp4"`);
        lines.push(`#EXT-X-PROGRAM-DATE-TIME:${new Date(onAirAt(n) + CLOCK_OFF_MS).toISOString()}`);
      }
      lines.push(`#EXTINF:${PART_S}.000000,`, `run${run}-${n % PARTS}.m4s`);
    }
    if (end === runs * PARTS) lines.push('#EXT-X-ENDLIST');
    return `${lines.join('\n')}\n`;
  }

  const encoder = spawn(
    'ffmpeg',
    [
      ...['-v', 'error', '-re', ...numbered(0, null)],
      ...['-f', 'dash', '-seg_duration', String(PART_S), '-window_size', '8', '-extra_window_size', '4'],
      join(folder, 'live.mpd'),
    ],
    { stdio: ['ignore', 'ignore', 'inherit'] },
  );

  const server: Server = createServer((request, response) => {
    const name = new URL(request.url ?? '/', 'http://x').pathname.slice(1);
    response.setHeader('access-control-allow-origin', '*');
    response.setHeader('cache-control', 'no-store');
    if (name === 'live.m3u8') {
      response.writeHead(200, { 'content-type': 'application/vnd.apple.mpegurl' }).end(playlist());
      return;
    }
    const known = /^[a-z0-9-]+\.(m4s|mp4|mpd)$/.test(name);
    const type = name.endsWith('.mpd') ? 'application/dash+xml' : 'video/mp4';
    (known ? readFile(join(folder, name)) : Promise.reject(new Error('no such file'))).then(
      (content) => response.writeHead(200, { 'content-type': type }).end(content),
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    hls: `${url}/live.m3u8`,
    dash: `${url}/live.mpd`,
    hlsAirTime: (frame) => onAirAt(Math.floor(frame / FRAMES_PER_PART)) + ((frame % FRAMES_PER_PART) / FPS) * 1000,
    close: async () => {
      encoder.kill('SIGKILL');
      await new Promise((resolve) => (server.closeAllConnections(), server.close(resolve)));
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Returns when a frame of the DASH stream was on air, relative to the first. */
export function dashAirTime(frame: number): number {
  return (frame / FPS) * 1000;
}

/** A frame that a page has shown, and when, ms on the machine's clock. */
export interface ShownFrame {
  frame: number;
  at: number;
}

/** Reads the number of every frame that a page shows from its picture, and notes seeks out of the window. */
export async function watchFrames(page: Page): Promise<void> {
  await page.evaluate((bits) => {
    const seen = window as unknown as { shown: { frame: number; at: number } | null; outside: number[]; seeks: number };
    seen.shown = null;
    seen.outside = [];
    seen.seeks = 0;
    const place = Object.getOwnPropertyDescriptor(HTMLMediaElement.prototype, 'currentTime')!;
    Object.defineProperty(HTMLMediaElement.prototype, 'currentTime', {
      get: place.get!,
      set(this: HTMLMediaElement, to: number) {
        seen.seeks++;
        const { seekable } = this;
        const last = seekable.length - 1;
        if (last >= 0 && (to < seekable.start(0) - 0.5 || to > seekable.end(last) + 0.5)) seen.outside.push(to);
        place.set!.call(this, to);
      },
    });
    const canvas = document.createElement('canvas');
    canvas.width = 160;
    canvas.height = 90;
    const drawing = canvas.getContext('2d', { willReadFrequently: true })!;
    let watched: HTMLVideoElement | null = null;
    function onFrame(video: HTMLVideoElement, shownAt: number): void {
      drawing.drawImage(video, 0, 0, 160, 90);
      const row = drawing.getImageData(0, 45, 160, 1).data;
      let frame = 0;
      for (let bit = 0; bit < bits; bit++) if (row[(bit * (160 / bits) + 5) * 4]! > 128) frame += 2 ** bit;
      seen.shown = { frame, at: performance.timeOrigin + shownAt };
      video.requestVideoFrameCallback((_, { expectedDisplayTime }) => onFrame(video, expectedDisplayTime));
    }
    window.setInterval(() => {
      const video = document.querySelector('hls-video, dash-video')?.shadowRoot?.querySelector('video') ?? null;
      if (video === null || video === watched) return;
      watched = video;
      video.requestVideoFrameCallback((_, { expectedDisplayTime }) => onFrame(video, expectedDisplayTime));
    }, 100);
  }, BITS);
}

export async function shownFrame(page: Page): Promise<ShownFrame | null> {
  return page.evaluate(() => (window as unknown as { shown: { frame: number; at: number } | null }).shown);
}

/** Returns the seeks of a page's player, and where those went that led out of the window. */
export async function seeksOf(page: Page): Promise<{ seeks: number; outside: number[] }> {
  return page.evaluate(() => {
    const { seeks, outside } = window as unknown as { seeks: number; outside: number[] };
    return { seeks, outside };
  });
}
