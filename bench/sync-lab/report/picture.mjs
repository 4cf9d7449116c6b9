// Skew over time, both algorithms on one scale; drawn by hand so that no library is needed. Readable on light and on dark.
import { GRID_MS, pairs } from '../figures/tracks.mjs';
import { percentile } from '../figures/numbers.mjs';

const WIDTH = 960;
const LEFT = 70;
const RIGHT = 20;
const PANEL = 190;
const BIN_MS = 250;
const LEAST_MS = 0.1;
const MOST_MS = 10_000;
const DECADES = [0.1, 1, 10, 100, 1000, 10_000];
const STYLE = `text{font:12px system-ui,sans-serif;fill:#57606a}.title{font-weight:600;font-size:14px;fill:#24292f}
.grid{stroke:#8c959f;stroke-opacity:.3}.forty{stroke:#bf8700;stroke-dasharray:4 3}.act{stroke:#8c959f;stroke-opacity:.55}
.band{fill-opacity:.28;stroke:none}.mid{fill:none;stroke-width:1.6}.ours .band{fill:#0969da}.ours .mid{stroke:#0969da}
.original .band{fill:#cf222e}.original .mid{stroke:#cf222e}
@media (prefers-color-scheme:dark){text{fill:#9198a1}.title{fill:#f0f6fc}.ours .band{fill:#58a6ff}.ours .mid{stroke:#58a6ff}
.original .band{fill:#ff7b72}.original .mid{stroke:#ff7b72}.forty{stroke:#e3b341}}`;

export function picture({ result, original }) {
  const panels = [
    ['ours', 'this project', result.blocks.ours[0]],
    ...(original === null ? [] : [['original', "the original's algorithm", result.blocks.original[0]]]),
  ];
  const end = Math.max(...panels.map(([, , { grid }]) => grid.size * GRID_MS));
  const height = 50 + panels.length * (PANEL + 50);
  const x = (ms) => LEFT + (ms / end) * (WIDTH - LEFT - RIGHT);
  const parts = panels.map(([name, title, block], i) => panel(name, title, block, 50 + i * (PANEL + 50), x, end));
  const heading = `Skew between ${result.pages} pages, ${result.profile}: median pair (line) and widest pair (top of the band), ms`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${heading}">
<style>${STYLE}</style>
<text class="title" x="${LEFT}" y="22">${heading}</text>
${parts.join('\n')}
</svg>
`;
}

function panel(name, title, { grid, acts }, top, x, end) {
  const scale = (ms) => {
    const share = Math.log(Math.min(MOST_MS, Math.max(LEAST_MS, ms)) / LEAST_MS) / Math.log(MOST_MS / LEAST_MS);
    return (top + PANEL * (1 - share)).toFixed(1);
  };
  const rules = DECADES.map(
    (ms) =>
      `<line class="grid" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${scale(ms)}" y2="${scale(ms)}"/>` +
      `<text x="${LEFT - 8}" y="${Number(scale(ms)) + 4}" text-anchor="end">${ms}</text>`,
  );
  const seconds = Array.from({ length: Math.floor(end / 30_000) + 1 }, (_, n) => n * 30).map(
    (s) => `<text x="${x(s * 1000).toFixed(1)}" y="${top + PANEL + 16}" text-anchor="middle">${s} s</text>`,
  );
  const marks = acts
    .filter(({ kind }) => !['gathered', 'end', 'move'].includes(kind))
    .map(({ kind, t }) => {
      const at = x(t - grid.from).toFixed(1);
      return `<line class="act" x1="${at}" x2="${at}" y1="${top}" y2="${top + PANEL}"><title>${kind}</title></line>`;
    });
  const forty = `<line class="forty" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${scale(40)}" y2="${scale(40)}"/>`;
  return `<g class="${name}"><text x="${LEFT}" y="${top - 8}">${title}</text>${rules.join('')}${seconds.join('')}${forty}${marks.join('')}
${curves(grid, x, scale)}</g>`;
}

function curves(grid, x, scale) {
  const step = BIN_MS / GRID_MS;
  const runs = [[]];
  for (let k = 0; k < grid.size; k += step) {
    const skews = [];
    for (let j = Math.floor(k); j < Math.min(grid.size, k + step); j++)
      pairs(
        grid.pages,
        j,
        () => false,
        (skew) => skews.push(skew),
      );
    if (skews.length === 0) {
      if (runs.at(-1).length > 0) runs.push([]);
      continue;
    }
    skews.sort((a, b) => a - b);
    runs.at(-1).push([x(k * GRID_MS).toFixed(1), scale(percentile(skews, 0.5)), scale(skews.at(-1))]);
  }
  return runs
    .filter((run) => run.length > 1)
    .map((run) => {
      const middle = run.map(([at, mid]) => `${at},${mid}`);
      const band = [...run.map(([at, , most]) => `${at},${most}`), ...middle.toReversed()];
      return `<polygon class="band" points="${band.join(' ')}"/><polyline class="mid" points="${middle.join(' ')}"/>`;
    })
    .join('\n');
}
