// What the test command prints: a line for each suite, and what failed in full.
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runToLog } from './run.mjs';
import { REPORTS } from './suites.mjs';

export const root = fileURLToPath(new URL('../..', import.meta.url));
const SHOWN_MAX = 20;
const LINES_MAX = 60;

export const logOf = (name) => join(root, 'target', `test-${name.replace('/', '-')}.log`);
const indented = (text) => text.trimEnd().replace(/^/gm, '  ');

/** Prints the counts of a suite that has ended, and its failures; gives whether there were any. */
export function printSuite(name, seconds) {
  const { passed, failed, skipped, failures } = REPORTS[name]();
  const counts = [`${passed} passed`];
  if (failed > 0) counts.push(`${failed} failed`);
  if (skipped > 0) counts.push(`${skipped} skipped`);
  console.log(`${name.padEnd(10)} ${counts.join(', ')} (${Math.round(seconds)} s)`);
  for (const failure of failures.slice(0, SHOWN_MAX))
    console.log(`\nFAILED ${name}: ${failure.name}\n${indented(failure.text)}\n`);
  if (failures.length > SHOWN_MAX) console.log(`and ${failures.length - SHOWN_MAX} more`);
  return failures.length > 0;
}

/** Prints why something failed that no test has reported, with the last lines of its output. */
export function printBroken(name, why, output) {
  console.log(`\nFAILED ${name}: ${why}; the whole log is ${relative(root, logOf(name))}`);
  const lines = output.trim().split('\n').slice(-LINES_MAX);
  if (lines.join('') !== '') console.log(`${indented(lines.join('\n'))}\n`);
}

/** Runs a suite and prints how it went; gives whether it held. */
export async function runSuite({ name, command, words, cwd = root }) {
  const { code, seconds, output } = await runToLog({ command, words, cwd, log: logOf(name) });
  const hasFailures = printSuite(name, seconds);
  if (code === 0) return true;
  if (hasFailures) console.log(`The whole log of ${name} is ${relative(root, logOf(name))}\n`);
  else printBroken(name, `ended with ${code}`, output);
  return false;
}

/** Runs suites two at a time, and prints each when it has ended; gives whether all held. */
export async function runSideBySide(suites) {
  const waiting = [...suites];
  let held = true;
  const lane = async () => {
    for (let suite = waiting.shift(); suite !== undefined; suite = waiting.shift()) held = (await runSuite(suite)) && held;
  };
  await Promise.all([lane(), lane()]);
  return held;
}
