import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openLines } from '../net/proxies.mjs';
import { fakeClock, delays } from '../profiles.mjs';
import { seeded } from '../../../testkit/random.mjs';

const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
const draw = (next, count = 20_000) => Array.from({ length: count }, next);

test('home takes 20 ms there and back, never less than 15 or more than 25', () => {
  const { up, down } = delays('home', 1, 0);
  const trips = draw(() => up() + down());
  assert.ok(Math.abs(mean(trips) - 20) < 0.2);
  assert.ok(Math.min(...trips) >= 15 && Math.max(...trips) <= 25);
});

test('mobile is three times slower on the way up, and now and then half a second late', () => {
  const { up, down } = delays('mobile', 1, 0);
  const [ups, downs] = [draw(up), draw(down)];
  const usual = (values) => values.filter((value) => value < 480);
  assert.ok(Math.abs(mean(usual(ups)) / mean(usual(downs)) - 3) < 0.2);
  assert.ok(Math.abs(mean(usual(ups)) + mean(usual(downs)) - 80) < 4);
  const late = ups.filter((value) => value > 500).length / ups.length;
  assert.ok(late > 0.006 && late < 0.014);
});

test('the same seed gives the same delays, another page others', () => {
  assert.deepEqual(draw(delays('lan', 7, 2).up, 5), draw(delays('lan', 7, 2).up, 5));
  assert.notDeepEqual(draw(delays('lan', 7, 2).up, 5), draw(delays('lan', 7, 3).up, 5));
  assert.deepEqual(fakeClock(7, 1), fakeClock(7, 1));
  assert.deepEqual(draw(seeded(3), 3), draw(seeded(3), 3));
});

test('clocks are off by up to 5 s and 50 ppm, and none runs below zero', () => {
  for (let page = 0; page < 200; page++) {
    const { aheadMs, wallMs, ppm } = fakeClock(1, page);
    assert.ok(aheadMs >= 0 && aheadMs <= 10_000 && Math.abs(wallMs) <= 5000 && Math.abs(ppm) <= 50);
  }
});

test('real lines have the round trips that were asked for', async () => {
  const lines = await openLines({
    target: 'http://127.0.0.1:9',
    lines: ['lan', 'home', 'intercontinental'],
    seed: 1,
    pacedPage: -1,
  });
  try {
    const [lan, home, far] = await lines.roundTrips(15);
    assert.ok(lan.p50 >= 0.5 && lan.p50 < 12, `lan ${lan.p50}`);
    assert.ok(home.p50 >= 15 && home.p50 < 40, `home ${home.p50}`);
    assert.ok(far.p50 >= 135 && far.p50 < 190, `far ${far.p50}`);
  } finally {
    await lines.close();
  }
});
