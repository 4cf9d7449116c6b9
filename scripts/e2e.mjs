// Starts the product as a person would, runs the browser tests against it, and stops it again.
// Usage: node scripts/e2e.mjs <command that starts the server> [arguments]
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

const START_MS_MAX = 60_000;
const STOP_MS_MAX = 10_000;

const [command, ...args] = process.argv.slice(2);
// All the browsers of the tests come from one address.
const server = spawn(command, [...args, '--port', '0'], {
  stdio: ['ignore', 'pipe', 'inherit'],
  env: { ...process.env, RATE_LIMIT_SOCKET_MAX_PER_IP: '100' },
});
const exited = once(server, 'exit');

const address = await new Promise((resolve, reject) => {
  const timer = setTimeout(() => reject(new Error('the server did not start')), START_MS_MAX);
  server.once('exit', (code) => reject(new Error(`the server ended with ${code} before it was up`)));
  createInterface({ input: server.stdout }).on('line', (line) => {
    const found = /on (http:\/\/[^ ]+)/.exec(line);
    if (found) {
      clearTimeout(timer);
      resolve(found[1]);
    }
  });
}).catch((error) => {
  console.error(`e2e: ${error.message}`);
  server.kill('SIGKILL');
  process.exit(1);
});

const tests = spawn('npm', ['run', '--silent', 'e2e'], {
  cwd: new URL('../web/', import.meta.url),
  stdio: ['ignore', 'inherit', 'inherit'],
  env: { ...process.env, BASE_URL: address },
});
const [testsCode] = await once(tests, 'exit');

server.kill('SIGTERM');
const patience = setTimeout(() => {
  console.error('e2e: the server did not stop when it was told to');
  server.kill('SIGKILL');
}, STOP_MS_MAX);
const [serverCode, serverSignal] = await exited;
clearTimeout(patience);
// A JVM that ends by SIGTERM reports 143 when all went well.
const stoppedWell = serverSignal === 'SIGTERM' || serverCode === 143 || serverCode === 0;
process.exit(testsCode === 0 && stoppedWell ? 0 : 1);
