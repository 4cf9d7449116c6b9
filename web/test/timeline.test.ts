import { describe, expect, test } from 'vitest';
import { atEnd, supersedes, targetAt } from '../src/playback/timeline';
import { aTimeline } from './support/wire';

describe('TL1 the target of a timeline', () => {
  test.each([
    { case: 'paused stands still', phase: 'paused', position: 12, rate: 1, at: 1000, duration: 0, now: 9000, target: 12 },
    { case: 'preparing stands still', phase: 'preparing', position: 12, rate: 1, at: 1000, duration: 0, now: 9000, target: 12 },
    { case: 'playing runs', phase: 'playing', position: 12, rate: 1, at: 1000, duration: 0, now: 3500, target: 14.5 },
    {
      case: 'a start that is still to come',
      phase: 'playing',
      position: 12,
      rate: 1,
      at: 5000,
      duration: 0,
      now: 3500,
      target: 12,
    },
    { case: 'twice as fast', phase: 'playing', position: 12, rate: 2, at: 1000, duration: 0, now: 3500, target: 17 },
    { case: 'the end is the end', phase: 'playing', position: 12, rate: 1, at: 1000, duration: 13, now: 9000, target: 13 },
    {
      case: 'an unknown length bounds nothing',
      phase: 'playing',
      position: 12,
      rate: 1,
      at: 0,
      duration: null,
      now: 9000,
      target: 21,
    },
    { case: 'never before the beginning', phase: 'paused', position: -3, rate: 1, at: 0, duration: null, now: 0, target: 0 },
    {
      case: 'a fraction of a millisecond counts',
      phase: 'playing',
      position: 0,
      rate: 1,
      at: 0.25,
      duration: null,
      now: 1,
      target: 0.00075,
    },
  ] as const)('$case', ({ phase, position, rate, at, duration, now, target }) => {
    expect(targetAt(aTimeline({ phase, position, rate, at, duration }), now)).toBeCloseTo(target, 9);
  });
});

describe('the newer of two timelines', () => {
  test.each([
    { next: [1, 5], current: [1, 4], counts: true },
    { next: [1, 4], current: [1, 4], counts: true },
    { next: [1, 3], current: [1, 4], counts: false },
    { next: [2, 0], current: [1, 4], counts: true },
    { next: [1, 9], current: [2, 0], counts: false },
  ])('epoch and seq $next against $current: $counts', ({ next, current, counts }) => {
    const [epoch, seq] = next as [number, number];
    const [knownEpoch, knownSeq] = current as [number, number];
    expect(supersedes(aTimeline({ epoch, seq }), aTimeline({ epoch: knownEpoch, seq: knownSeq }))).toBe(counts);
  });

  test('any timeline is newer than none', () => expect(supersedes(aTimeline(), null)).toBe(true));
});

test.each([
  { duration: 10, position: 9.85, end: true },
  { duration: 10, position: 9.7, end: false },
  { duration: null, position: 9999, end: false },
  { duration: 0, position: 9999, end: false },
])('at the end: $position of $duration is $end', ({ duration, position, end }) => {
  expect(atEnd(aTimeline({ position, duration }), 0)).toBe(end);
});
