/** A simulated Firefox: positions in steps, sound that a rate of 1 moves, and a sound device that opens late. */
import { expect, test } from 'vitest';
import { FIREFOX_REST_RATE, firefoxRate } from '../src/media/firefox-rate';
import { ErrorReadings } from '../src/playback/error-readings';
import { SingleViewer } from './sim/single-viewer';

const SEEDS = Array.from({ length: 20 }, (_, i) => i + 1);
const FIVE_CENTS = 0.0029;

function playing(seed: number): SingleViewer {
  const viewer = new SingleViewer('Firefox', seed);
  viewer.setTimeline({ phase: 'playing', position: 10, at: viewer.serverNow + 300 });
  return viewer;
}

test.each(SEEDS)('the sound stays with the position through all corrections, seed %i', (seed) => {
  const viewer = playing(seed);
  const { player } = viewer;
  player.pace = 1.0001;
  for (let round = 0; round < 6; round++) {
    viewer.run(4000);
    player.glitch(viewer.random.between(-300, 300));
  }
  viewer.run(20_000);
  expect(player.soundAheadMs).toBe(0);
  expect(Math.max(...viewer.watch(2000))).toBeLessThan(20);
});

test.each(SEEDS)('a first start whose sound comes late is in place soon, without a rate that is heard, seed %i', (seed) => {
  const viewer = playing(seed);
  const { player } = viewer;
  viewer.run(300 + viewer.random.between(300, 1300));
  player.freeze(800);
  const heard: number[] = [];
  for (let i = 0; i < 60; i++) {
    viewer.run(50);
    if (!player.ducked && !player.isStanding) heard.push(Math.abs(player.rate - 1));
  }
  expect(Math.max(...heard)).toBeLessThan(FIVE_CENTS);
  expect(Math.max(...viewer.watch(1000))).toBeLessThan(40);
});

test.each([
  { wanted: 1, present: 1, rate: 1 },
  { wanted: 1, present: 1.0005, rate: FIREFOX_REST_RATE },
  { wanted: 1, present: FIREFOX_REST_RATE, rate: FIREFOX_REST_RATE },
  { wanted: 0.99999, present: 1, rate: FIREFOX_REST_RATE },
  { wanted: 0.9995, present: 1, rate: 0.9995 },
  { wanted: 1.5, present: 1, rate: 1.5 },
])('from $present, $wanted is set as $rate', ({ wanted, present, rate }) => {
  expect(firefoxRate(wanted, present)).toBe(rate);
});

test('steps are taken out of the readings, wherever within a step they fall', () => {
  const misses = Array.from({ length: 200 }, (_, i) => {
    const reads = new ErrorReadings(true);
    const first = i * 0.2;
    for (let k = 0; k < 24; k++) reads.add(7 + ((first + k * 101.7) % 40));
    return Math.abs(reads.calm()! - 7);
  });
  expect(Math.max(...misses)).toBeLessThan(2);
});

test('a film that stands while it should play is a jump, also in steps', () => {
  const reads = new ErrorReadings(true);
  for (let k = 0; k < 12; k++) expect(reads.add((k * 18) % 40)).toBe(false);
  expect([60, 78].map((late) => reads.add(late))).toEqual([false, true]);
});
