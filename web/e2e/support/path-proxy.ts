/** A proxy that serves one server below a path of its own site, as nginx does with `location /party/`. */
import { once } from 'node:events';
import { type IncomingMessage, createServer, request } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

export interface PathProxy {
  /** The site below which the path is; without a slash at the end. */
  url: string;
  /** Every request that was not below the path. */
  strays: string[];
  close(): Promise<void>;
}

/**
 * Passes on what is below the path, with it or stripped of it. As many proxies do, it sends the name of the server behind it
 * as Host, and what the browser asked for as X-Forwarded-Host.
 */
export async function startPathProxy(port: number, path: string, strip: boolean): Promise<PathProxy> {
  const strays: string[] = [];
  const open = new Set<Socket>();
  const within = (url: string) => url === path || url.startsWith(`${path}/`) || url.startsWith(`${path}?`);
  const forward = (incoming: IncomingMessage) => {
    const url = incoming.url ?? '/';
    const stripped = url.slice(path.length);
    return request({
      host: '127.0.0.1',
      port,
      method: incoming.method,
      path: strip ? (stripped.startsWith('/') ? stripped : `/${stripped}`) : url,
      headers: {
        ...incoming.headers,
        host: 'server.internal',
        'x-forwarded-host': incoming.headers.host ?? '',
        'x-forwarded-proto': 'http',
        'x-forwarded-for': incoming.socket.remoteAddress ?? '',
      },
    });
  };
  const listener = createServer((incoming, outgoing) => {
    if (!within(incoming.url ?? '/')) {
      strays.push(incoming.url ?? '');
      outgoing.writeHead(404, { 'content-type': 'text/plain' }).end('another site');
      return;
    }
    const asked = forward(incoming);
    asked.on('response', (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    asked.on('error', () => outgoing.destroy());
    outgoing.on('close', () => asked.destroy());
    incoming.pipe(asked);
  });
  listener.on('connection', (socket: Socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket));
  });
  listener.on('upgrade', (incoming: IncomingMessage, client: Socket, head: Buffer) => {
    client.on('error', () => client.destroy());
    if (!within(incoming.url ?? '/')) {
      strays.push(incoming.url ?? '');
      client.destroy();
      return;
    }
    const asked = forward(incoming);
    const answerHead = (answer: IncomingMessage) =>
      `HTTP/1.1 ${answer.statusCode} ${answer.statusMessage}\r\n` +
      Object.entries(answer.headers)
        .map(([name, value]) => `${name}: ${String(value)}\r\n`)
        .join('') +
      '\r\n';
    asked.on('upgrade', (answer: IncomingMessage, server: Socket, first: Buffer) => {
      server.on('error', () => server.destroy());
      client.write(answerHead(answer));
      client.write(first);
      server.write(head);
      server.pipe(client);
      client.pipe(server);
      client.on('close', () => server.destroy());
      server.on('close', () => client.destroy());
    });
    asked.on('response', (answer) => client.end(answerHead(answer)));
    asked.on('error', () => client.destroy());
    asked.end();
  });
  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  return {
    url: `http://localhost:${(listener.address() as AddressInfo).port}`,
    strays,
    async close() {
      listener.close();
      for (const socket of open) socket.destroy();
      await once(listener, 'close');
    },
  };
}
