// The parts of a deployment: instances of the server, and the two proxies with the files of this folder.
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from '../../../testkit/ports.mjs';
import { ManagedProcess } from '../../../testkit/process.mjs';
import { Server } from '../../../testkit/server.mjs';
import { until } from '../../../testkit/waiting.mjs';

export const deploy = fileURLToPath(new URL('../..', import.meta.url));

/** The address of a server that does not exist. */
const NOWHERE = '127.0.0.1:1';

/** Creates a folder that is removed with the test. */
export function folder(t) {
  const path = mkdtempSync(join(tmpdir(), 'watchnchill-deploy-'));
  t.after(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

/** One instance in production mode behind proxies on 127.0.0.1; all other addresses of the loopback are visitors. */
export class Instance extends Server {
  static async start(t, environment = {}) {
    const instance = new Instance({
      words: ['--host', '127.0.0.1', '--production'],
      environment: { TRUSTED_PROXIES: '127.0.0.1/32', METRICS_ALLOWED: '127.0.0.1/32', ...environment },
    });
    t.after(() => instance.kill());
    await instance.start();
    return instance;
  }

  get address() {
    return `127.0.0.1:${this.port}`;
  }

  /** The number of its open transport sessions, by its metrics. */
  async sessions(transport) {
    const text = await (await fetch(`${this.url}/metrics`)).text();
    return Number(new RegExp(`^watchnchill_sessions\\{transport="${transport}"\\} (\\S+)$`, 'm').exec(text)[1]);
  }
}

/** Starts nginx with the shipped files; only listen.conf and servers.conf are this machine's. Returns its origin. */
export async function nginx(t, servers) {
  const place = folder(t);
  const port = await freePort();
  cpSync(join(deploy, 'nginx'), place, { recursive: true });
  writeFileSync(join(place, 'listen.conf'), `listen 127.0.0.1:${port};\n`);
  const lines = servers.map((server) => `server ${server} max_fails=1 fail_timeout=5s;\n`);
  writeFileSync(join(place, 'servers.conf'), lines.join(''));
  const child = new ManagedProcess('nginx', ['-p', place, '-c', join(place, 'nginx.conf')]);
  return whenUp(t, child, port);
}

/** Starts HAProxy with the shipped file; addresses by its environment. Returns its origin. */
export async function haproxy(t, [first, second, third = NOWHERE]) {
  const port = await freePort();
  const env = { ...process.env, LISTEN: `127.0.0.1:${port}`, SERVER_1: first, SERVER_2: second, SERVER_3: third };
  const child = new ManagedProcess('haproxy', ['-f', join(deploy, 'haproxy', 'haproxy.cfg')], { env });
  const origin = await whenUp(t, child, port);
  // Every server counts as up until its first checks. A polling session whose first request went around the one that
  // does not exist would move when HAProxy learns of it.
  if (third === NOWHERE) await child.waitForOutput(/Server pages\/s3 is DOWN/);
  return origin;
}

async function whenUp(t, child, port) {
  // Not SIGKILL: nginx's workers would outlive it.
  t.after(() => child.stop());
  const origin = `http://127.0.0.1:${port}`;
  await until('the proxy passes /health on', async () => {
    child.mustRun();
    return (await fetch(`${origin}/health`)).ok;
  });
  return origin;
}

export const proxies = { nginx, haproxy };
