// The report of the transfer of films: medians and spreads of both servers, and the ratios.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { line } from '../runner/statistics.mjs';

const FIGURES = [
  {
    figure: 'CPU',
    unit: '% of a core',
    of: ({ cpuMs, seconds }) => cpuMs / seconds / 10,
  },
  {
    figure: 'CPU of a megabyte',
    unit: 'ms',
    of: ({ cpuMs, megabytes }) => cpuMs / megabytes,
  },
  {
    figure: 'sent',
    unit: 'MB/s',
    of: ({ megabytes, seconds }) => megabytes / seconds,
  },
  {
    figure: 'slowest reader',
    unit: 'kB/s',
    of: ({ leastBytes, seconds }) => leastBytes / seconds / 1000,
  },
  {
    figure: 'resident memory',
    unit: 'MB',
    of: ({ residentKb }) => residentKb / 1024,
  },
];
const SCENARIO = 'film-transfer';

/** Returns a line for each figure. */
export const linesOf = ({ ours, nginx }) =>
  FIGURES.map(({ figure, unit, of }) => {
    const { peer, spread, ...rest } = line({ scenario: SCENARIO, figure, unit, ours: ours.map(of), peer: nginx.map(of) });
    const { peer: nginxSpread, ...spreads } = spread;
    return { ...rest, nginx: peer, spread: { ...spreads, nginx: nginxSpread } };
  });

/** Returns the lines as a table. */
export function tableOf(lines) {
  // A short phase may take less than a tick.
  const cell = (value, range) => (range === null ? '–' : `${value} (${range[0]} to ${range[1]})`);
  const rows = lines.map(({ figure, unit, ours, nginx, ratio, spread }) =>
    [figure, unit, cell(ours, spread.ours), cell(nginx, spread.nginx), cell(ratio, spread.ratio)].join(' | '),
  );
  return ['figure | unit | ours | nginx | ours / nginx', '--- | --- | --- | --- | ---', ...rows]
    .map((row) => `| ${row} |`)
    .join('\n');
}

export function write({ lines, results, restPercent, memory, options, startedAt, seconds, before, after, nginxVersion }) {
  const base = `${startedAt.toISOString().slice(0, 10)}-film-transfer`;
  const path = join(options.out, `${base}.md`);
  writeFileSync(
    path,
    `# What it costs to send films

Command: \`${options.command}\` on ${startedAt.toISOString()}, ${Math.round(seconds)} s, commit ${before.commit}.
${before.processor}, ${before.memory}, ${before.system}, ${before.java}, ${nginxVersion}, Node ${before.node}.
Load average before ${before.load}, after ${after.load}.

${options.readers} viewers read one film, each ${options.mbit} Mbit/s by one connection, from a place of their own: ${options.seconds} s from this
server, then the same from nginx (one worker, \`sendfile\`), in turns, after both have sent as much as in the first minutes
of a film. Processor time, user and system, of all threads of
this server and of nginx' worker, from \`/proc/PID/stat\`. Medians of ${options.runs} runs, with the least and the greatest; a ratio
is of the same run.

${tableOf(lines)}

Without a reader this server takes ${restPercent} % of a core for the ${options.readers} members.

Resident memory of this server: ${memory.beforeMb} MB with ${options.readers} members and no reader yet, and ${memory.mostMb} MB at most while the
first ${options.readers} read.

Raw results: [${base}.json.gz](${base}.json.gz).
`,
  );
  writeFileSync(
    join(options.out, `${base}.json.gz`),
    gzipSync(JSON.stringify({ lines, results, restPercent, memory, machine: before, nginxVersion })),
  );
  return path;
}
