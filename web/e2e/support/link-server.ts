/** Serves links that answer in different ways, to test what a page finds out about them. */
import { createReadStream, readFileSync } from 'node:fs';
import { type IncomingMessage, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';

const fixture = (path: string) => fileURLToPath(new URL(`../fixtures/${path}`, import.meta.url));
const NONSENSE = Buffer.alloc(4096, 'no film ');

type Site = (request: IncomingMessage, response: ServerResponse) => void;

function sends(status: number, type: string, body: Buffer | string, cors = true): Site {
  return (_, response) => {
    if (cors) response.setHeader('access-control-allow-origin', '*');
    response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(body) }).end(body);
  };
}

function headAnswers(status: number, site: Site): Site {
  return (request, response) => {
    if (request.method === 'HEAD') sends(status, 'text/plain', '')(request, response);
    else site(request, response);
  };
}

export async function startLinkServer(sample: Buffer): Promise<{ url: string; close(): Promise<void> }> {
  const playlist = readFileSync(fixture('hls/main.m3u8'), 'utf8');
  const sites: Record<string, Site> = {
    '/head-403.mp4': headAnswers(403, sends(200, 'video/mp4', NONSENSE)),
    '/head-405.mp4': headAnswers(405, sends(200, 'video/mp4', NONSENSE)),
    '/no-cors.mp4': sends(200, 'video/mp4', NONSENSE, false),
    '/private.mp4': sends(403, 'text/html', 'no'),
    '/gone': sends(404, 'text/html', 'no'),
    '/page': sends(200, 'text/html', '<!doctype html><title>A page</title>'),
    '/film.mkv': sends(200, 'video/x-matroska', NONSENSE),
    '/cut.mp4': sends(200, 'video/mp4', sample.subarray(0, 64)),
    '/film': sends(200, 'video/mp4', sample),
    '/hls/stream': sends(200, 'application/vnd.apple.mpegurl', playlist),
  };
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://x').pathname;
    const site = sites[path];
    if (site !== undefined) return site(request, response);
    if (!/^\/hls\/[\w./-]+$/.test(path) || path.includes('..')) return void response.writeHead(404).end();
    response.setHeader('access-control-allow-origin', '*');
    createReadStream(fixture(path.slice(1)))
      .on('error', () => response.writeHead(404).end())
      .pipe(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
