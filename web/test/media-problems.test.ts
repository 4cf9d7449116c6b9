import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { resolveKind } from '../src/media/link-probe';
import { fileProblem } from '../src/media/media-problems';
import { isWebPage, kindOfAnswer } from '../src/media/site-answer';

const [NETWORK, DECODE, NOT_SUPPORTED] = [2, 3, 4];
const FILM_START = '\0\0\0\x20ftypisom';

/** Sites that answer HEAD differently, have no film, or stop in the middle. */
const sites: Record<string, (request: IncomingMessage, response: ServerResponse) => void> = {
  '/head-403.mp4': (request, response) => answer(response, request.method === 'HEAD' ? 403 : 200, 'video/mp4'),
  '/head-405.mp4': (request, response) => answer(response, request.method === 'HEAD' ? 405 : 200, 'video/mp4'),
  '/head-501.mp4': (request, response) => answer(response, request.method === 'HEAD' ? 501 : 206, 'video/mp4'),
  '/private.mp4': (_, response) => answer(response, 403, 'text/html'),
  '/login.mp4': (_, response) => answer(response, 401, 'text/html'),
  '/gone.mp4': (_, response) => answer(response, 404, 'text/html'),
  '/expired.mp4': (_, response) => answer(response, 410, 'text/html'),
  '/no-ranges.mp4': ({ headers }, response) => answer(response, headers.range === undefined ? 200 : 416, 'video/mp4'),
  '/page.mp4': (_, response) => answer(response, 200, 'video/mp4', '<!DOCTYPE html><title>Log in</title>'),
  '/mislabelled.mp4': (_, response) => answer(response, 200, 'text/html', FILM_START),
  '/broken.mp4': (_, response) => answer(response, 500, 'text/html'),
  '/page': (_, response) => answer(response, 200, 'text/html; charset=utf-8'),
  '/endless.mp4': (_, response) => {
    response.writeHead(200, { 'content-type': 'video/mp4' });
    response.write('x'); // never ends
  },
  '/hls': (_, response) => answer(response, 200, 'application/vnd.apple.mpegurl'),
  '/dash': (_, response) => answer(response, 200, 'application/dash+xml'),
  '/file': (_, response) => answer(response, 200, 'video/webm'),
  '/plain-hls': (_, response) => answer(response, 200, 'text/plain', '\uFEFF#EXTM3U\n#EXT-X-VERSION:7\n'),
  '/plain-dash': (_, response) => answer(response, 200, 'text/xml', '<?xml version="1.0"?>\n<MPD type="static">'),
};

function answer(response: ServerResponse, status: number, type: string, body = 'nothing that could be decoded'): void {
  response.writeHead(status, { 'content-type': type }).end(body);
}

let server: Server;
let base: string;

beforeAll(async () => {
  vi.stubGlobal('location', { protocol: 'http:' });
  server = createServer((request, response) => sites[request.url ?? '']?.(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  vi.unstubAllGlobals();
  server.closeAllConnections();
  server.close();
});
afterEach(() => vi.restoreAllMocks());

describe("MD5 the problem of a file comes from its site's answer to a GET", () => {
  test.each([
    ['/head-403.mp4', NOT_SUPPORTED, /cannot play this format/],
    ['/head-405.mp4', NOT_SUPPORTED, /cannot play this format/],
    ['/head-501.mp4', NOT_SUPPORTED, /cannot play this format/],
    ['/endless.mp4', NOT_SUPPORTED, /cannot play this format/],
    ['/private.mp4', NOT_SUPPORTED, /not public/],
    ['/login.mp4', NOT_SUPPORTED, /not public/],
    ['/gone.mp4', NOT_SUPPORTED, /no film at this link/],
    ['/expired.mp4', NOT_SUPPORTED, /has expired/],
    ['/expired.mp4', NETWORK, /has expired/],
    ['/no-ranges.mp4', NOT_SUPPORTED, /does not send this film in parts/],
    ['/page.mp4', NOT_SUPPORTED, /leads to a web page/],
    ['/mislabelled.mp4', NOT_SUPPORTED, /cannot play this format/],
    ['/broken.mp4', NOT_SUPPORTED, /cannot be played here/],
    ['/page', NOT_SUPPORTED, /leads to a web page/],
    ['/head-405.mp4', DECODE, /cannot play this format/],
    ['/head-405.mp4', NETWORK, /stopped sending/],
    ['/gone.mp4', NETWORK, /no film at this link/],
  ])('%s with error %i', async (path, code, title) => {
    expect((await fileProblem(base + path, code)).title).toMatch(title);
  });

  test('a site without CORS is called neither private nor unreachable', async () => {
    vi.spyOn(globalThis, 'fetch').mockImplementation(async (_, init) => {
      if (init?.mode !== 'no-cors') throw new TypeError('Failed to fetch');
      return new Response();
    });
    const found = await fileProblem('https://films.example/a.mp4', NOT_SUPPORTED);
    expect(found.title).toBe('This link cannot be played here.');
    expect(found.hint).toMatch(/format/);
  });

  test('an unreachable site is reported as unreachable', async () => {
    vi.spyOn(globalThis, 'fetch').mockRejectedValue(new TypeError('Failed to fetch'));
    expect((await fileProblem('https://films.example/a.mp4', NOT_SUPPORTED)).hint).toMatch(/out of reach/);
  });
});

describe('MD4 a link that does not name its kind', () => {
  test.each([
    ['/hls', 'hls'],
    ['/dash', 'dash'],
    ['/plain-hls', 'hls'],
    ['/plain-dash', 'dash'],
    ['/file', 'video'],
    ['/page', 'video'],
  ])('%s is played as %s', async (path, kind) => {
    expect(await resolveKind('video', base + path)).toBe(kind);
  });

  test('no request for a link that names its kind', async () => {
    const asked = vi.spyOn(globalThis, 'fetch');
    expect(await resolveKind('video', `${base}/hls.mp4`)).toBe('video');
    expect(await resolveKind('youtube', 'https://youtu.be/dQw4w9WgXcQ')).toBe('youtube');
    expect(asked).not.toHaveBeenCalled();
  });

  test.each([
    ['application/x-mpegURL', '', 'hls'],
    ['audio/mpegurl', '', 'hls'],
    ['audio/x-mpegurl', '', 'hls'],
    ['application/vnd.apple.mpegurl; q=1', '', 'hls'],
    ['application/dash+xml;charset=utf-8', '', 'dash'],
    ['text/plain', '', null],
    ['text/plain', '\n#EXTM3U', 'hls'],
    ['video/mp4', '<MPD xmlns="urn:mpeg:dash:schema:mpd:2011">', 'dash'],
    ['text/xml', '<MPDS>', null],
  ])('%s with %j is %s', (type, start, kind) => {
    expect(kindOfAnswer({ type, start })).toBe(kind);
  });

  test.each([
    ['text/html', '', true],
    ['text/html; charset=utf-8', '<div>', true],
    ['text/html', FILM_START, false],
    ['video/mp4', '  <!doctype HTML>', true],
    ['video/mp4', FILM_START, false],
  ])('%s with %j: a web page is %s', (type, start, page) => {
    expect(isWebPage({ type, start })).toBe(page);
  });
});
