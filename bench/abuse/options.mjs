// The command line.
import { fileURLToPath } from 'node:url';
import { ATTACKS } from './attacks/table.mjs';

const RESULTS = fileURLToPath(new URL('../results', import.meta.url));

export const HELP = `Attacks a server with a small heap from one address while members watch, and judges what they notice.

  node bench/abuse.mjs [options]          (or ./watchnchill bench abuse [options])

Attacks (default: all, one after the other against one server):
${Object.entries(ATTACKS)
  .map(([name, { description }]) => `  ${name.padEnd(12)} ${description}`)
  .join('\n')}

Options:
  --attack NAME  that attack alone; may be given several times
  --each         a new server for each attack, so that one attack cannot hide behind another
  --out DIR      where the table and the raw results go (default: bench/results; with --quick nowhere)
  --quick        two seconds of each and no bound on latency: a part of ./watchnchill test
  --keep         keeps the servers' logs (they are kept when something fails)
  --json         print one line of JSON for each attack, and the last line

Linux. Nothing else should run on the machine. bench/abuse/README.md describes what is measured and judged.`;

export function readOptions(words) {
  const options = { names: [], program: [] };
  const split = words.indexOf('--');
  if (split >= 0) options.program = words.slice(split + 1);
  const asked = split >= 0 ? words.slice(0, split) : [...words];
  while (asked.length > 0) {
    const word = asked.shift();
    if (word === '--help' || word === '-h') options.help = true;
    else if (['--each', '--quick', '--keep', '--json'].includes(word)) options[word.slice(2)] = true;
    else if (word === '--attack') options.names.push(attackOf(asked.shift()));
    else if (word === '--out') options.out = folderOf(asked.shift());
    else throw new Error(`there is no option '${word}'; see node bench/abuse.mjs --help`);
  }
  if (options.names.length === 0) options.names = Object.keys(ATTACKS);
  if (!options.quick) options.out ??= RESULTS;
  return options;
}

function attackOf(word) {
  if (word === undefined || !Object.hasOwn(ATTACKS, word)) throw new Error(`there is no attack '${word}'`);
  return word;
}

function folderOf(word) {
  if (word === undefined) throw new Error('--out needs a folder');
  return word;
}
