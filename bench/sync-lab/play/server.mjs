// Starts the product as a person would, on a free port, and stops it again.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

const START_MS_MAX = 120_000;
const STOP_MS_MAX = 10_000;

export async function startServer([command, ...args]) {
  const server = spawn(command, [...args, '--port', '0'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    // All pages of the lab come from one address.
    env: { ...process.env, RATE_LIMIT_SOCKET_MAX_PER_IP: '200' },
  });
  const exited = once(server, 'exit');
  const stop = async () => {
    if (server.exitCode !== null || server.signalCode !== null) return;
    server.kill('SIGTERM');
    const patience = setTimeout(() => server.kill('SIGKILL'), STOP_MS_MAX);
    await exited;
    clearTimeout(patience);
  };
  try {
    const url = await new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error('the server did not start')), START_MS_MAX);
      server.once('error', reject);
      server.once('exit', (code) => reject(new Error(`the server ended with ${code} before it was up`)));
      createInterface({ input: server.stdout }).on('line', (line) => {
        const found = /on (http:\/\/[^ ]+)/.exec(line);
        if (found === null) return;
        clearTimeout(timer);
        resolve(found[1]);
      });
    });
    return { url, stop };
  } catch (problem) {
    await stop();
    throw problem;
  }
}
