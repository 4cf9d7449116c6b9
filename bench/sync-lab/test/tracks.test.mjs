import assert from 'node:assert/strict';
import { test } from 'node:test';
import { framesOnGrid, pairs, spread, toGrid } from '../figures/tracks.mjs';
import { startsAt, track } from './films.mjs';

const runs = (ahead) => track(0, 2000, (t) => ({ position: t + ahead }));

test('positions between samples are interpolated', () => {
  const { pages, size } = toGrid([runs(0), runs(12.5)], 100, 1100);
  assert.equal(size, 50);
  assert.ok(Math.abs(pages[0].at[10] - 300) < 1e-6);
  assert.ok(Math.abs(spread(pages, 10) - 12.5) < 1e-6);
});

test('what lies before the first sample or in a gap is not guessed', () => {
  const late = track(500, 2000, (t) => ({ position: t }));
  const { pages } = toGrid([late], 0, 2000);
  assert.ok(Number.isNaN(pages[0].at[10]));
  assert.ok(!Number.isNaN(pages[0].at[40]));
  const holes = track(0, 2000, (t) => ({ position: t }), 300);
  assert.ok(Number.isNaN(toGrid([holes], 0, 2000).pages[0].at[50]));
});

test('a jump is no position between its ends, and neither is a seek under way', () => {
  const jumps = track(0, 1000, (t) => ({ position: t < 505 ? t : t + 10_000 }));
  const { pages } = toGrid([jumps], 0, 1000);
  assert.ok([...pages[0].at].every((value, k) => Number.isNaN(value) || value === k * 20 || value > 10_000 || value < 506));
  const seeks = track(0, 1000, (t) => ({
    position: t,
    seeking: t > 400 && t < 600,
  }));
  assert.ok(Number.isNaN(toGrid([seeks], 0, 1000).pages[0].at[25]));
});

test('running is to move, not to want to: a film that waits for data does not run', () => {
  const waits = track(0, 1000, (t) => ({
    position: Math.min(t, 500),
    ready: t > 500 ? 2 : 4,
  }));
  const [page] = toGrid([waits], 0, 1000).pages;
  assert.equal(page.running[20], 1);
  assert.equal(page.running[40], 0);
  assert.equal(page.stalled[40], 1);
});

test('a paused film has a position and does not run', () => {
  const [page] = toGrid([track(0, 1000, startsAt(600))], 0, 1000).pages;
  assert.equal(page.at[10], 0);
  assert.equal(page.running[10], 0);
  assert.equal(page.running[40], 1);
});

test('of three pages there are three pairs, without those that are left out', () => {
  const { pages } = toGrid([runs(0), runs(10), runs(30)], 0, 1000);
  const skews = [];
  pairs(
    pages,
    5,
    () => false,
    (skew) => skews.push(Math.round(skew)),
  );
  assert.deepEqual(skews, [10, 30, 20]);
  skews.length = 0;
  pairs(
    pages,
    5,
    (page) => page === 1,
    (skew) => skews.push(Math.round(skew)),
  );
  assert.deepEqual(skews, [30]);
});

test('frames give positions while they come steadily', () => {
  const frames = { t: [0, 42, 83, 1000], position: [0, 42, 83, 1000] };
  const [page] = framesOnGrid([frames], 0, 60);
  assert.ok(Math.abs(page.at[3] - 60) < 1e-6);
  assert.ok(Number.isNaN(page.at[20]));
});
