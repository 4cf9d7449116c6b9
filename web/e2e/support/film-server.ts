/** Serves films as unusual servers do: without ranges, with wrong ranges, and as broadcasts with a moving window. */
import { readFileSync } from 'node:fs';
import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';

const at = (path: string) => readFileSync(fileURLToPath(new URL(path, import.meta.url)));
const FILM = at('../../public/media/sample.mp4');
const PART_S = 4;
const PARTS = 6;

export type Kind =
  | '/plain/film.mp4' // no ranges, as Python's http.server
  | '/deaf/film.mp4' // announces ranges, and answers 200 with the whole file
  | '/liar/film.mp4' // answers 206 with bytes from elsewhere
  | '/live/main.m3u8' // a broadcast of six segments; the oldest is removed as the newest is added
  | '/live/film.mpd'
  | '/ads/main.m3u8'; // requests advertisements and measurements

function film(kind: string, request: IncomingMessage, response: ServerResponse): void {
  const range = /bytes=(\d+)-(\d*)/.exec(request.headers.range ?? '');
  response.setHeader('content-type', 'video/mp4');
  if (kind === 'deaf') response.setHeader('accept-ranges', 'bytes');
  if (kind !== 'liar' || range === null) {
    response.writeHead(200, { 'content-length': FILM.length }).end(request.method === 'HEAD' ? undefined : FILM);
    return;
  }
  const from = Number(range[1]);
  const to = range[2] === '' ? FILM.length - 1 : Number(range[2]);
  const head = { 'accept-ranges': 'bytes', 'content-range': `bytes ${from}-${to}/${FILM.length}` };
  const length = to - from + 1;
  // Always from the beginning.
  response.writeHead(206, { ...head, 'content-length': length }).end(FILM.subarray(0, length));
}

function playlist(startedAt: number): string {
  const first = Math.floor((Date.now() - startedAt) / 1000 / PART_S);
  const lines = ['#EXTM3U', '#EXT-X-VERSION:7', `#EXT-X-TARGETDURATION:${PART_S}`, `#EXT-X-MEDIA-SEQUENCE:${first}`];
  lines.push(`#EXT-X-DISCONTINUITY-SEQUENCE:${Math.ceil(first / PARTS)}`);
  for (let n = first; n < first + PARTS; n++) {
    if (n % PARTS === 0) lines.push('#EXT-X-DISCONTINUITY');
    if (n % PARTS === 0 || n === first) lines.push('#EXT-X-MAP:URI="/hls/init.mp4"');
    lines.push(`#EXTINF:${PART_S}.000000,`, `/hls/part${n % PARTS}.m4s?${n}`);
  }
  return `${lines.join('\n')}\n`;
}

const LIVE_MASTER = '#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=90000,CODECS="avc1.4d400b,mp4a.40.2"\nvideo.m3u8\n';

function ads(): string {
  const text = at('../fixtures/hls/video.m3u8')
    .toString()
    .replaceAll('init.mp4', '/hls/init.mp4')
    .replaceAll('part', '/hls/part');
  const ad = '#EXT-X-DATERANGE:ID="a",CLASS="com.apple.hls.interstitial",START-DATE="2026-01-01T00:00:01Z",DURATION=5,X-ASSET-URI="https://ads.example/ad.m3u8"'; // prettier-ignore
  return text.replace('#EXT-X-MAP', `#EXT-X-PROGRAM-DATE-TIME:2026-01-01T00:00:00Z\n${ad}\n#EXT-X-MAP`);
}

/** Returns a manifest of a broadcast without a time server, and with a metrics host. */
function dynamicManifest(startedAt: number): string {
  const metrics = '<Metrics metrics="DVBErrors"><Reporting schemeIdUri="urn:dvb:dash:reporting:2014" value="1" xmlns:dvb="urn:dvb:dash:dash-extensions:2014-1" dvb:reportingUrl="https://measure.example/" dvb:probability="1000"/></Metrics>'; // prettier-ignore
  return at('../fixtures/dash/film.mpd')
    .toString()
    .replace(
      'type="static"',
      `type="dynamic" availabilityStartTime="${new Date(startedAt - 16_000).toISOString()}" timeShiftBufferDepth="PT24S" minimumUpdatePeriod="PT4S"`,
    ) // prettier-ignore
    .replace('mediaPresentationDuration="PT24.0S"', '')
    .replace('</MPD>', `${metrics}</MPD>`)
    .replaceAll('init$', '/dash/init$')
    .replaceAll('media="part', 'media="/dash/part');
}

export async function startFilmServer(): Promise<{ url: string; close(): Promise<void> }> {
  const startedAt = Date.now();
  const server: Server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://x');
    response.setHeader('access-control-allow-origin', '*');
    const [, kind, name] = pathname.split('/');
    const text = (type: string, body: string) => response.writeHead(200, { 'content-type': type }).end(body);
    const hls = 'application/vnd.apple.mpegurl';
    if (name === 'film.mp4') film(kind ?? '', request, response);
    else if (pathname === '/live/main.m3u8') text(hls, LIVE_MASTER);
    else if (pathname === '/live/video.m3u8') text(hls, playlist(startedAt));
    else if (pathname === '/ads/main.m3u8')
      text(hls, `#EXTM3U\n#EXT-X-CONTENT-STEERING:SERVER-URI="https://steer.example/s"\n${LIVE_MASTER.slice(8)}`);
    else if (pathname === '/ads/video.m3u8') text(hls, ads());
    else if (pathname === '/live/film.mpd') text('application/dash+xml', dynamicManifest(startedAt));
    else if (/^\/(hls|dash)\/[a-z0-9-]+\.(mp4|m4s)$/.test(pathname)) {
      try {
        const part = at(`../fixtures${pathname}`);
        response.writeHead(200, { 'content-type': 'video/mp4' }).end(part);
      } catch {
        response.writeHead(404).end();
      }
    } else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => new Promise((resolve) => (server.closeAllConnections(), server.close(() => resolve()))),
  };
}
