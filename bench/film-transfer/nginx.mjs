// nginx with one worker that sends the same file.
import { accessSync, constants, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { freePort } from '../../testkit/ports.mjs';
import { cpuMsOf, ManagedProcess } from '../../testkit/process.mjs';
import { until } from '../../testkit/waiting.mjs';

const ELSEWHERE = ['/usr/sbin', '/usr/local/sbin'];

/** Returns the path of nginx, or null. */
export function nginxProgram(path = process.env.PATH ?? '') {
  for (const folder of [...path.split(delimiter), ...ELSEWHERE]) {
    try {
      const file = join(folder, 'nginx');
      accessSync(file, constants.X_OK);
      return file;
    } catch {
      // not there
    }
  }
  return null;
}

/** Returns the configuration: what the manual of nginx names for films, and nothing that costs. */
export const configuration = ({ port, films, folder }) => `daemon off;
worker_processes 1;
pid ${folder}/nginx.pid;
error_log stderr warn;
events { worker_connections 1024; }
http {
  access_log off;
  sendfile on;
  tcp_nopush on;
  types { video/mp4 mp4; }
  client_body_temp_path ${folder}/body;
  proxy_temp_path ${folder}/proxy;
  fastcgi_temp_path ${folder}/fastcgi;
  uwsgi_temp_path ${folder}/uwsgi;
  scgi_temp_path ${folder}/scgi;
  server {
    listen 127.0.0.1:${port};
    root ${films};
  }
}
`;

export class Nginx {
  /** Starts it; its worker runs as the caller, who can read the films. */
  static async started({ program, films, folder }) {
    const nginx = new Nginx();
    nginx.port = await freePort();
    const file = join(folder, 'nginx.conf');
    const user = process.getuid() === 0 ? 'user root;\n' : '';
    writeFileSync(file, user + configuration({ port: nginx.port, films, folder }));
    nginx.process = new ManagedProcess(program, ['-p', folder, '-c', file, '-e', 'stderr']);
    const answers = async () => {
      nginx.process.mustRun();
      return fetch(`http://127.0.0.1:${nginx.port}/`).then(
        () => true,
        () => false,
      );
    };
    await until(() => 'nginx', answers, { withinMs: 10_000 });
    const { pid } = nginx.process;
    nginx.worker = Number(readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ')[0]);
    return nginx;
  }

  cpuMs() {
    return cpuMsOf(readFileSync(`/proc/${this.worker}/stat`, 'utf8'));
  }

  residentKb() {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${this.worker}/status`, 'utf8'))[1]);
  }

  async close() {
    await this.process.stop();
  }
}
