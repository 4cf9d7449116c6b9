import { describe, expect, test } from 'vitest';
import { FRAME_MS, graphInWords, graphOf } from '../src/ui/graph';

const SIZE = { width: 600, height: 100 };
const points = (...drifts: (number | null)[]) => drifts.map((drift, i) => ({ at: 100_000 + i * 500, drift }));

describe('the graph of one’s own step', () => {
  test('nothing measured draws nothing, on the small scale', () => {
    expect(graphOf([], SIZE)).toMatchObject({ scaleMs: 50, lines: [], zeroY: 50 });
    expect(graphOf(points(null, null), SIZE).lines).toEqual([]);
  });

  test('the newest stands at the right edge, behind is up, a minute is the width', () => {
    const history = [
      { at: 40_000, drift: 50 },
      { at: 41_000, drift: -50 },
      { at: 42_000, drift: 0 },
    ];
    expect(graphOf(history, SIZE).lines).toEqual(['580,0 590,100 600,50']);
  });

  test.each([
    [50, 50],
    [51, 100],
    [-240, 250],
    [4000, 5000],
    [99_999, 60_000],
  ])('a drift of %d ms is drawn on a scale of %d', (drift, scale) => {
    expect(graphOf(points(drift), SIZE).scaleMs).toBe(scale);
  });

  test('the band is one picture of film to both sides, and shrinks with the scale', () => {
    const small = graphOf(points(0), SIZE).band;
    expect(small.height).toBeCloseTo(2 * FRAME_MS, 0);
    expect(small.y + small.height / 2).toBeCloseTo(50, 0);
    expect(graphOf(points(400), SIZE).band.height).toBeLessThan(small.height / 5);
  });

  test('what cannot be told is a gap, and so is a break; what is older than a minute is left out', () => {
    expect(graphOf(points(1, 2, null, 3, 4), SIZE).lines).toHaveLength(2);
    const broken = [{ at: 0, drift: 9 }, { at: 70_000, drift: 1 }, { at: 80_000, drift: 1 }, { at: 80_500, drift: 1 }]; // prettier-ignore
    expect(graphOf(broken, SIZE).lines.map((line) => line.split(' ').length)).toEqual([1, 2]);
  });

  test('beyond the last scale the line runs along the edge', () => {
    expect(graphOf(points(99_999), SIZE).lines).toEqual(['600,0']);
  });

  test('in words: the middle and the worst', () => {
    expect(graphInWords([])).toBe('Nothing was measured in the last minute.');
    expect(graphInWords(points(null))).toBe('Nothing was measured in the last minute.');
    expect(graphInWords(points(0.3, -0.4))).toBe('Last minute: never as much as 1 ms off.');
    expect(graphInWords(points(1, -40, 3, 2, null, -1))).toBe('Last minute: median 2 ms, at worst 40 ms ahead.');
  });
});
