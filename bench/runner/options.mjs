// The command line.
import { fileURLToPath } from 'node:url';
import { SCENARIOS } from './scenarios/table.mjs';

const RUNS = 5;
const STORES = ['memory', 'file', 'redis'];
const RESULTS = fileURLToPath(new URL('../results', import.meta.url));
const minutes = Object.values(SCENARIOS).reduce((sum, scenario) => sum + scenario.minutes, 0);

export const HELP = `Measures this server beside bench/peer-node, which has the original's architecture.

  ./watchnchill bench [scenario ...] [options]

Scenarios (default: all, about ${Math.ceil(minutes)} minutes on 2 cores):
${Object.entries(SCENARIOS)
  .map(([name, { description, minutes: each }]) => `  ${name.padEnd(8)} ${description} (${each} min)`)
  .join('\n')}

Options:
  --store S    memory, file or redis: the scenarios that know it, on that store alone (default: all that apply)
  --runs N     repetitions (default: ${RUNS})
  --out DIR    where tables and raw results go (default: bench/results; with --quick nowhere)
  --quick      one repetition of small sizes: to see that it works, not to measure
  --keep       keeps the logs of the servers (they are kept when something fails)
  --json       print the lines of JSON only

Each figure ends as one line of JSON. Nothing else should run on the machine. bench/README.md describes each scenario.`;

const isCount = (word) => /^[1-9]\d{0,2}$/.test(word ?? '');

export function readOptions(words) {
  const options = { names: [], program: [], stores: STORES };
  const split = words.indexOf('--');
  if (split >= 0) options.program = words.slice(split + 1);
  const asked = split >= 0 ? words.slice(0, split) : [...words];
  while (asked.length > 0) {
    const word = asked.shift();
    if (word === '--help' || word === '-h') options.help = true;
    else if (word === '--quick') options.quick = true;
    else if (word === '--json') options.json = true;
    else if (word === '--keep') options.keep = true;
    else if (word === '--out') options.out = needed(asked.shift(), '--out needs a folder', (folder) => folder !== undefined);
    else if (word === '--runs') options.runs = Number(needed(asked.shift(), '--runs is a number from 1 to 999', isCount));
    else if (word === '--store')
      options.stores = [needed(asked.shift(), '--store is memory, file or redis', (store) => STORES.includes(store))];
    else if (word === 'all') options.names.push(...Object.keys(SCENARIOS));
    else if (Object.hasOwn(SCENARIOS, word)) options.names.push(word);
    else throw new Error(`there is no scenario or option '${word}'; see ./watchnchill bench --help`);
  }
  if (options.names.length === 0) options.names = Object.keys(SCENARIOS);
  options.names = options.names.filter((name) => storesOf(name, options).length > 0);
  options.runs ??= options.quick ? 1 : RUNS;
  if (!options.quick) options.out ??= RESULTS;
  return options;
}

/** Returns the requested stores on which a scenario is measured. */
export const storesOf = (name, { stores }) => SCENARIOS[name].stores.filter((store) => stores.includes(store));

function needed(word, otherwise, good) {
  if (!good(word)) throw new Error(otherwise);
  return word;
}
