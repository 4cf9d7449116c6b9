import { describe, expect, test } from 'vitest';
import { Controller } from '../src/playback/controller';
import { type Abilities, EXACT, type Goal, type Measured, type Order } from '../src/playback/orders';

const READY: Measured = {
  ready: true,
  position: 0,
  readAt: 0,
  paused: true,
  seeking: false,
  stalled: false,
  ended: false,
  rate: 1,
  duration: 0,
};
const seen = (over: Partial<Measured> = {}): Measured => ({ ...READY, ...over });

function goal(over: Partial<Goal> & { position?: number } = {}): Goal {
  const { position = 10, ...rest } = over;
  return { key: 'k', playing: true, rate: 1, at: (local) => position + local / 1000, startsIn: () => -1, ...rest };
}
const standing = (position: number): Goal => ({ key: 'p', playing: false, rate: 1, at: () => position, startsIn: () => 0 });

/** A controller that has taken the goal in already. */
function following(where: Goal, can: Abilities = EXACT): (now: number, m: Partial<Measured>) => Order {
  const controller = new Controller();
  controller.decide(0, where, seen(), can);
  return (now, over) => controller.decide(now, where, seen({ readAt: now, ...over }), can);
}

/** Feeds as many equal errors as an estimate needs, and gives the last order. */
function settled(errorMs: number, over: Partial<Abilities> = {}, rate = 1): Order {
  const can = { ...EXACT, ...over };
  const decide = following(goal({ rate }), can);
  let order: Order = { kind: 'none' };
  for (let now = 0; now < 1000 && order.kind === 'none'; now += 100) {
    order = decide(now, { paused: false, rate, position: 10 + now / 1000 - errorMs / 1000 });
  }
  return order;
}

describe('standing', () => {
  test.each([
    { case: 'a player that runs is stopped', is: { paused: false }, order: { kind: 'pause' } },
    { case: 'a player at its place is left alone', is: { position: 10 }, order: { kind: 'none' } },
    { case: 'within 20 ms is at its place', is: { position: 10.019 }, order: { kind: 'none' } },
    { case: 'elsewhere it is moved there exactly', is: { position: 12 }, order: { kind: 'seek', to: 10 } },
    { case: 'a bent rate is restored', is: { position: 10, rate: 1.1 }, order: { kind: 'rate', rate: 1 } },
    { case: 'without metadata nothing is asked of it', is: { ready: false, position: 3 }, order: { kind: 'none' } },
    { case: 'a seek under way is awaited', is: { seeking: true, position: 3 }, order: { kind: 'none' } },
  ])('$case', ({ is, order }) => {
    expect(following(standing(10))(1000, is)).toMatchObject(order);
  });

  test('a player that cannot hit the place is not moved for ever', () => {
    const decide = following(standing(10));
    const orders = Array.from({ length: 100 }, (_, i) => decide(1000 + i * 300, { position: 10.5 }).kind);
    expect(orders.filter((kind) => kind === 'seek')).toHaveLength(3);
  });
});

describe('starting', () => {
  test('before the common start: wait, then start as early as starting takes', () => {
    const startAt = 1000;
    const decide = following(goal({ at: (now) => 10 + Math.max(0, now - startAt) / 1000, startsIn: (now) => startAt - now }));
    const early = decide(700, { position: 10 });
    expect(early).toMatchObject({ kind: 'none', wakeInMs: 240 });
    expect(decide(940, { position: 10 })).toMatchObject({ kind: 'play' });
  });

  test('before the common start and elsewhere: go there first', () => {
    const decide = following(goal({ at: (now) => 10 + Math.max(0, now - 1000) / 1000, startsIn: (now) => 1000 - now }));
    expect(decide(500, { position: 3 })).toMatchObject({ kind: 'seek', to: 10 });
  });

  test('a little ahead of a running timeline: wait for it', () => {
    expect(following(goal())(0, { position: 10.56 })).toMatchObject({ kind: 'none', wakeInMs: expect.closeTo(500, 0) });
  });

  test('far behind a running timeline: seek to where it will be then', () => {
    const order = following(goal())(0, { position: 3 });
    expect(order).toMatchObject({ kind: 'seek' });
    expect((order as { to: number }).to).toBeGreaterThan(10.2);
    expect((order as { to: number }).to).toBeLessThan(10.6);
  });

  test('after the end there is nothing to start', () => {
    expect(following(goal())(0, { position: 9.9, duration: 9.9, ended: true })).toMatchObject({ kind: 'none' });
  });
});

describe('running: one settled error, one decision', () => {
  test.each([
    { error: 0, order: { kind: 'none' } },
    { error: 14, order: { kind: 'none' } },
    { error: -14, order: { kind: 'none' } },
    { error: 30, order: { kind: 'rate', rate: expect.closeTo(1.012, 3), keepPitch: false } },
    { error: -30, order: { kind: 'rate', rate: expect.closeTo(0.988, 3), keepPitch: false } },
    { error: 60, order: { kind: 'rate', rate: expect.closeTo(1.04, 6), keepPitch: true, wakeInMs: expect.closeTo(1500, 0) } },
    { error: 120, order: { kind: 'rate', rate: expect.closeTo(1.08, 3), keepPitch: true } },
    { error: -600, order: { kind: 'rate', rate: 0.9, keepPitch: true, wakeInMs: expect.closeTo(6000, 0) } },
    { error: 950, order: { kind: 'seek' } },
    { error: -5000, order: { kind: 'seek' } },
  ])('$error ms: $order.kind', ({ error, order }) => {
    expect(settled(error)).toMatchObject(order);
  });

  test.each([
    { error: 40, order: { kind: 'none' } },
    { error: 100, order: { kind: 'rate', rate: 1.25, wakeInMs: expect.closeTo(400, 0) } },
    { error: -100, order: { kind: 'rate', rate: 0.75, wakeInMs: expect.closeTo(400, 0) } },
    { error: 950, order: { kind: 'seek' } },
  ])('a player with quarter steps, $error ms: $order.kind', ({ error, order }) => {
    expect(settled(error, { quantum: 0.25, deadBandMs: 45 })).toMatchObject(order);
  });

  test.each([
    { error: 140, order: { kind: 'none' } },
    { error: 400, order: { kind: 'seek' } },
  ])('a player without rates, $error ms: $order.kind', ({ error, order }) => {
    expect(settled(error, { quantum: 0, deadBandMs: 45 })).toMatchObject(order);
  });

  test("the room's own rate is the middle of every correction", () => {
    expect(settled(120, {}, 1.5)).toMatchObject({ kind: 'rate', rate: expect.closeTo(1.5 * 1.08, 2), keepPitch: true });
  });

  test('a stalled player is left alone', () => {
    const decide = following(goal());
    for (let now = 0; now < 3000; now += 100)
      expect(decide(now, { paused: false, stalled: true, position: 5 }).kind).toBe('none');
  });

  test('one wild reading decides nothing', () => {
    const decide = following(goal());
    for (let now = 0; now < 3000; now += 100) {
      const wild = now === 1500 ? 3 : 0;
      expect(decide(now, { paused: false, position: 10 + now / 1000 - wild }).kind).toBe('none');
    }
  });

  test('a new goal restores the rate before anything else', () => {
    const controller = new Controller();
    controller.decide(0, goal(), seen(), EXACT);
    const order = controller.decide(100, goal({ key: 'next' }), seen({ paused: false, rate: 1.1 }), EXACT);
    expect(order).toEqual({ kind: 'rate', rate: 1, keepPitch: true, again: true });
  });
});
