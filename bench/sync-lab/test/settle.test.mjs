import assert from 'node:assert/strict';
import { test } from 'node:test';
import { positionBefore, settleTime } from '../figures/settle.mjs';
import { toGrid } from '../figures/tracks.mjs';
import { startsAt, track } from './films.mjs';

const grid = (...films) => toGrid(films.map((film) => track(0, 6000, film)), 0, 6000); // prettier-ignore
const near = (value, wanted) => assert.ok(Math.abs(value - wanted) <= 45, `${value} is not near ${wanted}`);
const play = { t: 1000, playing: true };

test('play is done when the last page runs in step', () => {
  near(
    settleTime(grid(startsAt(1100), startsAt(1130)), play, {
      until: 5000,
      bound: 40,
    }),
    130,
  );
});

test('pages that run apart are not in step until they have met', () => {
  const catchesUp = (t) => (t < 1100 ? { position: 0, paused: true } : { position: Math.min((t - 1100) * 1.1 - 100, t - 1100) });
  const ms = settleTime(grid(startsAt(1100), catchesUp), play, {
    until: 5000,
    bound: 40,
  });
  near(ms, 700);
  assert.equal(
    settleTime(grid(startsAt(1100), startsAt(1190)), play, {
      until: 5000,
      bound: 40,
    }),
    null,
  );
  near(
    settleTime(grid(startsAt(1100), startsAt(1190)), play, {
      until: 5000,
      bound: 100,
    }),
    190,
  );
});

test('a moment in step that does not last 300 ms does not count', () => {
  const stumbles = (t) => ({
    position: t > 1400 && t < 1600 ? 1400 - 1100 + (t - 1400) * 0.2 : t - 1100 - (t >= 1600 ? 160 : 0),
    rate: 1,
  });
  const film = (t) => (t < 1100 ? { position: 0, paused: true } : stumbles(t));
  assert.equal(settleTime(grid(startsAt(1100), film), play, { until: 5000, bound: 40 }), null);
});

test('pause is done when all stand, near each other', () => {
  const standsAt = (end) => (t) => (t < end ? { position: t } : { position: end, paused: true });
  const pause = { t: 1000, playing: false };
  near(
    settleTime(grid(standsAt(1010), standsAt(1040)), pause, {
      until: 5000,
      bound: 40,
    }),
    100,
  );
  assert.equal(
    settleTime(grid(standsAt(1010), standsAt(1100)), pause, {
      until: 5000,
      bound: 40,
    }),
    null,
  );
});

test('a seek is not settled while all are still in sync at the old position', () => {
  const seeksAt = (when) => (t) => ({ position: t < when ? t : t + 10_000 });
  const goal = 11_000;
  near(
    settleTime(grid(seeksAt(1200), seeksAt(1300)), play, {
      until: 5000,
      bound: 40,
      goal,
    }),
    300,
  );
});

test('a page that is left out does not hold up the others', () => {
  const films = grid(startsAt(1100), startsAt(1100), () => ({
    position: 0,
    paused: true,
  }));
  assert.equal(settleTime(films, play, { until: 5000, bound: 40 }), null);
  near(
    settleTime(films, play, {
      until: 5000,
      bound: 40,
      skip: (page) => page === 2,
    }),
    100,
  );
});

test('the last known position is the one before', () => {
  const films = grid((t) => ({ position: t, seeking: t > 500 && t < 900 }));
  near(positionBefore(films.pages[0], films, 700), 500);
});
