// The report: a row for each phase, one line of JSON for each attack, and a file with machine, date and the raw results.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { ATTACKS } from './attacks/table.mjs';
import { CLOCK_P99_MS, HEAP_FACTOR, shown } from './verdict.mjs';

const COLUMNS = [
  'phase',
  'clock p50 / p99 / max, ms',
  'calm p99',
  'chat p50 / p99 / max, ms',
  'newcomers, p99 ms',
  'refused',
  'disconnected',
  'heap after, MB',
  'resident, MB',
  '',
];

const three = ({ p50, p99, max }) => `${shown(p50)} / ${shown(p99)} / ${shown(max)}`;

/** The cells of one phase. */
export function rowOf({ name, phase, calm, why }) {
  return [
    name,
    three(phase.clock),
    shown(calm.clock.p99),
    three(phase.chat),
    `${phase.visit.count}, ${shown(phase.visit.p99)}`,
    phase.refusals.length,
    phase.disconnects.length,
    phase.heapMb ?? '–',
    phase.residentMb ?? '–',
    why.length === 0 ? 'holds' : '**fails**',
  ];
}

export const table = (results) =>
  [COLUMNS, COLUMNS.map(() => '---'), ...results.map(rowOf)].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

/** JSON, in which what never came is `"never"`. */
export const jsonOf = (value) => JSON.stringify(value, (_, one) => (one === Number.POSITIVE_INFINITY ? 'never' : one));

/** Returns the line of JSON of a phase. */
export function line({ name, phase, calm, why }) {
  const { clock, chat, visit, refusals, disconnects, heapMb, residentMb, logLines, attack } = phase;
  return {
    attack: name,
    holds: why.length === 0,
    clock,
    calmP99: calm.clock.p99,
    chat,
    visit,
    refused: refusals.length,
    disconnected: disconnects.length,
    heapMb,
    residentMb,
    logLines,
    did: attack?.counts,
    why,
  };
}

const did = (counts) =>
  Object.entries(counts)
    .map(([what, count]) => `${what} ${count}`)
    .join(', ');

/** Writes DATE-abuse.md and the raw results beside it; gives its path. */
export function write({ results, heaps, options, machine: { before, after }, startedAt, seconds, lateMs }) {
  const base = `${startedAt.toISOString().slice(0, 10)}-abuse${options.quick ? '-quick' : ''}`;
  const words = options.names.length === Object.keys(ATTACKS).length ? [] : options.names.flatMap((name) => ['--attack', name]);
  for (const word of ['each', 'quick']) if (options[word]) words.push(`--${word}`);
  const details = results.map(({ name, phase, why }) => {
    const texts = [
      ...why.map((text) => `**${text}**`),
      ...(phase.attack === undefined ? [] : [`The attacker: ${did(phase.attack.counts)}`]),
    ];
    return texts.length === 0 ? '' : `### ${name}\n\n${texts.map((text) => `- ${text}`).join('\n')}\n\n`;
  });
  const memory = heaps.map(
    ({ beforeMb, afterMb, waitedSeconds }) =>
      `- before ${beforeMb} MB, afterwards ${afterMb} MB, ${waitedSeconds} s after the last attack\n`,
  );
  const path = join(options.out, `${base}.md`);
  writeFileSync(
    path,
    `# Attacks from one address

Command: \`${['node bench/abuse.mjs', ...words].join(' ')}\` on ${startedAt.toISOString()}, ${Math.round(seconds)} s, commit ${before.commit}.
${before.processor}, ${before.memory}, ${before.system}, ${before.java}, Node ${before.node}. Load average before ${before.load}, after ${after.load}.
Server, members and attacker ran on this machine; the members' own process was late by ${Math.round(lateMs)} ms at most. JVM with 614 MB of heap, 4,096 descriptors, production mode.

Bounds: clock answers under ${CLOCK_P99_MS} ms at p99, nothing refused to members and newcomers, the process lives and writes no flood of log, its heap within ${HEAP_FACTOR} times what it was.

${table(results)}

Heap, collected:

${memory.join('')}
${details.join('')}Raw results: [${base}.json.gz](${base}.json.gz).
`,
  );
  writeFileSync(join(options.out, `${base}.json.gz`), gzipSync(jsonOf({ results, heaps, machine: before, lateMs })));
  return path;
}
