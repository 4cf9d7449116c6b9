import assert from 'node:assert/strict';
import { test } from 'node:test';
import { blockFigures, summary } from '../figures/figures.mjs';
import { track } from './films.mjs';

const page = (film, more = {}) => ({
  samples: track(0, 30_000, film),
  frames: { t: [], position: [] },
  seeks: [],
  tones: [],
  packets: [],
  ...more,
});
const plays =
  (start, shift = 0) =>
  (t) =>
    t < start ? { position: 0, paused: true } : { position: t - start + shift };
const acts = [
  { kind: 'gathered', t: 0, playing: false, by: 0 },
  { kind: 'play', t: 1000, playing: true, by: 0 },
  { kind: 'pause', t: 20_000, playing: false, by: 0 },
  { kind: 'end', t: 26_000, playing: false, by: 0 },
];
const pausesAt = (end, film) => (t) => (t < end ? film(t) : { ...film(end), paused: true });

test('a whole session of two pages that are 10 ms apart', () => {
  const seen = [page(pausesAt(20_050, plays(1100))), page(pausesAt(20_060, plays(1110)))];
  const figures = summary([blockFigures({ seen, acts, absences: [] })]);
  assert.ok(Math.abs(figures.skew.p50 - 10) < 0.01);
  assert.ok(Math.abs(figures.skew.p99 - 10) < 0.01);
  assert.equal(figures.within, 1);
  assert.ok(Math.abs(figures.steadySeconds - 16) < 0.1);
  assert.ok(figures.play.p50 >= 90 && figures.play.p50 <= 150);
  assert.ok(figures.pause.p50 >= 50 && figures.pause.p50 <= 160);
  assert.equal(figures.unsettled, 0);
  assert.equal(figures.seek.p95, null);
  assert.equal(figures.join.p95, null);
});

test('the gap between two films is from the first last frame to all being in step', () => {
  const LENGTH = 10_000;
  const follows = (late) => (t) => {
    if (t < 1000 + LENGTH + late) return { position: t - 1000 - late };
    return t < 12_200 ? { position: LENGTH } : { position: Math.max(0, t - 12_400 - late) };
  };
  const next = { kind: 'next', t: 10_500, playing: true, by: 0, end: LENGTH };
  const gapOf = (...films) =>
    summary([blockFigures({ seen: films.map((film) => page(film)), acts: [acts[0], next, acts[3]], absences: [] })]);
  const { gap, unsettled } = gapOf(follows(0), follows(20));
  assert.ok(gap.p50 >= 1400 && gap.p50 <= 1480, `${gap.p50} ms`);
  assert.equal(unsettled, 0);
  // A page that stays at the end is never in step with the other.
  assert.equal(gapOf(follows(0), (t) => ({ position: Math.min(LENGTH, t - 1000) })).unsettled, 1);
});

test('a page that stalls counts with all, and not without the stalled', () => {
  const stalls = (t) => {
    if (t < 8000 || t >= 11_000) return plays(1100)(t);
    return t < 9000 ? { position: 6900, ready: 2 } : { position: t - 2100 };
  };
  const figures = summary([
    blockFigures({
      seen: [page(plays(1100)), page(stalls)],
      acts,
      absences: [],
    }),
  ]);
  assert.ok(figures.skew.p95 > 900);
  assert.ok(figures.unstalled.p99 < 40);
});

test('a page that is away is in no pair, and its minutes do not count', () => {
  const absences = [[1, 6000, 12_000]];
  const gone = (t) => (t > 6000 && t < 12_000 ? { position: 0, paused: true } : plays(1100)(t));
  const packets = [
    [9000, 'in', 'event', 'y'],
    [15_000, 'in', 'event', 'x'],
    [19_000, 'out', 'ping', 'ping'],
  ];
  const { every, messages } = blockFigures({
    seen: [page(plays(1100), { packets }), page(gone, { packets })],
    acts,
    absences,
  });
  assert.ok(every.every((skew) => skew < 1));
  assert.deepEqual(messages[0], {
    said: 1,
    pings: 1,
    ms: 9000,
    names: { 'x in': 1 },
  });
  assert.deepEqual(messages[1], { said: 0, pings: 0, ms: 0, names: {} });
});

test('a late joiner is measured from when its film can play, and moved pages are reported', () => {
  const joining = [acts[0], acts[1], { kind: 'leave', t: 5000, playing: true, by: 0, joiner: 1 }];
  joining.push({ kind: 'join', t: 10_100, playing: true, by: 0, joiner: 1 }, { kind: 'end', t: 22_000, playing: true, by: 0 });
  const comes = (t) => {
    if (t < 5000) return plays(1100)(t);
    if (t < 10_000) return { position: 0, paused: true, ready: 0 };
    return t < 10_400 ? { position: 0, paused: true } : { position: t - 1100 };
  };
  const seen = [page(plays(1100)), page(comes)];
  const { joins, moved } = blockFigures({
    seen,
    acts: joining,
    absences: [[1, 5000, 10_100]],
  });
  assert.equal(joins.length, 1);
  assert.ok(joins[0].settled && joins[0].ms >= 380 && joins[0].ms <= 460, `${joins[0].ms}`);
  assert.ok(moved.byPeople < 1);
  assert.equal(moved.byClock, null);
});

test('several blocks are one list of pairs, not a mean of medians', () => {
  const near = blockFigures({
    seen: [page(plays(1100)), page(plays(1100, 5))],
    acts,
    absences: [],
  });
  const far = blockFigures({
    seen: [page(plays(1100)), page(plays(1100, 200))],
    acts,
    absences: [],
  });
  const { skew, within } = summary([near, far, far]);
  assert.ok(Math.abs(skew.p50 - 200) < 1);
  assert.ok(Math.abs(within - 1 / 3) < 0.01);
});
