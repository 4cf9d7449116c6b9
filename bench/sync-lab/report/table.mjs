// The table of the report.
import { relative } from 'node:path';
import { rounded } from '../figures/numbers.mjs';
import { LINES } from '../profiles.mjs';

const show = (value, digits = 1) => (value === null || value === undefined ? '–' : String(rounded(value, digits) ?? '–'));
const three = ({ p50, p95, p99 }) => [p50, p95, p99].map((value) => show(value)).join(' / ');
const times = ({ n, p50, p95 }) => `${show(p50, 0)} / ${show(p95, 0)} (${n})`;
const percent = (value) => (value === null ? '–' : `${show(100 * value, 2)} %`);

const ROWS = [
  ['skew of all pairs in steady play, p50 / p95 / p99 ms', (f) => three(f.skew)],
  ['the same without pages that stall', (f) => three(f.unstalled)],
  ['the same by shown frames (second measurement)', (f) => three(f.frames)],
  ['within 40 ms', (f) => percent(f.within)],
  ['play: key to all in step (40 ms), p50 / p95 ms (times)', (f) => times(f.play)],
  ['pause: key to all standing together', (f) => times(f.pause)],
  ['seek: key to all in step', (f) => times(f.seek)],
  [
    'play / pause / seek: key to all within 100 ms, p50 ms',
    (f) => [f.near.play, f.near.pause, f.near.seek].map(({ p50 }) => show(p50, 0)).join(' / '),
  ],
  ['late join: film can play to in step', (f) => times(f.join)],
  ['next film of the queue: last frame to all in step in it', (f) => times(f.gap)],
  ['acts and joins that never settled before the next act', (f) => String(f.unsettled)],
  ['how far a join or leave moved the others, ms at most', (f) => show(f.movedByPeople)],
  ['how far a step of a wall clock by 1 h moved anybody, ms at most', (f) => show(f.movedByClock)],
  ['corrective seeks per viewer-hour', (f) => show(f.seeksPerHour)],
  ['audible change of rate (5 cents), s per viewer-minute', (f) => show(f.audibleSecondsPerMinute, 2)],
  ['rate off by a cent and more, s per viewer-minute', (f) => show(f.bentSecondsPerMinute, 2)],
  ['sound held down, s per viewer-minute', (f) => show(f.duckedSecondsPerMinute, 2)],
  ['messages per viewer-minute (pings apart)', (f) => `${show(f.messagesPerMinute)} (${show(f.pingsPerMinute)})`],
  ['steady play measured, s', (f) => show(f.steadySeconds, 0)],
];

const names = (list) => list.map(([label, rate]) => `${label} ${show(rate)}`).join(', ') || 'none';

function mean(list, key) {
  const values = (list ?? []).filter((one) => one !== null).map((one) => one[key]);
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** The library's films, in words. */
const FILMS = { library: 'as it is', converted: 'converted' };

export function table(report, name, json) {
  const { result, ours, original, options, startedAt, machine } = report;
  const columns = original === null ? [ours] : [ours, original];
  const row = (cells) => `| ${cells.join(' | ')} |`;
  const head = original === null ? ['', 'this project'] : ['', 'this project', "the original's algorithm"];
  const cost = (key) =>
    [result.cost.ours, result.cost.original, result.cost.bare].map((list) => show(mean(list, key))).join(' / ');
  const worst = (key) => Math.max(...result.loads.map((load) => load[key] ?? 0));
  const film = options.film === null ? '' : `, film of the library, ${FILMS[options.film]}`;
  const what = options.player === null ? film : `, stand-in for ${options.player}`;
  return `# Sync lab: ${result.profile}, ${result.pages} pages${what}

${startedAt.toISOString()}, \`${command(options, result)}\`, seed ${options.seed}

- ${machine.before.processor}, ${machine.before.system}
- ${machine.before.browser}; ${machine.before.java}; Node ${machine.before.node}
- load average before ${machine.before.load}, after ${machine.after.load}
- ${result.traits.description}; ${options.cycles} blocks of each, in turn${options.originalWall ? '; the original with wrong wall clocks' : ''}

![Skew over time](${name}.svg)

${row(head)}
${row(head.map(() => '---'))}
${ROWS.map(([label, cell]) => row([label, ...columns.map(cell)])).join('\n')}

Processor time of a page in steady play, ms per s (this project / original / bare film, all with the lab's instruments):
script ${cost('script')}, all tasks ${cost('task')}.

Messages per viewer-minute by name: ${columns.map(({ messageNames }) => names(messageNames)).join('; the original ')}.

| page | line | asked for | round trip p50 / p95 ms | clock ahead by | wall off by | ppm |
|---|---|---|---|---|---|---|
${result.trips.map((trip, page) => pageRow(result, trip, page, row)).join('\n')}

Instruments: sampler ticks p95 ${show(worst('tickP95'))} ms, late ${percent(worst('late'))}; frames dropped ${percent(worst('dropped'))};
navigation starts agree with the wall clock within ${show(result.originSpreadMs, 2)} ms. Raw samples: [${name}.csv.gz](${name}.csv.gz);
[what each figure means](${relative('bench/results', 'bench/sync-lab/README.md')}).

\`\`\`json
${json}
\`\`\`
`;
}

function pageRow({ lineNames, clocks }, { p50, p95 }, page, row) {
  const { rttMs, jitterMs } = LINES[lineNames[page]];
  const { aheadMs, wallMs, ppm } = clocks[page];
  const trip = `${show(p50)} / ${show(p95)}`;
  return row([
    page + 1,
    lineNames[page],
    `${rttMs} ± ${jitterMs} ms`,
    trip,
    `${show(aheadMs, 0)} ms`,
    `${show(wallMs, 0)} ms`,
    show(ppm),
  ]);
}

function command({ seconds, rounds, cycles, seed, player, film, original, originalWall }, { profile, pages }) {
  const other = film === null ? (original ? '' : ' --no-original') : ` --film ${film}`;
  const chosen = player === null ? other : ` --player ${player}`;
  const extra = `${chosen}${originalWall ? ' --original-wall' : ''}`;
  return `./watchnchill sync-lab ${profile} --pages ${pages} --seconds ${seconds} --rounds ${rounds} --cycles ${cycles} --seed ${seed}${extra}`;
}
