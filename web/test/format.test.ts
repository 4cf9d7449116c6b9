import { expect, test } from 'vitest';
import { clockText, timeOfDay, listNames, spokenTime } from '../src/room/format';

test.each([
  [0, '0:00'], [75.4, '1:15'], [3675, '1:01:15'], [-1, '0:00'], [Number.NaN, '0:00'], [Number.POSITIVE_INFINITY, '0:00'], [59.999, '0:59'],
])('%d seconds are %s', (seconds, text) => expect(clockText(seconds)).toBe(text)); // prettier-ignore

test.each([
  [0, '0 seconds'], [1, '1 second'], [60, '1 minute'], [75, '1 minute 15 seconds'], [3601, '1 hour 1 second'],
])('%d seconds are spoken as %s', (seconds, text) => expect(spokenTime(seconds)).toBe(text)); // prettier-ignore

test('an invalid time is left out', () => {
  expect(timeOfDay('never')).toBe('');
  expect(timeOfDay('2026-01-01T20:05:00.000Z')).toMatch(/\d/);
});

test.each([
  [[], ''], [['Ana'], 'Ana'], [['Ana', 'Ben'], 'Ana and Ben'], [['Ana', 'Ben', 'Cem'], 'Ana, Ben and Cem'],
])('%o are listed as "%s"', (names, text) => expect(listNames(names)).toBe(text)); // prettier-ignore
