/**
 * Writes the table of internationalised domain names (UTS #46) that the server reads links with.
 *
 *   npm pack tr46@5.1.1 && tar xzf tr46-5.1.1.tgz
 *   node scripts/idna-table.mjs package > party/src/main/resources/dev/watchnchill/party/link/idna.txt
 *
 * The version of tr46 decides the version of Unicode: 5.1 has Unicode 16, as JDK 25 has.
 */
import { createRequire } from 'node:module';
import { resolve } from 'node:path';

const folder = resolve(process.argv[2] ?? 'package');
const require = createRequire(`${folder}/`);
const table = require('./lib/mappingTable.json');
const regexes = require('./lib/regexes.js');
const [MAPPED, VALID, DEVIATION, IGNORED] = [1, 2, 6, 7];

const hex = (number) => number.toString(16);
const range = ([from, to]) => (from === to ? hex(from) : `${hex(from)}-${hex(to)}`);

/** Adjacent rows that say the same, as one. A mapping to one code point may count on with its range. */
function merged() {
  const rows = [];
  for (const [points, status, mapping = ''] of table) {
    const [from, to] = Array.isArray(points) ? points : [points, points];
    const target = [...mapping].map((char) => char.codePointAt(0));
    const kind = status === MAPPED ? 'm' : status === IGNORED ? 'i' : [VALID, DEVIATION].includes(status) ? 'v' : null;
    if (kind === null) continue;
    const last = rows.at(-1);
    const joins = last !== undefined && last.kind === kind && last.to + 1 === from;
    if (joins && kind !== 'm') {
      last.to = to;
    } else if (joins && last.target.length === 1 && target.length === 1 && from === to && counts(last, from, target[0])) {
      last.to = to;
    } else {
      if (kind === 'm' && from !== to)
        for (let point = from; point <= to; point++) rows.push({ kind, from: point, to: point, target });
      else rows.push({ kind, from, to, target });
    }
  }
  return rows;
}

function counts(row, point, target) {
  return target - row.target[0] === point - row.from;
}

/** The code points of a character class. */
function classOf(source) {
  const matcher = new RegExp(`^${source}$`, 'u');
  const ranges = [];
  for (let point = 0; point <= 0x10ffff; point++) {
    if (!matcher.test(String.fromCodePoint(point))) continue;
    const last = ranges.at(-1);
    if (last !== undefined && last[1] + 1 === point) last[1] = point;
    else ranges.push([point, point]);
  }
  return ranges;
}

const [joinsBefore, transparent, , joinsAfter] = regexes.validZWNJ.source.match(/\[[^\]]*\]/g);
const lines = [
  '# UTS #46, Unicode 16.0. Written by scripts/idna-table.mjs; data under the Unicode License v3, by way of tr46 (MIT).',
  '# v valid, i ignored, m mapped to what follows (to the next ones for the next ones of a range); not listed: disallowed.',
  '# k virama; b/a may stand before/after a zero-width non-joiner; t transparent to joining.',
  ...merged().map(({ kind, from, to, target }) =>
    [kind, range([from, to]), ...(kind === 'm' ? [target.map(hex).join(',')] : [])].join(' '),
  ),
  ...classOf(regexes.combiningClassVirama.source).map((row) => `k ${range(row)}`),
  ...classOf(joinsBefore).map((row) => `b ${range(row)}`),
  ...classOf(joinsAfter).map((row) => `a ${range(row)}`),
  ...classOf(transparent).map((row) => `t ${range(row)}`),
];
process.stdout.write(`${lines.join('\n')}\n`);
