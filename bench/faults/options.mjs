// The command line of the fault suite.
import { FAULTS, QUICK_FAULTS } from './faults/table.mjs';

export const HELP = `Makes servers, Redis and the network fail under load, and judges which messages were lost, duplicated or reordered.

  ./watchnchill faults [name ...] [options]

Faults (default: all):
${Object.entries(FAULTS)
  .map(([name, { description }]) => `  ${name.padEnd(24)} ${description}`)
  .join('\n')}

Options:
  --quick      short versions of ${QUICK_FAULTS.join(', ')}: a part of ./watchnchill test
  --out DIR    writes a table and the raw records there
  --keep       keeps the logs of the servers (they are kept when a fault fails)
  --json       print the last line of each fault only

The last line of each fault is one JSON object. Fails when an acknowledged message was lost, duplicated or reordered, or when the clients
were back too late. bench/faults/README.md defines each figure.`;

/** The bounds that are promised; those of the quick run allow for a machine that does other things too. */
export const BOUNDS = { resyncMs: 3000, answerMs: 2000 };
export const QUICK_BOUNDS = { resyncMs: 10_000, answerMs: 5000 };

export function readOptions(words) {
  const options = { names: [], program: [], bounds: BOUNDS };
  const split = words.indexOf('--');
  if (split >= 0) options.program = words.slice(split + 1);
  const asked = split >= 0 ? words.slice(0, split) : [...words];
  while (asked.length > 0) {
    const word = asked.shift();
    if (word === '--help' || word === '-h') options.help = true;
    else if (word === '--quick') Object.assign(options, { quick: true, bounds: QUICK_BOUNDS });
    else if (word === '--json') options.json = true;
    else if (word === '--keep') options.keep = true;
    else if (word === '--out') options.out = folderOf(asked.shift());
    else if (word === 'all') options.names.push(...Object.keys(FAULTS));
    else if (Object.hasOwn(FAULTS, word)) options.names.push(word);
    else throw new Error(`there is no fault or option '${word}'; see ./watchnchill faults --help`);
  }
  if (options.names.length === 0) options.names = options.quick ? QUICK_FAULTS : Object.keys(FAULTS);
  return options;
}

function folderOf(word) {
  if (word === undefined) throw new Error('--out needs a folder');
  return word;
}
