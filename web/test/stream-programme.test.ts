/** Programme time as hls.js, dash.js and the browser's own player tell it (LS1, LS2). */
import { expect, test, vi } from 'vitest';
import type { HlsDetails, HlsEngine } from '../src/media/hls-engine';
import { dashProgramme, hlsProgramme, nativeProgramme } from '../src/media/stream-programme';
import type { DashEngine } from '../src/media/stream-settings';

const NOON_MS = Date.UTC(2026, 0, 1, 12);

/** Segments of 2 s from a position on, at that many seconds after noon. */
function details(start: number, times: number[], over: Partial<HlsDetails> = {}): HlsDetails {
  const fragments = times.map((time, i) => ({
    start: start + 2 * i,
    duration: 2,
    cc: 0,
    programDateTime: NOON_MS + time * 1000,
  }));
  return { fragments, live: true, startSN: 5, edge: start + 2 * times.length, age: 1, targetduration: 2, ...over };
}

function hls(first: HlsDetails | null) {
  const run = new Map<string, () => void>();
  const engine = {
    latestLevelDetails: first,
    liveSyncPosition: 16,
    targetLatency: 6,
    on: (name: string, heard: () => void) => run.set(name, heard),
  };
  return { engine, moved: (name: string) => run.get(name)?.(), read: hlsProgramme(engine as unknown as HlsEngine) };
}

test('LS2 hls.js: times are read anew when the library has loaded a playlist, or has moved its segments', () => {
  const { engine, moved, read } = hls(null);
  expect(read()).toBeNull();
  engine.latestLevelDetails = details(10, [0, 2, 4, 6, 8, 10]);
  moved('hlsLevelUpdated');
  expect(read()?.positionOf(NOON_MS / 1000 + 3)).toBeCloseTo(13, 5);
  engine.latestLevelDetails.fragments.forEach((fragment) => (fragment.start += 0.5));
  moved('hlsLevelPtsUpdated');
  expect(read()?.positionOf(NOON_MS / 1000 + 3)).toBeCloseTo(13.5, 5);
});

test('LS1 hls.js: the delay leads to a segment before the library’s own position', () => {
  // The window is 10 to 22, and the library would play at 16.
  const { read } = hls(details(10, [0, 2, 4, 6, 8, 10]));
  expect(read()?.proposeDelay(NOON_MS + 13_000, null)).toBe(13_000 - 4000);
});

test('LS1 hls.js: the margin of a stream that has only begun is waited for, and lies before its beginning', () => {
  // The window is 0 to 2, and the library would play at 0.
  const { engine, read } = hls(details(0, [0], { startSN: 0 }));
  engine.liveSyncPosition = 0;
  expect(read()?.beginning()).toBe(NOON_MS / 1000);
  expect(read()?.proposeDelay(NOON_MS + 2000, null)).toBe(2000 + 6000);
  engine.latestLevelDetails = details(10, [0, 2, 4, 6, 8, 10]);
  expect(read()?.beginning()).toBeNull();
});

test.each([
  { what: 'is over', over: { live: false } },
  { what: 'was loaded too long ago', over: { age: 4.1 } },
])('LS1 hls.js: no delay from a playlist that $what', ({ over }) => {
  expect(
    hls(details(10, [0, 2, 4, 6], over))
      .read()
      ?.proposeDelay(NOON_MS, null),
  ).toBeNull();
});

test('LS2 the browser’s own player: its start date counts, and moves with a discontinuity', () => {
  let start = Number.NaN;
  let begin = 10;
  let end = 40;
  const ranges = { length: 1, start: () => begin, end: () => end } as unknown as TimeRanges;
  const media = { seekable: ranges, duration: Number.POSITIVE_INFINITY, getStartDate: () => new Date(start) };
  let now = 0;
  const read = nativeProgramme(media, () => now);
  expect(read()).toBeNull();
  start = NOON_MS;
  expect(read()?.positionOf(NOON_MS / 1000 + 15)).toBeCloseTo(15, 5);
  start = NOON_MS + 5000;
  expect(read()?.positionOf(NOON_MS / 1000 + 15)).toBeCloseTo(10, 5);
  expect(read()?.proposeDelay(NOON_MS + 50_000, null)).toBe(50_000 - 33_000);
  // A window that has not grown for long is not known any more.
  now = 20_000;
  expect(read()?.proposeDelay(NOON_MS + 70_000, null)).toBeNull();
  end = 60;
  expect(read()?.proposeDelay(NOON_MS + 70_000, null)).toBe(70_000 - 53_000);
  begin = 0;
  end = 4;
  expect([read()?.beginning(), read()?.proposeDelay(NOON_MS + 80_000, null)]).toEqual([start / 1000, 80_000 + 3000]);
  expect(nativeProgramme({ seekable: ranges, duration: 60 }, () => now)()).toBeNull();
});

test('LS1 LS2 dash.js: availability start and presentation time, also after the end', () => {
  let dynamic: boolean | null = null;
  const isDynamic = vi.fn(() => {
    if (dynamic === null) throw new Error('not initialised');
    return dynamic;
  });
  const dvr = { start: 100, end: 130, startAsUtc: NOON_MS / 1000 + 100 };
  const engine = {
    isDynamic,
    getDvrWindow: () => dvr,
    getTargetLiveDelay: () => 2,
    getManifest: () => ({ maxSegmentDuration: 2 }),
  };
  const read = dashProgramme(engine as unknown as DashEngine);
  expect(read()).toBeNull();
  dynamic = true;
  expect(read()?.positionOf(NOON_MS / 1000 + 120)).toBeCloseTo(120, 5);
  // The manifest suggests 2 s, which is no margin: three segments, and one more.
  expect(read()?.proposeDelay(NOON_MS + 130_000, null)).toBe(8000);
  dvr.start = 0;
  dvr.end = 3;
  dvr.startAsUtc = NOON_MS / 1000;
  expect([read()?.beginning(), read()?.proposeDelay(NOON_MS + 3000, null)]).toEqual([NOON_MS / 1000, 8000]);
  dvr.start = 100;
  dvr.end = 130;
  dvr.startAsUtc = NOON_MS / 1000 + 100;
  expect([read()?.beginning(), read()?.positionOf(NOON_MS / 1000 + 120)]).toEqual([null, 120]);
  dynamic = false;
  expect(read()?.positionOf(NOON_MS / 1000 + 120)).toBeCloseTo(120, 5);
  expect(read()?.proposeDelay(NOON_MS + 130_000, null)).toBeNull();
});
