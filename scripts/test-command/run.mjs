// Runs a program into a log file and keeps the end of its output.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { createInterface } from 'node:readline';

const OUTPUT_MAX = 40_000;

/**
 * @param onLine is called with each line of the standard output
 * @returns the exit code (or the signal's name), the seconds it took, and the end of its output
 */
export async function runToLog({ command, words, cwd, env = process.env, log, onLine }) {
  const begun = performance.now();
  const file = createWriteStream(log);
  const child = spawn(command, words, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => (output = (output + text).slice(-OUTPUT_MAX)));
    stream.pipe(file, { end: false });
  }
  if (onLine !== undefined) createInterface({ input: child.stdout }).on('line', onLine);
  const code = await once(child, 'close').then(
    ([status, signal]) => status ?? signal,
    (problem) => {
      output += problem.message;
      return 'not started';
    },
  );
  await new Promise((resolve) => file.end(resolve));
  return { code, seconds: (performance.now() - begun) / 1000, output };
}
