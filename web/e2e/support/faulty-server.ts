/** Serves films as sites with faults do. A fault is for requests with `here` in their address. */
import { readFileSync } from 'node:fs';
import { type IncomingMessage, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';

const read = (path: string) => readFileSync(fileURLToPath(new URL(path, import.meta.url)));
const FILM = read('../../public/media/sample.mp4');
/** Its parts are at the addresses of the fixture. */
const PLAYLIST = read('../fixtures/hls/video.m3u8')
  .toString()
  .replaceAll('part', '/hls/part')
  .replaceAll('init.mp4', '/hls/init.mp4');
const PAGE = '<!DOCTYPE html><title>Log in</title>';

type Site = (request: IncomingMessage, response: ServerResponse, self: string) => void;

/** Sends a file as a good server does, whole or a range of it. */
function sends(file: Buffer | string, type: string, cors = true): Site {
  const body = Buffer.from(file);
  return ({ headers }, response) => {
    if (cors) response.setHeader('access-control-allow-origin', '*');
    response.setHeader('content-type', type);
    const range = /^bytes=(\d+)-(\d*)$/.exec(headers.range ?? '');
    if (range === null) return void response.writeHead(200, { 'content-length': body.length }).end(body);
    const [from, to] = [Number(range[1]), range[2] === '' ? body.length - 1 : Number(range[2])];
    response.writeHead(206, { 'content-range': `bytes ${from}-${to}/${body.length}`, 'content-length': to - from + 1 });
    response.end(body.subarray(from, to + 1));
  };
}

function answers(status: number, head: Record<string, string> = {}): Site {
  return (_, response) => {
    response.writeHead(status, { 'access-control-allow-origin': '*', 'content-type': 'text/html', ...head }).end(PAGE);
  };
}

/** Stops in the middle of the first answer, and says from then on that the link has expired. */
function expiresMidway(): Site {
  let expired = false;
  return (request, response, self) => {
    if (expired) return answers(410)(request, response, self);
    expired = true;
    response.writeHead(200, { 'access-control-allow-origin': '*', 'accept-ranges': 'bytes', 'content-type': 'video/mp4', 'content-length': FILM.length }); // prettier-ignore
    response.write(FILM.subarray(0, 120_000), () => response.destroy());
  };
}

/** What requests with `here` get in place of the film. */
const FAULTS: Record<string, () => Site> = {
  '403': () => answers(403),
  '404': () => answers(404),
  '410': () => answers(410),
  '500': () => answers(500),
  page: () => sends(PAGE, 'video/mp4'),
  'no-parts': () => (request, response, self) =>
    (request.headers.range === undefined ? sends(FILM, 'video/mp4') : answers(416))(request, response, self),
  loop: () => (request, response, self) => answers(302, { location: self + (request.url ?? '') })(request, response, self),
  codec: () => sends(Buffer.alloc(4096, 'no film '), 'video/mp4'),
  'expires midway': expiresMidway,
};

/** A playlist of 8 s whose second part follows 4 s after its first request. */
function growingPlaylist(): Site {
  const [head, ...parts] = PLAYLIST.replace(/#EXT-X-ENDLIST\s*$/, '').replace('TYPE:VOD', 'TYPE:EVENT').split(/(?=#EXTINF)/).slice(0, 3); // prettier-ignore
  let startedAt: number | null = null;
  return (request, response, self) => {
    startedAt ??= Date.now();
    const known = Math.min(parts.length, 1 + Math.floor((Date.now() - startedAt) / 4000));
    const text = [head, ...parts.slice(0, known), known === parts.length ? '#EXT-X-ENDLIST' : ''].join('');
    sends(text, 'text/plain')(request, response, self);
  };
}

export type Faulty = Awaited<ReturnType<typeof startFaultyServer>>;

export async function startFaultyServer() {
  const odd = (name: string) => read(`../fixtures/odd/${name}`);
  const good = sends(FILM, 'video/mp4');
  const faults = Object.fromEntries(Object.entries(FAULTS).map(([name, site]) => [name, site()]));
  const sites: Record<string, Site> = {
    '/film.mp4': (request, response, self) => {
      const { searchParams } = new URL(request.url!, self);
      const fault = searchParams.has('here') ? faults[searchParams.get('fault') ?? ''] : undefined;
      (fault ?? good)(request, response, self);
    },
    '/no-cors.mp4': sends(FILM, 'video/mp4', false),
    '/text.mp4': sends(FILM, 'text/plain'),
    '/page.mp4': sends(FILM, 'text/html'),
    '/bytes': sends(FILM, 'application/octet-stream'),
    // From 127.0.0.1 to localhost, which is another site.
    '/moved.mp4': (request, response, self) =>
      answers(302, { location: self.replace('127.0.0.1', 'localhost').concat('/no-cors.mp4') })(request, response, self),
    '/sound.m4a': sends(odd('sound.m4a'), 'audio/mp4'),
    '/no-picture.mp4': sends(odd('no-picture.mp4'), 'video/mp4'),
    '/no-sound.mp4': sends(odd('no-sound.mp4'), 'video/mp4'),
    '/no-index.webm': sends(odd('no-index.webm'), 'video/webm'),
    '/fragments.mp4': sends(odd('fragments.mp4'), 'video/mp4'),
    '/event': growingPlaylist(),
  };
  const server = createServer((request, response) => {
    const self = `http://${request.headers.host}`;
    const path = new URL(request.url ?? '/', self).pathname;
    const part = /^\/hls\/[\w-]+\.(?:mp4|m4s)$/.test(path) ? sends(read(`../fixtures${path}`), 'video/mp4') : undefined;
    (sites[path] ?? part ?? answers(404))(request, response, self);
  });
  await new Promise<void>((resolve) => server.listen(0, '0.0.0.0', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => new Promise<void>((resolve) => (server.closeAllConnections(), server.close(() => resolve()))),
  };
}
