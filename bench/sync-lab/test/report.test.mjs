import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { test } from 'node:test';
import { blockFigures, summary } from '../figures/figures.mjs';
import { readOptions } from '../options.mjs';
import { PROFILES } from '../profiles.mjs';
import { lastLine, writeReport } from '../report/report.mjs';
import { judge } from '../report/verdicts.mjs';
import { track } from './films.mjs';

const acts = [
  { kind: 'play', t: 0, playing: true, by: 0 },
  { kind: 'end', t: 12_000, playing: true, by: 0 },
];
const seen = [0, 25].map((ahead) => ({
  samples: track(-50, 12_500, (t) => ({ position: 60 + t + ahead })),
  frames: { t: [], position: [] },
  seeks: [],
  tones: [],
  packets: [],
}));

function report() {
  const blocks = {
    ours: [blockFigures({ seen, acts, absences: [] })],
    original: [blockFigures({ seen, acts, absences: [] })],
  };
  const clock = { aheadMs: 1, wallMs: 2, ppm: 3 };
  const result = {
    profile: 'home',
    pages: 2,
    traits: PROFILES.home,
    lineNames: ['home', 'home'],
    clocks: [clock, clock],
    blocks,
  };
  result.trips = [{ p50: 20, p95: 25 }, { p50: 20, p95: 25 }]; // prettier-ignore
  Object.assign(result, {
    loads: [{ tickP95: 21, late: 0, dropped: 0 }],
    originSpreadMs: 0.1,
    cost: {},
  });
  const machine = { before: { load: '0 0 0' }, after: { load: '1 1 1' } };
  const [ours, original] = [summary(blocks.ours), summary(blocks.original)];
  return {
    result,
    ours,
    original,
    options: readOptions([]),
    startedAt: new Date(0),
    machine,
  };
}

test('the last line has every name, and null where nothing was measured', () => {
  const line = lastLine(report());
  assert.deepEqual(Object.keys(line), [
    ...['profile', 'pages', 'p50', 'p95', 'p99', 'within40', 'playP95', 'seekP95', 'pauseP95', 'joinP95'],
    ...['gapP50', 'seeksPerHour', 'audibleSecondsPerMinute', 'messagesPerMinute', 'original'],
  ]);
  assert.deepEqual([line.p50, line.within40, line.joinP95, line.seekP95], [25, 1, null, null]);
  assert.deepEqual(line.original, { p50: 25, p95: 25, p99: 25 });
  assert.equal(lastLine({ ...report(), original: null }).original.p50, null);
});

test('table, picture and samples are written, and the samples tell the skew', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sync-lab-'));
  try {
    writeReport(report(), folder);
    const name = '1970-01-01-sync-lab-home-2';
    assert.deepEqual(readdirSync(folder).sort(), [`${name}.csv.gz`, `${name}.md`, `${name}.svg`]);
    assert.match(readFileSync(join(folder, `${name}.md`), 'utf8'), /\| 25 \/ 25 \/ 25 \|/);
    assert.ok(!/NaN|undefined/.test(readFileSync(join(folder, `${name}.svg`), 'utf8')));
    const rows = gunzipSync(readFileSync(join(folder, `${name}.csv.gz`)))
      .toString()
      .split('\n');
    const [, , t, one, two] = rows
      .find((row) => row.startsWith('ours,1,5000'))
      .split(',')
      .map(Number);
    assert.equal(t, 5000);
    assert.ok(Math.abs(two - one - 25) < 0.2);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('a verdict that fails is counted, and one that was not measured fails too', (t) => {
  const printed = t.mock.method(console, 'error', () => undefined);
  const good = { skew: { p50: 5 }, play: { p50: 300 }, pause: { p50: 200 }, seek: { p50: 400 }, join: { p50: 900 } };
  assert.deepEqual(judge(good, () => undefined), { passed: 5, failed: 0, failures: [] }); // prettier-ignore
  const { passed, failed, failures } = judge({ ...good, skew: { p50: 55 }, join: { p50: null } }, () => undefined);
  assert.deepEqual([passed, failed], [3, 2]);
  assert.match(failures[0].text, /steady play: median skew 55.0 ms/);
  assert.match(failures[1].text, /was not measured/);
  assert.equal(printed.mock.callCount(), 2);
});
