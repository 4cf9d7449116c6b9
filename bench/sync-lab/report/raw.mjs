// The raw samples, small: for each block one row a grid point, for each page how far its film was from the common time.
import { gzipSync } from 'node:zlib';
import { GRID_MS } from '../figures/tracks.mjs';

const BYTES_MAX = 300_000;

/**
 * `position - elapsed` in ms, so that the difference of two columns is their skew and a film in play is an almost constant number;
 * empty where the position is unknown. Thinned when that is needed to stay small.
 */
export function rawSamples({ pages, blocks }) {
  for (let every = 1; ; every++) {
    const packed = gzipSync(text(pages, blocks, every), { level: 9 });
    if (packed.length <= BYTES_MAX || every === 5) return packed;
  }
}

function text(pages, blocks, every) {
  const head = ['algorithm', 'block', 't_ms', ...Array.from({ length: pages }, (_, page) => `page${page + 1}_ms`)];
  const rows = [
    `# film position - t, ms; every ${GRID_MS * every} ms; lines that begin with # are what was done`,
    head.join(','),
  ];
  for (const [name, list] of Object.entries(blocks)) {
    list.forEach(({ grid, acts }, block) => {
      for (const { kind, t, by } of acts) rows.push(`#,${name},${block + 1},${(t - grid.from).toFixed(1)},${kind},page${by + 1}`);
      for (let k = 0; k < grid.size; k += every) {
        const t = k * GRID_MS;
        const cells = grid.pages.map(({ at }) => (Number.isNaN(at[k]) ? '' : String(Math.round((at[k] - t) * 10) / 10)));
        rows.push(`${name},${block + 1},${t},${cells.join(',')}`);
      }
    });
  }
  return `${rows.join('\n')}\n`;
}
