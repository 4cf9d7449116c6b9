import { describe, expect, test } from 'vitest';
import { FRAME_MS, describeDrift, layoutDriftGraph } from '../src/ui/drift-graph-layout';

const SIZE = { width: 600, height: 100 };
const points = (...drifts: (number | null)[]) => drifts.map((drift, i) => ({ at: 100_000 + i * 500, drift }));

describe('the drift graph', () => {
  test('no measurement draws no line, on the smallest scale', () => {
    expect(layoutDriftGraph([], SIZE)).toMatchObject({ scaleMs: 50, lines: [], zeroY: 50 });
    expect(layoutDriftGraph(points(null, null), SIZE).lines).toEqual([]);
  });

  test('newest at the right edge, behind is up, the width is a minute', () => {
    const history = [
      { at: 40_000, drift: 50 },
      { at: 41_000, drift: -50 },
      { at: 42_000, drift: 0 },
    ];
    expect(layoutDriftGraph(history, SIZE).lines).toEqual(['580,0 590,100 600,50']);
  });

  test.each([
    [50, 50],
    [51, 100],
    [-240, 250],
    [4000, 5000],
    [99_999, 60_000],
  ])('a drift of %d ms is drawn on a scale of %d', (drift, scale) => {
    expect(layoutDriftGraph(points(drift), SIZE).scaleMs).toBe(scale);
  });

  test('the band is one frame to both sides, and shrinks with the scale', () => {
    const small = layoutDriftGraph(points(0), SIZE).band;
    expect(small.height).toBeCloseTo(2 * FRAME_MS, 0);
    expect(small.y + small.height / 2).toBeCloseTo(50, 0);
    expect(layoutDriftGraph(points(400), SIZE).band.height).toBeLessThan(small.height / 5);
  });

  test('unknown drift and breaks are gaps; points older than a minute are left out', () => {
    expect(layoutDriftGraph(points(1, 2, null, 3, 4), SIZE).lines).toHaveLength(2);
    const broken = [{ at: 0, drift: 9 }, { at: 70_000, drift: 1 }, { at: 80_000, drift: 1 }, { at: 80_500, drift: 1 }]; // prettier-ignore
    expect(layoutDriftGraph(broken, SIZE).lines.map((line) => line.split(' ').length)).toEqual([1, 2]);
  });

  test('beyond the last scale the line follows the edge', () => {
    expect(layoutDriftGraph(points(99_999), SIZE).lines).toEqual(['600,0']);
  });

  test('described with median and worst', () => {
    expect(describeDrift([])).toBe('Nothing was measured in the last minute.');
    expect(describeDrift(points(null))).toBe('Nothing was measured in the last minute.');
    expect(describeDrift(points(0.3, -0.4))).toBe('Last minute: never as much as 1 ms off.');
    expect(describeDrift(points(1, -40, 3, 2, null, -1))).toBe('Last minute: median 2 ms, at worst 40 ms ahead.');
  });
});
