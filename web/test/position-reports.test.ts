import { beforeEach, describe, expect, test } from 'vitest';
import { PositionReports } from '../src/media/position-reports';

let now = 0;
let reports: PositionReports;
beforeEach(() => {
  now = 10_000;
  reports = new PositionReports(() => now);
});

describe('positions from reports', () => {
  test('move on from a report at the rate', () => {
    reports.add({ position: 5, at: now });
    now += 400;
    expect(reports.position(1)).toBeCloseTo(5.4, 6);
    expect(reports.position(0.5)).toBeCloseTo(5.2, 6);
  });

  test('a late report does not set the position back', () => {
    reports.add({ position: 5, at: now });
    now += 250;
    reports.add({ position: 5.21, at: now });
    expect(reports.position(1)).toBeCloseTo(5.25, 6);
    now += 250;
    reports.add({ position: 5.505, at: now });
    expect(reports.position(1)).toBeCloseTo(5.505, 6);
  });

  test('go on from the last report when none is recent', () => {
    reports.add({ position: 5, at: now });
    now += 4000;
    expect(reports.latest).toBeNull();
    expect(reports.position(1)).toBeCloseTo(9, 6);
  });

  test('a restart keeps where the player is, or takes a position', () => {
    reports.add({ position: 5, at: now });
    now += 1000;
    reports.restart(1);
    now += 1000;
    expect(reports.position(2)).toBeCloseTo(8, 6);
    reports.restart(1, 30);
    expect(reports.position(1)).toBe(30);
    expect(reports.isReporting).toBe(true);
  });
});
