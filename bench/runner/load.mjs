// The load generator (bench/load) as a process: what it is told, and the one line that it answers.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const LIBRARIES = fileURLToPath(new URL('../load/target/app/lib/', import.meta.url));
const MAIN = 'dev.watchnchill.load.Main';
const SAID_MAX = 4000;

/** The command line for a scenario against these servers. */
export function loadWords({ scenario, servers, redis, options }) {
  const words = [scenario, '--url', servers.map(({ url }) => url).join(','), '--pid', servers.map(({ pid }) => pid).join(',')];
  if (redis !== undefined) words.push('--redis-pid', String(redis.pid));
  for (const [name, value] of Object.entries(options)) words.push(`--${name}`, String(value));
  return words;
}

/** Runs a scenario to its end and gives its result. `restart` is called when the generator asks for it, and gives the new servers. */
export async function play({ scenario, servers, redis, options = {}, restart, onClose }) {
  const home = process.env.JAVA_HOME;
  const java = home ? join(home, 'bin', 'java') : 'java';
  const words = [
    '--enable-native-access=ALL-UNNAMED',
    '-cp',
    `${LIBRARIES}*`,
    MAIN,
    ...loadWords({ scenario, servers, redis, options }),
  ];
  const child = spawn(java, words, { stdio: ['pipe', 'pipe', 'pipe'] });
  onClose(() => child.kill('SIGKILL'));
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text) => (said = (said + text).slice(-SAID_MAX)));
  child.stdin.on('error', () => undefined);
  let result;
  let failed;
  createInterface({ input: child.stdout }).on('line', (line) => {
    if (!line.startsWith('{')) return;
    const message = JSON.parse(line);
    if (message.event !== 'restart') {
      result = message;
      return;
    }
    restart().then(
      ([{ url, pid }]) => child.stdin.write(`${JSON.stringify({ go: true, url, pid })}\n`),
      (problem) => {
        failed = problem;
        child.kill('SIGKILL');
      },
    );
  });
  const [code] = await once(child, 'close');
  if (failed !== undefined) throw failed;
  if (code !== 0 || result === undefined)
    throw new Error(`the load generator ended with ${code}: ${words.slice(4).join(' ')}\n${said}`);
  return result;
}
