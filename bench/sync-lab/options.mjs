// The command line.
import { PROVIDERS } from '../../web/e2e/stand-ins/index.mjs';
import { PROFILES } from './profiles.mjs';

const PLAYERS = Object.keys(PROVIDERS).join(', ');
const FILMS = ['library', 'converted'];

export const HELP = `Measures how well pages stay in sync, in real Chromium, beside the original's algorithm.

  ./watchnchill sync-lab [profile] [options]

Profiles (default: home):
${Object.entries(PROFILES)
  .map(([name, { description }]) => `  ${name.padEnd(17)} ${description}`)
  .join('\n')}
  all               home with 2, 4 and 8 pages; lan, intercontinental, mobile and mixed with 8

Options:
  --pages N       2 to 8 pages (default: 4)
  --seconds S     length of the first steady stretch; the second is half of it (default: 40)
  --rounds N      pause, play and seek, so many times in each block (default: 3)
  --cycles N      blocks of each algorithm, in turn (default: 2)
  --seed N        of clocks and lines (default: 1)
  --out DIR       where table, picture and samples go (default: bench/results)
  --original-wall give the original the faked wall clocks too (default: true ones, its best case)
  --player NAME   the player of another site, by its stand-in in web/e2e/stand-ins and without the original, which has
                  none of them: ${PLAYERS}
  --film NAME     a film of the server's library, and without the original, which has none: library, as it is on the
                  disk; converted, from a Matroska file with DTS sound
  --no-original   measure this project alone
  --quick         2 pages, one short block, verdicts, nothing written: a part of ./watchnchill test
  --json          print the last line only

BASE_URL names a server that already runs; CHROMIUM the browser.
The last line is one JSON object for each run (with "all" one line a run). bench/sync-lab/README.md defines every figure.`;

const NUMBERS = {
  pages: [2, 8],
  seconds: [4, 90],
  rounds: [0, 20],
  cycles: [1, 20],
  seed: [0, 2 ** 31],
};

export function readOptions(words) {
  const options = {
    profile: 'home',
    pages: null,
    seconds: 40,
    rounds: 3,
    cycles: 2,
    seed: 1,
    original: true,
    player: null,
    film: null,
    server: [],
  };
  const split = words.indexOf('--');
  if (split >= 0) options.server = words.slice(split + 1);
  const asked = split >= 0 ? words.slice(0, split) : [...words];
  while (asked.length > 0) {
    const argument = asked.shift();
    const name = argument.replace(/^--/, '');
    if (argument === '--help' || argument === '-h') options.help = true;
    else if (argument === '--quick') options.quick = true;
    else if (argument === '--json') options.json = true;
    else if (argument === '--no-original') options.original = false;
    else if (argument === '--original-wall') options.originalWall = true;
    else if (argument === '--player') options.player = player(asked.shift());
    else if (argument === '--film') options.film = film(asked.shift());
    else if (argument === '--out') options.out = asked.shift();
    else if (argument.startsWith('--') && Object.hasOwn(NUMBERS, name)) options[name] = number(name, asked.shift());
    else if (argument === 'all' || Object.hasOwn(PROFILES, argument)) options.profile = argument;
    else throw new Error(`there is no profile or option '${argument}'; see ./watchnchill sync-lab --help`);
  }
  if (options.player !== null && options.film !== null) throw new Error('--player and --film exclude each other');
  if (options.player !== null || options.film !== null) options.original = false;
  if (options.quick)
    Object.assign(options, {
      pages: 2,
      seconds: 8,
      rounds: 2,
      cycles: 1,
      original: false,
    });
  return options;
}

function player(name) {
  if (!Object.hasOwn(PROVIDERS, name ?? '')) throw new Error(`--player is one of ${PLAYERS}`);
  return name;
}

function film(name) {
  if (!FILMS.includes(name)) throw new Error(`--film is one of ${FILMS.join(', ')}`);
  return name;
}

function number(name, text) {
  const [least, most] = NUMBERS[name];
  const value = Number(text);
  if (!Number.isInteger(value) || value < least || value > most)
    throw new Error(`--${name} is a whole number from ${least} to ${most}`);
  return value;
}

/** Returns the runs of a command line, as profile and number of pages. */
export function runsOf({ profile, pages }) {
  if (profile !== 'all') return [[profile, pages ?? 4]];
  const many = pages ?? 8;
  const homes = [2, 4, 8].filter((n) => n <= many).map((n) => ['home', n]);
  return [...homes, ...['lan', 'intercontinental', 'mobile', 'mixed'].map((name) => [name, many])];
}
