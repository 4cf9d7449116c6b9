import { describe, expect, test } from 'vitest';
import { Controller } from '../src/playback/controller';
import { Costs } from '../src/playback/costs';
import {
  type PlayerAbilities,
  type PlayerAction,
  ELEMENT_DEFAULTS,
  type Target,
  type PlayerReading,
  type Decision,
} from '../src/playback/controller-types';

const READY: PlayerReading = {
  ready: true, canPlay: true, position: 0, readAt: 0, paused: true, seeking: false, stalled: false, ended: false, rate: 1, duration: 0,
  seekable: null, live: null,
}; // prettier-ignore
const seen = (over: Partial<PlayerReading> = {}): PlayerReading => ({ ...READY, ...over });
const START_MS = 60;
const known = (mean: number) => ({ mean, deviation: 2, lessons: 5 });
const costs = () =>
  new Costs(
    { startAfterSeek: 0, startResumed: 0, seek: 0 },
    { startAfterSeek: known(START_MS), startResumed: known(START_MS), seek: known(150) },
  );

/** Returns a playing target that is at `position` at local time 0. */
function goal(over: Partial<Target> & { position?: number } = {}): Target {
  const { position = 10, ...rest } = over;
  return { key: 'k', playing: true, rate: 1, at: (local) => position + local / 1000, startsIn: () => -1, ...rest };
}
const standing = (position: number): Target => ({ key: 'p', playing: false, rate: 1, at: () => position, startsIn: () => 0 });
/** Returns a target that starts to play at that local time. */
const startingAt = (at: number, position = 10): Target =>
  goal({ at: (now) => position + Math.max(0, now - at) / 1000, startsIn: (now) => at - now });

/** Returns the decisions of a controller that already has the target. */
function following(where: Target, can: PlayerAbilities = ELEMENT_DEFAULTS): (now: number, m: Partial<PlayerReading>) => Decision {
  const controller = new Controller(costs());
  controller.decide(0, where, seen({ ready: false }), can);
  return (now, over) => controller.decide(now, where, seen({ readAt: now, ...over }), can);
}

/** Returns the first decision with actions for a playing player with a constant error. */
function settled(errorMs: number, over: Partial<PlayerAbilities> = {}, rate = 1, when: 'fresh' | 'steady' = 'steady') {
  const can = { ...ELEMENT_DEFAULTS, ...over };
  const where = goal({ rate, at: (local) => 10 + (rate * local) / 1000 });
  const controller = new Controller(costs());
  controller.decide(0, where, seen({ ready: false }), can);
  if (when === 'fresh') controller.discontinuity(0, 10 - errorMs / 1000);
  for (let now = 20; now < 3000; now += 20) {
    const position = where.at(now) - errorMs / 1000;
    const order = controller.decide(now, where, seen({ readAt: now, paused: false, rate, position }), can);
    if (order.actions.length > 0) return order;
  }
  return { actions: [] as PlayerAction[], wakeInMs: null };
}
const kinds = (order: Decision) => order.actions.map((act) => act.kind);
const rateOf = (order: Decision) => order.actions.find((act) => act.kind === 'rate');

describe('paused', () => {
  test.each([
    { case: 'a player that runs is stopped', is: { paused: false, position: 10.03 }, actions: [{ kind: 'pause' }] },
    {
      case: 'one that has run on is moved back in the same breath',
      is: { paused: false, position: 10.1 },
      actions: [{ kind: 'pause' }, { kind: 'seek', to: 10 }],
    },
    { case: 'a player at its place is left alone', is: { position: 10 }, actions: [] },
    { case: 'within a frame is at its place', is: { position: 10.037 }, actions: [] },
    { case: 'elsewhere it is moved there exactly', is: { position: 12 }, actions: [{ kind: 'seek', to: 10 }] },
    { case: 'a bent rate is restored', is: { position: 10, rate: 1.1 }, actions: [{ kind: 'rate', rate: 1, keepPitch: true }] },
    { case: 'without metadata nothing is asked of it', is: { ready: false, position: 3 }, actions: [] },
    { case: 'a seek under way is awaited', is: { seeking: true, position: 3 }, actions: [] },
  ])('$case', ({ is, actions }) => {
    expect(following(standing(10))(1000, is).actions).toEqual(actions);
  });

  test('a player that misses the position is not sought for ever', () => {
    const decide = following(standing(10));
    const orders = Array.from({ length: 100 }, (_, i) => decide(1000 + i * 300, { position: 10.5 }));
    expect(orders.flatMap(kinds)).toEqual(['seek', 'seek', 'seek']);
  });

  test('a command during a seek redirects it', () => {
    const controller = new Controller(costs());
    controller.decide(0, standing(10), seen({ position: 3 }), ELEMENT_DEFAULTS);
    const order = controller.decide(
      50,
      { ...standing(40), key: 'next' },
      seen({ position: 10, seeking: true }),
      ELEMENT_DEFAULTS,
    );
    expect(order.actions).toEqual([{ kind: 'seek', to: 40 }]);
    const again = controller.decide(
      100,
      { ...standing(40), key: 'next' },
      seen({ position: 40, seeking: true }),
      ELEMENT_DEFAULTS,
    );
    expect(again.actions).toEqual([]);
  });
});

describe('starting', () => {
  test('before the common start: wait, then start early by the start cost', () => {
    const decide = following(startingAt(1000));
    expect(decide(700, { position: 10 })).toEqual({ actions: [], wakeInMs: 1000 - 700 - START_MS });
    expect(kinds(decide(1000 - START_MS, { position: 10 }))).toEqual(['play']);
  });

  test.each([-200, -50, -20, 20, 50, 140])('off by %s ms before the common start: the start time compensates', (ahead) => {
    const decide = following(startingAt(1000));
    const { actions, wakeInMs } = decide(700, { position: 10 + ahead / 1000 });
    expect(actions).toEqual([]);
    expect(wakeInMs).toBeCloseTo(1000 - 700 - START_MS + ahead, 3);
  });

  test('before the common start and elsewhere: seek first', () => {
    expect(following(startingAt(1000))(500, { position: 3 }).actions).toEqual([{ kind: 'seek', to: 10 }]);
  });

  test('elsewhere, and too late for the start: seek to where the film will be', () => {
    const [seek] = following(startingAt(550))(500, { position: 3 }).actions;
    expect(seek).toMatchObject({ kind: 'seek' });
    expect((seek as { to: number }).to).toBeGreaterThan(10.15);
    expect((seek as { to: number }).to).toBeLessThan(10.4);
  });

  test('a little ahead of a playing timeline: wait for it', () => {
    expect(following(goal())(0, { position: 10.56 })).toEqual({ actions: [], wakeInMs: expect.closeTo(500, 0) });
  });

  test('a little late: start at once, ducked', () => {
    expect(kinds(following(goal())(0, { position: 9.9 }))).toEqual(['duck', 'play']);
  });

  test('far behind a playing timeline: seek to where it will be', () => {
    const [seek] = following(goal())(0, { position: 3 }).actions;
    expect(seek).toMatchObject({ kind: 'seek' });
    expect((seek as { to: number }).to).toBeCloseTo(10 + (150 + 2 * 2 + START_MS + 60) / 1000, 3);
  });

  test('at the end nothing is started', () => {
    expect(following(goal())(0, { position: 9.9, duration: 9.9, ended: true }).actions).toEqual([]);
  });

  test('a player that plays before the common start is paused', () => {
    expect(kinds(following(startingAt(1000))(500, { paused: false, position: 10.2 }))).toEqual(['pause']);
  });

  test('the first reliable error teaches the start cost', () => {
    const controller = new Controller(costs());
    const where = startingAt(0);
    controller.decide(-START_MS, where, seen({ position: 10 }), ELEMENT_DEFAULTS);
    // It moves 20 ms later than predicted.
    for (let now = 20; now < 400; now += 20) {
      controller.decide(now, where, seen({ paused: false, readAt: now, position: 10 + (now - 20) / 1000 }), ELEMENT_DEFAULTS);
    }
    expect(controller.costs.of('startAfterSeek')).toBeCloseTo(START_MS + 0.35 * 20, 1);
  });
});

describe('playing: one settled error, one decision', () => {
  test.each([
    { error: 0.001, actions: [] },
    { error: 5, rate: 1.002 },
    { error: -5, rate: 0.998 },
    { error: 39, rate: 1.0028 },
    { error: -39, rate: 0.9972 },
  ])('$error ms, steady: an inaudible nudge', ({ error, rate, actions }) => {
    const order = settled(error);
    if (actions !== undefined) expect(order.actions).toEqual(actions);
    else expect(rateOf(order)).toMatchObject({ rate: expect.closeTo(rate, 4), keepPitch: false });
    expect(kinds(order)).not.toContain('duck');
  });

  test.each([
    { error: 60, rate: 1.04, lastsMs: (60 + 22) / 0.04 },
    { error: 120, rate: 1.08, lastsMs: (120 + 22) / 0.08 },
    { error: -600, rate: 0.9, lastsMs: (600 - 22) / 0.1 },
  ])('$error ms, steady: a burst with the pitch kept', ({ error, rate, lastsMs }) => {
    const order = settled(error);
    expect(order.actions).toEqual([{ kind: 'rate', rate: expect.closeTo(rate, 4), keepPitch: true }]);
    expect(order.wakeInMs).toBeCloseTo(lastsMs, 0);
  });

  test.each([
    { error: 10, rate: 1.05, lastsMs: 200 },
    { error: 300, rate: 2, lastsMs: 300 },
    { error: -300, rate: 0.25, lastsMs: 400 },
    { error: 650, rate: 2, lastsMs: 650 },
  ])('$error ms, after a discontinuity: a ducked slew', ({ error, rate, lastsMs }) => {
    const order = settled(error, {}, 1, 'fresh');
    expect(order.actions).toEqual([{ kind: 'duck', on: true }, { kind: 'rate', rate: expect.closeTo(rate, 2), keepPitch: false }]);
    expect(order.wakeInMs).toBeCloseTo(lastsMs, -1);
  }); // prettier-ignore

  test.each([7.5, -7.5])('%s ms, after a discontinuity: a nudge', (error) => {
    expect(kinds(settled(error, {}, 1, 'fresh'))).toEqual(['rate']);
  });

  test.each([950, -5000])('%s ms: a seek to where the film will be', (error) => {
    expect(kinds(settled(error))).toEqual(['seek']);
  });

  test.each([
    { error: 14, quantum: 0.25, actions: [] },
    { error: 100, quantum: 0.25, actions: [{ kind: 'rate', rate: 1.25, keepPitch: true }] },
    { error: -100, quantum: 0.25, actions: [{ kind: 'rate', rate: 0.75, keepPitch: true }] },
    { error: 100, quantum: 0.05, actions: [{ kind: 'rate', rate: 1.05, keepPitch: true }] },
    { error: 140, quantum: 0, actions: [] },
  ])('$error ms, steps of $quantum', ({ error, quantum, actions }) => {
    expect(settled(error, { quantum, deadBandMs: 15 }).actions).toEqual(actions);
  });

  test('a player without other rates is sought, rarely', () => {
    expect(kinds(settled(400, { quantum: 0, deadBandMs: 15 }))).toEqual(['seek']);
  });

  test('a player without rates that is ahead pauses, and starts when the film arrives', () => {
    const can = { ...ELEMENT_DEFAULTS, quantum: 0, deadBandMs: 60 };
    expect(kinds(settled(-300, can))).toEqual(['pause']);
    // The pause would be shorter than a start takes.
    expect(kinds(settled(-61, { ...can, deadBandMs: 50 }))).toEqual(['pause']);
    expect(kinds(settled(-58, { ...can, deadBandMs: 50 }))).toEqual([]);
    const decide = following(goal(), can);
    expect(decide(1000, { position: 11.3 })).toEqual({ actions: [], wakeInMs: expect.closeTo(300 - START_MS, 6) });
    expect(kinds(decide(1240, { position: 11.3 }))).toEqual(['play']);
  });

  test('a player without rates that is behind seeks ahead of the film, where a pause helps', () => {
    const decision = settled(400, { quantum: 0, deadBandMs: 15 });
    const seek = decision.actions.find((action) => action.kind === 'seek');
    // Later than the seek and a start take.
    expect(seek!.to).toBeGreaterThan(10 + (150 + START_MS) / 1000);
    expect(seek!.to).toBeLessThan(11);
  });

  test('a player whose seeks may end early is sought so much later, and is left alone when it is ahead', () => {
    const can = { ...ELEMENT_DEFAULTS, quantum: 0, seekSlackMs: 2000 };
    const decide = following(standing(10), can);
    expect(decide(1000, { position: 5 }).actions).toEqual([{ kind: 'seek', to: 12 }]);
    expect(decide(2000, { position: 11.9 }).actions).toEqual([]);
    expect(decide(3000, { position: 9.65 }).actions).toEqual([]);
    expect(decide(4000, { position: 9.5 }).actions).toEqual([{ kind: 'seek', to: 12 }]);
    // Rather late than sought.
    expect(kinds(following(startingAt(1100), { ...can, canDuck: false })(1400, { position: 10 }))).toEqual(['play']);
    // It is paused rather than sought again when it ended far ahead.
    expect(kinds(settled(-1900, can))).toEqual(['pause']);
    expect(kinds(settled(390, can))).toEqual([]);
    expect(kinds(settled(410, can))).toEqual(['seek']);
  });

  test('corrective seeks keep a distance that grows while they do not help', () => {
    const decide = following(goal());
    const at: number[] = [];
    for (let now = 0; now < 30_000; now += 50) {
      const { actions } = decide(now, { paused: false, position: 5 + now / 1000 });
      if (actions.some((act) => act.kind === 'seek')) at.push(now);
    }
    const gaps = at.slice(1).map((time, i) => time - at[i]!);
    expect(gaps.length).toBeGreaterThan(2);
    gaps.forEach((gap, i) => expect(gap).toBeGreaterThanOrEqual(Math.max(ELEMENT_DEFAULTS.seekGapMs, i > 0 ? gaps[i - 1]! : 0)));
    expect(gaps.at(-1)).toBeGreaterThan(5000);
  });

  test("the room's rate is the base of every correction, with its pitch kept", () => {
    expect(rateOf(settled(120, {}, 1.5))).toMatchObject({ rate: expect.closeTo(1.5 * 1.08, 2), keepPitch: true });
  });

  test('a stalled player gets no correction', () => {
    const decide = following(goal());
    for (let now = 0; now < 3000; now += 100) {
      expect(decide(now, { paused: false, stalled: true, position: 5 }).actions).toEqual([]);
    }
  });

  test('one outlier is ignored, two in a row are a jump', () => {
    const decide = following(goal());
    const actions: PlayerAction[] = [];
    for (let now = 0; now < 6000; now += 100) {
      const wild = now === 1500 || (now >= 4000 && now < 6000) ? 0.5 : 0;
      actions.push(
        ...decide(now, { paused: false, position: 10 + now / 1000 - wild }).actions.filter((act) => act.kind !== 'rate'),
      );
      if (now < 4000) expect(actions).toEqual([]);
    }
    expect(actions[0]).toEqual({ kind: 'duck', on: true });
  });

  test('a new target restores rate and volume first', () => {
    const controller = new Controller(costs());
    controller.decide(0, goal(), seen({ ready: false }), ELEMENT_DEFAULTS);
    controller.discontinuity(0, 9.7);
    let now = 20;
    for (const where = goal(); now < 400; now += 20) {
      controller.decide(now, where, seen({ paused: false, readAt: now, position: 9.7 + now / 1000 }), ELEMENT_DEFAULTS);
    }
    const order = controller.decide(
      now,
      goal({ key: 'next' }),
      seen({ paused: false, readAt: now, rate: 2, position: 10 }),
      ELEMENT_DEFAULTS,
    );
    expect(order.actions.slice(0, 2)).toEqual([
      { kind: 'duck', on: false },
      { kind: 'rate', rate: 1, keepPitch: true },
    ]);
  });

  test('a rate that stays off without a correction is reset', () => {
    const decide = following(goal(), { ...ELEMENT_DEFAULTS, canDuck: false });
    const actions: PlayerAction[] = [];
    // A player that ignores rates: it stays at 1.05.
    for (let now = 0; now < 60_000; now += 100) {
      actions.push(...decide(now, { paused: false, rate: 1.05, position: 10 + now / 1000 }).actions);
    }
    expect(actions.filter((act) => act.kind === 'rate' && act.rate === 1).length).toBeGreaterThan(0);
  });
});
