/** Servers, a Redis and a load balancer of a test's own, on free ports. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, type Socket, connect, createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const START_MS_MAX = 60_000;
/** What starts a server, as JSON; the house's own script unless it is told. */
const COMMAND = JSON.parse(process.env['SERVER_COMMAND'] ?? 'null') as string[] | null;
const SCRIPT = fileURLToPath(new URL('../../../watchnchill', import.meta.url));

export interface Running {
  url: string;
  port: number;
  /** As the machine would lose it: no goodbye. */
  kill(): Promise<void>;
}

async function ended(process: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (process.exitCode !== null || process.signalCode !== null) return;
  const exit = once(process, 'exit');
  process.kill(signal);
  await exit;
}

/** Starts a server and waits until it takes people in. Port 0: a free one. */
export async function startServer(args: string[] = [], port = 0): Promise<Running> {
  const [command, ...first] = COMMAND ?? [SCRIPT, 'start'];
  const child = spawn(command!, [...first, '--port', String(port), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, RATE_LIMIT_SOCKET_MAX_PER_IP: '100' },
  });
  const url = await new Promise<string>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('the server did not start')), START_MS_MAX);
    child.once('exit', (code) => reject(new Error(`the server ended with ${code} before it was up`)));
    createInterface({ input: child.stdout }).on('line', (line) => {
      const [, address] = / is on (http:\/\/[^ ]+)/.exec(line) ?? [];
      if (address === undefined) return;
      clearTimeout(timer);
      resolve(address);
    });
  });
  return { url, port: Number(new URL(url).port), kill: () => ended(child, 'SIGKILL') };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

export async function startRedis(): Promise<Running> {
  const port = await freePort();
  const child = spawn('redis-server', ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await new Promise<void>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`redis-server ended with ${code}`)));
    createInterface({ input: child.stdout }).on('line', (line) => line.includes('Ready to accept connections') && resolve());
  });
  return { url: `redis://127.0.0.1:${port}`, port, kill: () => ended(child, 'SIGKILL') };
}

export interface Balancer {
  url: string;
  port: number;
  close(): Promise<void>;
}

/** One door to many servers: each connection goes to the first of them that lives. Port 0: a free one. */
export async function startBalancer(ports: readonly number[], at = 0): Promise<Balancer> {
  const open = new Set<Socket>();
  const keep = (socket: Socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket));
    socket.on('error', () => socket.destroy());
  };
  const join = (client: Socket, [port, ...others]: readonly number[]): void => {
    if (port === undefined) {
      client.destroy();
      return;
    }
    const server = connect(port, '127.0.0.1');
    server.once('error', () => join(client, others));
    server.once('connect', () => {
      server.removeAllListeners('error');
      keep(server);
      client.on('close', () => server.destroy());
      server.on('close', () => client.destroy());
      client.pipe(server);
      server.pipe(client);
    });
  };
  const listener = createServer((client) => {
    keep(client);
    join(client, ports);
  }).listen(at, '127.0.0.1');
  await once(listener, 'listening');
  const { port } = listener.address() as AddressInfo;
  return {
    url: `http://localhost:${port}`,
    port,
    async close() {
      listener.close();
      for (const socket of open) socket.destroy();
      await once(listener, 'close');
    },
  };
}
