import { effect } from '@preact/signals';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { countdownText, createCountdown } from '../src/app/countdown';
import { after } from './support/timers';

beforeEach(() => {
  vi.useFakeTimers();
  return () => void vi.useRealTimers();
});

describe('a countdown', () => {
  /** `skew` moves the clock without the timers, as a sleeping computer does. */
  let skew = 0;
  const create = () => createCountdown(() => performance.now() + skew, after);
  beforeEach(() => void (skew = 0));

  test('shows each whole second once, and ends at 0', () => {
    const countdown = create();
    const seen: number[] = [];
    effect(() => void seen.push(countdown.secondsLeft.value));
    countdown.start(3200);
    vi.advanceTimersByTime(10_000);
    expect(seen).toEqual([0, 4, 3, 2, 1, 0]);
    expect(vi.getTimerCount()).toBe(0);
  });

  test('is over at its time, and not before', () => {
    const countdown = create();
    countdown.start(1100);
    vi.advanceTimersByTime(1099);
    expect(countdown.secondsLeft.value).toBe(1);
    vi.advanceTimersByTime(1);
    expect(countdown.secondsLeft.value).toBe(0);
  });

  test('a second start replaces the first, with one timer', () => {
    const countdown = create();
    countdown.start(60_000);
    countdown.start(2000);
    expect([countdown.secondsLeft.value, vi.getTimerCount()]).toEqual([2, 1]);
    vi.advanceTimersByTime(2000);
    expect([countdown.secondsLeft.value, vi.getTimerCount()]).toEqual([0, 0]);
  });

  test('stop ends it at once, twice too', () => {
    const countdown = create();
    countdown.start(5000);
    countdown.stop();
    countdown.stop();
    expect([countdown.secondsLeft.value, vi.getTimerCount()]).toEqual([0, 0]);
  });

  test('after a sleep it shows what is left by the clock', () => {
    const countdown = create();
    countdown.start(60_000);
    skew = 30_000;
    vi.advanceTimersByTime(250);
    expect(countdown.secondsLeft.value).toBe(30);
    skew = 120_000;
    vi.advanceTimersByTime(250);
    expect([countdown.secondsLeft.value, vi.getTimerCount()]).toEqual([0, 0]);
  });

  test('a clock that goes back a little shows no more than it began with for long', () => {
    const countdown = create();
    countdown.start(2000);
    skew = -500;
    vi.advanceTimersByTime(2500);
    expect([countdown.secondsLeft.value, vi.getTimerCount()]).toEqual([0, 0]);
  });

  test.each([0, -1, -1e9])('%d ms is over at once', (ms) => {
    const countdown = create();
    countdown.start(ms);
    expect([countdown.secondsLeft.value, vi.getTimerCount()]).toEqual([0, 0]);
  });
});

test.each([
  [0, '0 s'],
  [59, '59 s'],
  [60, '1 min 0 s'],
  [599, '9 min 59 s'],
  [3601, '60 min 1 s'],
])('%d seconds are "%s"', (seconds, text) => expect(countdownText(seconds)).toBe(text));
