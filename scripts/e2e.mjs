// Starts the server as a user would, runs the browser tests against it, and stops it again.
// Usage: node scripts/e2e.mjs <script of web/package.json> <command that starts the server> [arguments]
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { ManagedProcess } from '../testkit/process.mjs';

const START_MS_MAX = 60_000;

const [script, command, ...words] = process.argv.slice(2);
// All browsers of the tests come from one address.
const env = { ...process.env, RATE_LIMIT_SOCKET_MAX_PER_IP: '100' };
const server = new ManagedProcess(command, [...words, '--port', '0'], { env });
try {
  const [, address] = await server.waitForOutput(/ is on (http:\/\/\S+)\s/, START_MS_MAX);
  const tests = spawn('npm', ['run', '--silent', script], {
    cwd: new URL('../web/', import.meta.url),
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, BASE_URL: address, WATCHNCHILL_COMMAND: JSON.stringify([command, ...words]) },
  });
  const [testsCode] = await once(tests, 'exit');
  const { code, signal } = await server.stop();
  // A JVM that ends by SIGTERM reports 143 when all went well.
  const endedWell = signal === 'SIGTERM' || code === 143 || code === 0;
  if (!endedWell) console.error(`e2e: the server ended with ${code ?? signal}:\n${server.output}`);
  process.exitCode = testsCode === 0 && endedWell ? 0 : 1;
} catch (problem) {
  console.error(`e2e: ${problem.message}`);
  process.exitCode = 1;
} finally {
  await server.stop('SIGKILL');
}
