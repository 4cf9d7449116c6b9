/** Servers, a Redis and a load balancer of a test's own, on free ports. */
import { Redis } from '../../../testkit/redis.mjs';
import { Server } from '../../../testkit/server.mjs';
import { TcpProxy } from '../../../testkit/tcp-proxy.mjs';

export interface Running {
  url: string;
  port: number;
  /** Ends it without a shutdown, as a lost machine would. */
  kill(): Promise<void>;
}

/** A site as a browser addresses it. */
const localUrl = (port: number) => `http://localhost:${port}`;

/** Starts a server and waits until it is ready, on a free port unless one is given. */
export async function startServer(words: string[] = [], port?: number, settings: Record<string, string> = {}): Promise<Running> {
  // All browsers of the tests come from one address, and no site can be reached from it.
  const environment = { RATE_LIMIT_SOCKET_MAX_PER_IP: '100', METADATA: 'off', ...settings };
  const server = await Server.started({ words, environment, ...(port === undefined ? {} : { port }) });
  return { url: localUrl(server.port), port: server.port, kill: () => server.kill() };
}

export async function startRedis(): Promise<Running> {
  const redis = await Redis.started();
  return { url: redis.url, port: redis.port, kill: () => redis.close() };
}

export interface Balancer {
  url: string;
  port: number;
  close(): Promise<void>;
}

/** Starts a proxy before several servers: each connection goes to the first of them that accepts it. */
export async function startBalancer(ports: readonly number[], port = 0): Promise<Balancer> {
  const proxy = await TcpProxy.listening(ports, { port });
  return { url: localUrl(proxy.port), port: proxy.port, close: () => proxy.close() };
}
