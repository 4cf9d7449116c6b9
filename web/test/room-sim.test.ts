/**
 * Simulated rooms of eight with the shipped controller, driver and clock estimator, against the table in docs/SYNC.md.
 */
import { expect, test } from 'vitest';
import type { DEVICES } from './sim/device';
import { type SummaryRow, runScenario, summarize } from './sim/scenario';
import type { ProfileName } from './sim/network';

const SEEDS = Number(process.env['SIM_SEEDS'] ?? '10');
const SECONDS = Number(process.env['SIM_SECONDS'] ?? '120');

const eight = (line: ProfileName): ProfileName[] => Array.from({ length: 8 }, () => line);
const MIXED: ProfileName[] = ['home', 'lan', 'home', 'intercontinental', 'home', 'intercontinental', 'mobile', 'home'];

/** Bounds of each room, ms. The measured figures are printed, and quoted in docs/SYNC.md. */
const ROOMS: { room: string; lines: ProfileName[]; device: keyof typeof DEVICES; p50: number; p95: number; p99: number }[] = [
  { room: 'LAN', lines: eight('lan'), device: 'file', p50: 3, p95: 15, p99: 40 },
  { room: 'home', lines: eight('home'), device: 'file', p50: 3, p95: 15, p99: 40 },
  { room: 'intercontinental', lines: eight('intercontinental'), device: 'file', p50: 3, p95: 15, p99: 40 },
  { room: 'mobile', lines: eight('mobile'), device: 'file', p50: 6, p95: 30, p99: 50 },
  { room: 'mixed', lines: MIXED, device: 'file', p50: 4, p95: 30, p99: 50 },
  { room: 'home, staircase', lines: eight('home'), device: 'file in stairs', p50: 8, p95: 30, p99: 50 },
  { room: 'home, slow files', lines: eight('home'), device: 'slow file', p50: 3, p95: 15, p99: 40 },
  { room: 'mixed, twentieths', lines: MIXED, device: 'twentieths', p50: 20, p95: 60, p99: 200 },
  { room: 'mixed, quarters', lines: MIXED, device: 'quarters', p50: 30, p95: 120, p99: 300 },
];

const rows: (SummaryRow & { room: string })[] = [];

test.each(ROOMS)('$room: a room of eight stays within its bounds', { timeout: 600_000 }, ({ room, lines, device, ...bounds }) => {
  const all = Array.from({ length: SEEDS }, (_, i) =>
    runScenario({ seed: i + 1, lines, device, seconds: SECONDS, actEveryS: 20 }),
  );
  const got = summarize(all);
  rows.push({ room, ...got });
  expect.soft(got.p50).toBeLessThan(bounds.p50);
  expect.soft(got.p95).toBeLessThan(bounds.p95);
  expect.soft(got.p99).toBeLessThan(bounds.p99);
});

test('prints the table', () => {
  const r = (value: number, digits: number) => value.toFixed(digits);
  const lines = rows.map(
    (x) =>
      `| ${x.room} | ${r(x.p50, 1)} / ${r(x.p95, 1)} / ${r(x.p99, 1)} | ${r(x.within40, 1)} | ${r(x.playP50, 0)} / ${r(x.playP95, 0)} | ${r(x.seekP50, 0)} / ${r(x.seekP95, 0)} | ${r(x.joinP50, 0)} / ${r(x.joinP95, 0)} | ${r(x.seeksPerHour, 2)} | ${r(x.audible, 3)} | ${r(x.bent, 2)} | ${r(x.lockCents, 2)} | ${r(x.messagesPerMinute, 1)} |`,
  );
  process.stdout.write(`\n${SEEDS} seeds of ${SECONDS} s, rooms of 8\n${lines.join('\n')}\n`);
  expect(lines).toHaveLength(ROOMS.length);
});
