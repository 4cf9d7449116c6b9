import assert from 'node:assert/strict';
import { test } from 'node:test';
import { clip, inside, line, percentile, percentiles, rounded, total } from '../figures/numbers.mjs';

test('a percentile lies between its neighbours, and of nothing there is none', () => {
  assert.equal(percentile([1, 2, 3, 4, 5], 0.5), 3);
  assert.equal(percentile([0, 10], 0.95), 9.5);
  assert.equal(percentile([7], 0.99), 7);
  assert.equal(percentile([], 0.5), null);
});

test('percentiles sort as numbers, not as text', () => {
  const { n, p50, p99 } = percentiles([100, 9, 20]);
  assert.deepEqual([n, p50], [3, 20]);
  assert.ok(p99 > 98 && p99 <= 100);
});

test('infinite values survive a percentile', () => {
  assert.equal(percentile([1, Infinity, Infinity], 0.95), Infinity);
});

test('figures are rounded, and what is none stays none', () => {
  assert.equal(rounded(1.26), 1.3);
  assert.equal(rounded(null), null);
  assert.equal(rounded(Infinity), null);
});

test('windows are clipped, measured and entered from the left', () => {
  assert.deepEqual(clip([[0, 10], [20, 30]], 5, 25), [[5, 10], [20, 25]]); // prettier-ignore
  assert.deepEqual(clip([[0, 10]], 10, 20), []);
  assert.equal(total([[0, 10], [20, 25]]), 15); // prettier-ignore
  assert.ok(inside([[0, 10]], 0));
  assert.ok(!inside([[0, 10]], 10));
});

test('a straight line goes through its points, far from zero as well', () => {
  const ts = [1e9, 1e9 + 10, 1e9 + 20];
  const straight = line(ts, [5, 15, 25], 1e9);
  assert.ok(Math.abs(straight.slope - 1) < 1e-9);
  assert.ok(Math.abs(straight.at(1e9 + 40) - 45) < 1e-6);
});
