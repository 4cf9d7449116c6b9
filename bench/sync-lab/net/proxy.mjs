// The proxies of all pages, in a thread of their own so that nothing else of the lab delays them. The websocket and requests to
// /api/ go through the delay lines of their page; documents, scripts and the video do not.
import { readFileSync } from 'node:fs';
import { Agent, createServer, request as send } from 'node:http';
import { connect, createServer as createEcho } from 'node:net';
import { parentPort, workerData } from 'node:worker_threads';
import { delays } from '../profiles.mjs';
import { Dispatcher } from './dispatcher.mjs';
import { FilmGate } from './film-gate.mjs';

const { target, lines, seed, files, pacedPage } = workerData;
const origin = new URL(target);
const targetPort = Number(origin.port || 80);
const dispatcher = new Dispatcher(() => performance.now());
const agent = new Agent({ keepAlive: true });
const gates = new Map();
const echo = createEcho((socket) =>
  socket
    .setNoDelay(true)
    .on('error', () => socket.destroy())
    .pipe(socket),
);
await new Promise((resolve) => echo.listen(0, '127.0.0.1', resolve));
const echoPort = echo.address().port;

function tunnel(client, head, port, host, { up, down }) {
  const server = connect(port, host);
  for (const socket of [client, server]) socket.setNoDelay(true);
  server.once('connect', () => client.write('HTTP/1.1 200 Connection established\r\n\r\n'));
  const carry = (from, to, line) => {
    from.on('data', (bytes) => line.push(() => to.writable && to.write(bytes)));
    from.on('end', () => line.push(() => to.end()));
    from.on('error', () => to.destroy());
    from.on('close', () => line.push(() => to.destroy()));
  };
  if (head.length > 0) up.push(() => server.write(head));
  carry(client, server, up);
  carry(server, client, down);
}

function serveFile(path, response) {
  const file = files[path];
  if (file === undefined) return response.writeHead(404).end();
  return response.writeHead(200, { 'content-type': file.type, 'cache-control': 'no-store' }).end(readFileSync(file.path));
}

function forward(page, request, response, line) {
  const url = new URL(request.url);
  if (url.host !== origin.host) return response.writeHead(403).end();
  if (url.pathname.startsWith('/__lab/')) return serveFile(url.pathname, response);
  const delayed = url.pathname.startsWith('/api/');
  const gate = url.pathname.startsWith('/media/') ? gates.get(page) : undefined;
  const onward = send({
    host: origin.hostname,
    port: targetPort,
    method: request.method,
    path: url.pathname + url.search,
    headers: request.headers,
    agent,
  });
  onward.on('error', () => response.destroy());
  response.on('close', () => onward.destroy());
  onward.on('response', (answer) => {
    const headers = gate === undefined ? answer.headers : { ...answer.headers, 'cache-control': 'no-store' };
    const pass = () => {
      response.writeHead(answer.statusCode, headers);
      if (gate === undefined) answer.pipe(response);
      else gate.carry(answer, response);
    };
    if (delayed) line.down.push(pass);
    else pass();
  });
  if (delayed) line.up.push(() => request.pipe(onward));
  else request.pipe(onward);
}

const ports = await Promise.all(
  lines.map(async (name, page) => {
    const delay = delays(name, seed, page);
    const line = {
      up: dispatcher.line(delay.up),
      down: dispatcher.line(delay.down),
    };
    if (page === pacedPage) gates.set(page, new FilmGate());
    const proxy = createServer((request, response) => forward(page, request, response, line));
    proxy.on('connect', (request, client, head) => {
      client.on('error', () => client.destroy());
      if (request.url === 'echo:1') tunnel(client, head, echoPort, '127.0.0.1', line);
      else if (request.url === `${origin.hostname}:${targetPort}`) tunnel(client, head, targetPort, origin.hostname, line);
      else client.end('HTTP/1.1 403 Forbidden\r\n\r\n');
    });
    await new Promise((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    return proxy.address().port;
  }),
);

parentPort.on('message', ({ hold }) => {
  for (const gate of gates.values()) gate.hold(hold);
});
parentPort.postMessage({ ports });
