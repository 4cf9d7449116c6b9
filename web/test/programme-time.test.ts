/** Which programme time a stream shows at which position (LS2), and the delay that a host reports (LS1). */
import { describe, expect, test } from 'vitest';
import { type DatedSegment, type LiveWindow, StreamProgramme, spansOf } from '../src/media/programme-time';
import type { PlayerReading } from '../src/playback/controller-types';

const NOON_MS = Date.UTC(2026, 0, 1, 12);
const NOON_S = NOON_MS / 1000;

/** Returns segments of 2 s one after the other, each with its programme time in s after noon, or null. */
function segments(times: readonly (number | null)[], cc: readonly number[] = [], from = 10): DatedSegment[] {
  return times.map((time, i) => ({
    start: from + 2 * i,
    duration: 2,
    cc: cc[i] ?? 0,
    programDateTime: time === null ? null : NOON_MS + time * 1000,
  }));
}

function programmeOf(list: readonly DatedSegment[], window: LiveWindow | null = null): StreamProgramme {
  const spans = spansOf(list);
  return new StreamProgramme(
    () => spans,
    () => window,
  );
}

describe('LS2 spans of a playlist', () => {
  test('one without a jump is one span', () => {
    expect(spansOf(segments([0, 2, 4]))).toEqual([{ start: 10, end: 16, offset: NOON_S - 10 }]);
  });

  test('inexact times of single segments are levelled out', () => {
    const spans = spansOf(segments([0, 2.04, 3.96, 6.01, 8]));
    expect(spans).toHaveLength(1);
    expect(spans[0]!.offset).toBeCloseTo(NOON_S - 10, 5);
  });

  test.each([
    { what: 'a gap', times: [0, 2, 7, 9], starts: [10, 14] },
    { what: 'a clock that was set back', times: [0, 2, 1, 3], starts: [10, 14] },
    { what: 'a discontinuity without a jump', times: [0, 2, 4, 6], starts: [10, 14] },
  ])('$what begins another span', ({ times, starts }) => {
    const spans = spansOf(segments(times, [3, 3, 4, 4]));
    expect(spans.map(({ start }) => start)).toEqual(starts);
    expect(spans.map(({ start, offset }) => start + offset - NOON_S)).toEqual([times[0], times[2]]);
  });

  test('a jump without a discontinuity begins another span as well', () => {
    expect(spansOf(segments([0, 2, 7, 9]))).toHaveLength(2);
  });

  test('without times, or with times that are none, there is no span', () => {
    expect(spansOf(segments([null, null]))).toEqual([]);
    expect(spansOf(segments([Number.NaN, Number.POSITIVE_INFINITY]))).toEqual([]);
    expect(spansOf([])).toEqual([]);
  });
});

describe('LS2 positions and times', () => {
  test('lead to each other within every span and beyond', () => {
    const programme = programmeOf(segments([0, 2, 7, 9], [0, 0, 1, 1]));
    for (const position of [4, 10, 13.5, 14, 17, 40]) {
      expect(programme.positionOf(programme.timeAt(position))).toBeCloseTo(position, 5);
    }
    expect(programme.timeAt(13.5) - NOON_S).toBeCloseTo(3.5, 5);
    expect(programme.timeAt(14) - NOON_S).toBeCloseTo(7, 5);
  });

  test('a time that the stream left out is shown where it continues', () => {
    const programme = programmeOf(segments([0, 2, 7, 9], [0, 0, 1, 1]));
    for (const time of [4, 5.5, 7]) expect(programme.positionOf(NOON_S + time)).toBeCloseTo(14, 5);
  });

  test('of two positions with one time the later one counts, so that playback does not go round in circles', () => {
    const programme = programmeOf(segments([0, 2, 1, 3], [0, 0, 1, 1]));
    expect(programme.positionOf(NOON_S + 2.5)).toBeCloseTo(15.5, 5);
    expect(programme.positionOf(NOON_S + 0.5)).toBeCloseTo(10.5, 5);
  });

  test('a sliding window keeps the times of positions', () => {
    const before = programmeOf(segments([0, 2, 7, 9, 11], [0, 0, 1, 1, 1]));
    const after = programmeOf(segments([7, 9, 11, 13, 15], [1, 1, 1, 1, 1], 14));
    for (const position of [14, 15.5, 19]) expect(after.timeAt(position)).toBeCloseTo(before.timeAt(position), 5);
    expect(after.positionOf(NOON_S + 8)).toBeCloseTo(before.positionOf(NOON_S + 8), 5);
  });

  test('a reading has programme times, and nothing is seekable where the stream has a gap', () => {
    const programme = programmeOf(segments([0, 2, 7, 9], [0, 0, 1, 1]));
    const reading = {
      position: 12,
      duration: 0,
      seekable: [{ start: 11, end: 18 }],
      live: { edge: 15 },
    } as unknown as PlayerReading;
    const shown = programme.translate(reading);
    expect(shown).toMatchObject({ live: null, duration: 0 });
    expect(shown.position - NOON_S).toBeCloseTo(2, 5);
    expect(shown.seekable?.map(({ start, end }) => [start - NOON_S, end - NOON_S])).toEqual([
      [expect.closeTo(1, 5), expect.closeTo(4, 5)],
      [expect.closeTo(7, 5), expect.closeTo(11, 5)],
    ]);
    const ended = programme.translate({ ...reading, live: null, duration: 18, seekable: null });
    expect([ended.duration - NOON_S, ended.seekable]).toEqual([expect.closeTo(11, 5), null]);
  });
});

describe('LS1 the delay that a host reports', () => {
  const WINDOW: LiveWindow = { start: 10, end: 22, aim: 14, reserve: 2, fresh: true, young: false };
  const list = segments([0, 2, 4, 6, 8, 10]);

  test.each([0, 10_800_000, -3.6e6, 1.7e12, -2e12])(
    'leads to the aim, however wrong the clock of the stream is: %s ms',
    (wrong) => {
      const off = list.map((segment) => ({ ...segment, programDateTime: segment.programDateTime! - wrong }));
      const programme = programmeOf(off, WINDOW);
      const delay = programme.proposeDelay(NOON_MS + 12_000, null)!;
      expect(delay).toBe(8000 + wrong);
      expect(programme.positionOf((NOON_MS + 12_000 - delay) / 1000)).toBeCloseTo(14, 3);
    },
  );

  test('one that the server would reject is not reported', () => {
    const off = list.map((segment) => ({ ...segment, programDateTime: 8.6e15 }));
    expect(programmeOf(off, WINDOW).proposeDelay(NOON_MS, null)).toBeNull();
  });

  test.each([
    { what: 'a window that is up to date', delay: 40_000, fresh: true, replaced: true },
    { what: 'the window of a page that has stalled', delay: 40_000, fresh: false, replaced: false },
    { what: 'a delay within the window', delay: 9000, fresh: true, replaced: false },
    { what: 'a delay too close to the edge', delay: 500, fresh: true, replaced: true },
  ])('is replaced after 6 s outside: $what', ({ delay, fresh, replaced }) => {
    const programme = programmeOf(list, { ...WINDOW, fresh });
    expect(programme.proposeDelay(NOON_MS + 12_000, delay)).toBeNull();
    expect(programme.proposeDelay(NOON_MS + 12_001, delay)).toBeNull();
    expect(programme.proposeDelay(NOON_MS + 18_100, delay)).toBe(replaced ? 14_100 : null);
  });

  test.each([
    { what: 'the beginning is waited for', delay: 17_000, replaced: false },
    { what: 'the beginning would be waited for too long', delay: 19_000, replaced: true },
  ])('a stream that has only begun: $what', ({ delay, replaced }) => {
    // 4 s of it are there, of which a room would keep 8.
    const young: LiveWindow = { start: 10, end: 14, aim: 6, reserve: 2, fresh: true, young: true };
    const programme = programmeOf(segments([0, 2]), young);
    expect(programme.beginning()).toBe(NOON_S);
    expect(programme.proposeDelay(NOON_MS + 11_000, delay)).toBeNull();
    expect(programme.proposeDelay(NOON_MS + 17_100, delay + 6100)).toBe(replaced ? 21_100 : null);
  });

  test('a film that is not live needs none', () => {
    expect(programmeOf(list).proposeDelay(NOON_MS, null)).toBeNull();
  });
});
