// Fails when the first load of the room page exceeds 100 KB gzip: document, entry script with its static imports,
// styles, font and the worker of the ticker. Player libraries, subtitles and their worker load later and do not count.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const LIMIT = 100 * 1024;
const dist = fileURLToPath(new URL('../dist', import.meta.url));
if (!existsSync(join(dist, 'index.html'))) {
  console.error('size: no dist/ yet; run npm run build first');
  process.exit(1);
}
const html = readFileSync(join(dist, 'index.html'), 'utf8');
const first = new Set(['index.html']);
const queue = [...html.matchAll(/(?:src|href)="\/([^"]+)"/g)].map((match) => match[1]);
while (queue.length > 0) {
  const name = queue.pop();
  if (first.has(name) || !existsSync(join(dist, name))) continue;
  first.add(name);
  if (!name.endsWith('.js')) continue;
  const text = readFileSync(join(dist, name), 'utf8');
  for (const [, path] of text.matchAll(/(?:from|import)\s*"(\.\/[^"]+)"/g)) queue.push(join(dirname(name), path));
}
for (const name of readdirSync(join(dist, 'assets'))) if (/^ticker\.worker/.test(name)) first.add(`assets/${name}`);

const weigh = (name) => {
  const bytes = readFileSync(join(dist, name));
  return name.endsWith('.woff2') ? bytes.length : gzipSync(bytes, { level: 9 }).length;
};
const rows = [...first].map((name) => [weigh(name), name]).sort((a, b) => b[0] - a[0]);
const total = rows.reduce((sum, [bytes]) => sum + bytes, 0);
if (process.argv.includes('--list')) for (const [bytes, name] of rows) console.log(`${String(bytes).padStart(7)}  ${name}`);
console.log(`size: first load ${(total / 1024).toFixed(1)} KB gzip of ${LIMIT / 1024}`);
if (total > LIMIT) process.exit(1);
