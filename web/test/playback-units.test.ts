/** The pure parts of playback, each on its own. */
import { describe, expect, test } from 'vitest';
import { Calibration } from '../src/playback/calibration';
import { Costs } from '../src/playback/costs';
import { PLL_MAX, Pll, burst, steppedCorrection, duckedSlew } from '../src/playback/rate-corrections';
import type { PlayerReading } from '../src/playback/controller-types';
import { ErrorReadings, StaircaseDetector } from '../src/playback/error-readings';
import { Settling } from '../src/playback/settling';

const GUESSES = { startAfterSeek: 70, startResumed: 10, seek: 150 };

describe('corrections remove exactly the error', () => {
  test.each([8, 40, 150, 650, -8, -40, -150, -650])('a ducked slew of %s ms', (e) => {
    for (const room of [0.5, 1, 2]) {
      const { rate, lastsMs } = duckedSlew(e, room);
      expect((rate - room) * lastsMs).toBeCloseTo(e, 6);
      expect(rate / room).toBeGreaterThanOrEqual(0.2499);
      expect(rate / room).toBeLessThanOrEqual(2.0001);
    }
  });

  test.each([45, 150, 800, -45, -150, -800])('a burst of %s ms, including the loss at its start', (e) => {
    for (const loss of [0, 22]) {
      const { rate, lastsMs } = burst(e, 1, loss);
      expect((rate - 1) * lastsMs - loss).toBeCloseTo(e, 6);
      expect(Math.abs(rate - 1)).toBeLessThanOrEqual(0.1 + 1e-9);
    }
  });

  test.each([
    { e: 20, quantum: 0.05, rate: 1.05, lastsMs: 400 },
    { e: -20, quantum: 0.05, rate: 0.95, lastsMs: 400 },
    { e: 500, quantum: 0.05, rate: 1.2, lastsMs: 2500 },
    { e: 800, quantum: 0.25, rate: 1.25, lastsMs: 3200 },
  ])('$e ms in steps of $quantum', ({ e, quantum, rate, lastsMs }) => {
    const got = steppedCorrection(e, 1, { quantum, engageLossMs: 0 });
    expect(got).toMatchObject({ rate: expect.closeTo(rate, 6), lastsMs: expect.closeTo(lastsMs, 3) });
  });

  test('an error too small for one step has no correction', () => {
    expect(steppedCorrection(3, 1, { quantum: 0.05, engageLossMs: 0 })).toBeNull();
    expect(steppedCorrection(500, 1, { quantum: 0, engageLossMs: 0 })).toBeNull();
    expect(steppedCorrection(500, 1, { quantum: null, engageLossMs: 0 })).toBeNull();
  });
});

describe('the phase-locked loop', () => {
  test('learns the clock difference, and then needs no error for it', () => {
    const pll = new Pll();
    let e = 3;
    for (let s = 0; s < 600; s++) e += 0.05 - 1000 * pll.update(e, 1000, false, true, PLL_MAX);
    expect(Math.abs(e)).toBeLessThan(0.05);
    expect(pll.update(0, 0, false, true, PLL_MAX)).toBeCloseTo(50e-6, 6);
  });

  test.each([39, -39, 1000])('stays inaudible for %s ms', (e) => {
    const pll = new Pll();
    for (let s = 0; s < 1000; s++) expect(Math.abs(pll.update(e, 1000, false, true, PLL_MAX))).toBeLessThanOrEqual(PLL_MAX);
  });
});

describe('readings', () => {
  test('exact: the median of the last three', () => {
    const reads = new ErrorReadings();
    for (const e of [5, 100, 7]) reads.add(e);
    expect(reads.estimate()).toBe(7);
  });

  test('too few readings give no estimate', () => {
    const reads = new ErrorReadings();
    reads.add(1);
    reads.add(2);
    expect(reads.estimate()).toBeNull();
  });

  test('staircase: the freshest of twelve', () => {
    const reads = new ErrorReadings(true);
    for (let i = 0; i < 12; i++) reads.add(10 + ((i * 17) % 40));
    // The readings span 39 of 40 ms.
    expect(reads.estimate()).toBe(10 - 0.5);
  });

  test.each([
    { values: [1, 2, 1, 30], jump: [false, false, false, false] },
    { values: [1, 2, 1, 30, 31], jump: [false, false, false, false, true] },
    { values: [1, 2, 1, 30, 2, 30], jump: [false, false, false, false, false, false] },
  ])('$values', ({ values, jump }) => {
    const reads = new ErrorReadings();
    expect(values.map((value) => reads.add(value))).toEqual(jump);
  });

  test('a staircase is detected', () => {
    const watch = new StaircaseDetector();
    const verdicts = Array.from({ length: 12 }, (_, i) => watch.feed(Math.floor((i * 18) / 40) * 0.04, i * 18));
    expect(verdicts.filter((v) => v !== null)).toEqual([true]);
    watch.clear();
    expect(Array.from({ length: 12 }, (_, i) => watch.feed(i * 0.018, i * 18)).filter((v) => v !== null)).toEqual([false]);
  });
});

describe('costs', () => {
  test('are learned fast at first, then slower, with a deviation', () => {
    const costs = new Costs(GUESSES);
    expect(costs.known('seek')).toBe(false);
    costs.learn('seek', 100);
    expect(costs.of('seek')).toBe(210);
    costs.learn('seek', 0);
    costs.learn('seek', 100);
    expect(costs.of('seek')).toBeCloseTo(245, 6);
    for (let i = 0; i < 20; i++) costs.learn('seek', 0);
    expect(costs.deviation('seek')).toBeLessThan(1);
  });

  test('stay between zero and four seconds', () => {
    const costs = new Costs(GUESSES);
    costs.learn('seek', -1e6);
    expect(costs.of('seek')).toBe(0);
    costs.learn('seek', 1e6);
    expect(costs.of('seek')).toBe(4000);
  });

  test('survive a reload', () => {
    const costs = new Costs(GUESSES);
    costs.learn('startAfterSeek', 30);
    expect(Costs.revive(GUESSES, JSON.stringify(costs)).of('startAfterSeek')).toBe(costs.of('startAfterSeek'));
  });

  test.each([null, '', 'x', '[]', 'null', '{"seek":{"mean":-1}}', '{"seek":{"mean":"9"}}', '{"seek":7}'])(
    'an unreadable value, %s, is ignored',
    (text) => {
      expect(Costs.revive(GUESSES, text).of('seek')).toBe(150);
      expect(Costs.revive(GUESSES, text).known('seek')).toBe(false);
    },
  );
});

describe('settling', () => {
  test('waits for the first movement, then for the settle time', () => {
    const settling = new Settling(0, 5, null);
    expect(settling.over(60, 5.003, 80)).toBe(false);
    expect(settling.over(80, 5.006, 80)).toBe(false);
    expect(settling.over(150, 5.08, 80)).toBe(false);
    expect(settling.over(161, 5.09, 80)).toBe(true);
  });

  test('a player that never moves is read after a timeout', () => {
    expect(new Settling(0, 5, null).over(6001, 5, 80)).toBe(true);
  });
});

describe('calibration', () => {
  const still: PlayerReading = {
    ready: true, canPlay: true, position: 3, readAt: 0, paused: true, seeking: false, stalled: false, ended: false, rate: 1, seekable: null, live: null, duration: 100,
  }; // prettier-ignore

  test('plays ducked for half a second, learns the start cost, and seeks back', () => {
    const costs = new Costs(GUESSES);
    const calibration = new Calibration(costs);
    expect(calibration.decide(0, still)).toBeNull();
    expect(calibration.decide(450, still)?.actions).toEqual([{ kind: 'duck', on: true }, { kind: 'play' }]);
    expect(calibration.decide(600, { ...still, paused: false })?.actions).toEqual([]);
    expect(calibration.decide(900, { ...still, paused: false, position: 3.41 })?.actions).toEqual([
      { kind: 'pause' },
      { kind: 'seek', to: 3 },
    ]);
    expect(costs.of('startAfterSeek')).toBeCloseTo(70 + 0.6 * (40 - 70), 6);
    expect(calibration.decide(2000, still)).toBeNull();
  });

  test('a blocked start is not tried again', () => {
    const calibration = new Calibration(new Costs(GUESSES));
    calibration.decide(0, still);
    calibration.decide(450, still);
    expect(calibration.decide(470, still)?.actions).toEqual([{ kind: 'duck', on: false }]);
    expect(calibration.decide(3000, still)).toBeNull();
    expect(calibration.decide(4000, still)).toBeNull();
  });

  test.each([
    { case: 'not loaded', is: { canPlay: false } },
    { case: 'a film too short', is: { duration: 4 } },
    { case: 'at its end', is: { position: 98 } },
  ])('$case: not measured', ({ is }) => {
    const calibration = new Calibration(new Costs(GUESSES));
    expect(calibration.decide(0, { ...still, ...is })).toBeNull();
    expect(calibration.decide(1000, { ...still, ...is })).toBeNull();
  });

  test('a known cost is not measured', () => {
    const costs = new Costs(GUESSES);
    costs.learn('startAfterSeek', 1);
    const calibration = new Calibration(costs);
    calibration.decide(0, still);
    expect(calibration.decide(1000, still)).toBeNull();
  });
});
