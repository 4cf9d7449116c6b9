import { describe, expect, test } from 'vitest';
import { ClockEstimator } from '../src/clock/estimator';
import { pollDelayMs } from '../src/clock/poller';
import { type Random, seededRandom, quantile } from './support/random';

describe('one or two exchanges', () => {
  test.each([
    { case: 'same way both directions', up: 20, down: 20, server: 5, error: 0 },
    { case: 'no delay at all', up: 0, down: 0, server: 0, error: 0 },
    { case: 'slow server, which does not count', up: 10, down: 10, server: 900, error: 0 },
    { case: 'three to one: off by half of the difference', up: 60, down: 20, server: 0, error: 20 },
    { case: 'one to three', up: 20, down: 60, server: 0, error: -20 },
  ])('$case', ({ up, down, server, error }) => {
    const clock = new ClockEstimator();
    const offset = 1.7e12;
    for (const t1 of [1000, 1100]) {
      const t2 = t1 + up + offset;
      const t3 = t2 + server;
      clock.add({ t1, t2, t3, t4: t1 + up + server + down });
    }
    expect(clock.usable).toBe(true);
    expect(clock.serverAt(1200)! - (1200 + offset)).toBeCloseTo(error, 2);
    expect(clock.boundMs).toBeCloseTo((up + down) / 2, 2);
    expect(Math.abs(error)).toBeLessThanOrEqual(clock.boundMs);
  });

  test('unknown before the first exchange', () => {
    const clock = new ClockEstimator();
    expect(clock.serverAt(5)).toBeNull();
    expect(clock.usable).toBe(false);
    expect(clock.boundMs).toBe(Infinity);
  });

  test('one exchange gives a time, but is not usable yet', () => {
    const clock = new ClockEstimator();
    clock.add({ t1: 0, t2: 510, t3: 510, t4: 20 });
    expect(clock.serverAt(20)).toBeCloseTo(520);
    expect(clock.usable).toBe(false);
  });

  test.each([
    { case: 'an answer from before the question', t1: 100, t2: 0, t3: 0, t4: 90 },
    { case: 'a server that took longer than the whole exchange', t1: 0, t2: 0, t3: 500, t4: 20 },
    { case: 'no number', t1: 0, t2: Number.NaN, t3: 0, t4: 20 },
    { case: 'an endless number', t1: 0, t2: 0, t3: Number.POSITIVE_INFINITY, t4: 20 },
  ])('an impossible exchange is ignored: $case', ({ t1, t2, t3, t4 }) => {
    const clock = new ClockEstimator();
    clock.add({ t1, t2, t3, t4 });
    expect(clock.count).toBe(0);
    expect(clock.serverAt(0)).toBeNull();
  });

  test('keeps at most 120 exchanges, and none older than ten minutes', () => {
    const clock = new ClockEstimator();
    for (let i = 0; i < 200; i++) clock.add({ t1: i * 100, t2: i * 100 + 10, t3: i * 100 + 10, t4: i * 100 + 20 });
    expect(clock.count).toBe(120);
    clock.add({ t1: 700_000, t2: 700_010, t3: 700_010, t4: 700_020 });
    expect(clock.count).toBe(1);
  });
});

test('the poller polls 8 times quickly, 16 times every second, then every 20 s', () => {
  const delays = Array.from({ length: 40 }, (_, i) => pollDelayMs(i, 13));
  expect(delays).toEqual([...Array(8).fill(60), ...Array(16).fill(1000), ...Array(16).fill(20_000)]);
});

test('on a steady connection the poller waits up to 55 s for a ping after three minutes', () => {
  const delays = Array.from({ length: 40 }, (_, i) => pollDelayMs(i, 12));
  expect(delays.slice(24)).toEqual([...Array(8).fill(20_000), ...Array(8).fill(55_000)]);
});

test('jitter is the 90th percentile of round trips above the shortest', () => {
  const clock = new ClockEstimator();
  expect(clock.jitterMs).toBe(Number.POSITIVE_INFINITY);
  for (let i = 0; i < 20; i++) clock.add({ t1: i * 1000, t2: 0, t3: 0, t4: i * 1000 + 20 + i });
  expect(clock.jitterMs).toBe(18);
});

test('rtt90 is the 90th percentile of the recent round trips', () => {
  const clock = new ClockEstimator();
  expect(clock.rtt90).toBe(0);
  for (let i = 0; i < 40; i++) clock.add({ t1: i * 1000, t2: 0, t3: 0, t4: i * 1000 + (i < 20 ? 900 : 10 + i) });
  expect(clock.rtt90).toBe(10 + 38);
});

interface Network {
  name: string;
  up(c: Random): number;
  down(c: Random): number;
  p50: number;
  p95: number;
}

const spike = (c: Random) => (c.next() < 0.01 ? 500 : 0);
const NETWORKS: Network[] = [
  { name: 'LAN', up: (c) => 0.5 + c.next() * 0.5, down: (c) => 0.5 + c.next() * 0.5, p50: 0.3, p95: 0.6 },
  { name: 'home', up: (c) => 8 + c.next() * 5, down: (c) => 8 + c.next() * 5, p50: 1, p95: 2.5 },
  { name: 'intercontinental', up: (c) => 70 + c.next() * 15, down: (c) => 70 + c.next() * 15, p50: 1.5, p95: 5 },
  { name: 'mobile, three to one, spikes', up: (c) => 40 * Math.exp(0.4 * c.bell()) + spike(c), down: (c) => 14 * Math.exp(0.4 * c.bell()) + spike(c), p50: 16, p95: 22 },
  { name: 'queue in one direction only', up: (c) => 20 + (c.next() < 0.6 ? c.next() * 120 : 0), down: () => 20, p50: 2, p95: 7 },
]; // prettier-ignore

/** Returns the errors of the estimate, each second from the 17th on, over five minutes. */
function errorsOver(network: Network, seed: number): number[] {
  const c = seededRandom(seed);
  const skew = c.between(-50e-6, 50e-6);
  const offset = c.between(-5000, 5000) + 1.7e12;
  const serverAt = (local: number) => offset + local * (1 + skew);
  const clock = new ClockEstimator();
  const errors: number[] = [];
  let next = c.between(0, 1000);
  let asked = 0;
  for (let now = 0; now < 300_000; now += 20) {
    while (next <= now) {
      const up = network.up(c);
      const down = network.down(c);
      clock.add({ t1: next, t2: serverAt(next + up), t3: serverAt(next + up), t4: next + up + down });
      next += pollDelayMs(asked++, clock.jitterMs);
    }
    if (now > 17_000 && now % 1000 === 0) errors.push(Math.abs(clock.serverAt(now)! - serverAt(now)));
  }
  return errors;
}

describe('five minutes on a network, 20 seeds, clocks up to 50 ppm apart', () => {
  test.each(NETWORKS)('$name', (network) => {
    const all: number[] = [];
    for (let seed = 1; seed <= 20; seed++) all.push(...errorsOver(network, seed));
    expect(quantile(all, 0.5)).toBeLessThan(network.p50);
    expect(quantile(all, 0.95)).toBeLessThan(network.p95);
  });
});
