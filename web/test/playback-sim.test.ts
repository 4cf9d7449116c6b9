import { describe, expect, test } from 'vitest';
import { chance, quantile } from './support/random';
import { PLAYERS, SimPlayer, Viewer, World } from './support/sim';

const LEAD_MS = 150;
const SEEDS = 25;
/** What a steady room may be off in the last ten of thirty seconds: median over all readings, and the worst of them. */
const BOUNDS: Record<string, { median: number; worst: number }> = {
  exact: { median: 12, worst: 45 },
  'in stairs': { median: 20, worst: 60 },
  'slow to seek': { median: 12, worst: 45 },
  'coarse, quarters': { median: 60, worst: 120 },
  'coarse, no rates': { median: 160, worst: 400 },
};

function rig(kind: string, seed: number) {
  const c = chance(seed);
  const world = new World();
  const player = new SimPlayer(world, PLAYERS[kind]!(c));
  return { c, world, player, viewer: new Viewer(world, player, c) };
}

describe.each(Object.keys(PLAYERS))('a player that is %s', (kind) => {
  test('after any script: no loop of seeks, the rate and the volume restored, and in step again', () => {
    const medians: number[] = [];
    for (let seed = 1; seed <= SEEDS; seed++) {
      const { c, world, player, viewer } = rig(kind, seed);
      const steps = c.whole(3, 14);
      let stalls = 0;
      for (let i = 0; i < steps; i++) {
        const delay = c.between(2, 120);
        const playing = viewer.timeline.phase === 'playing';
        const position = c.pick([c.between(0, 400), Math.max(0, player.truth)]);
        const act = c.pick(['play', 'pause', 'seek', 'stall', 'hold'] as const);
        if (act === 'stall') {
          stalls++;
          player.stall(c.between(100, 4000));
        } else if (act === 'hold') {
          viewer.driver.hold(player.truth);
          world.runUntil(world.now + c.between(10, 300));
          viewer.driver.release();
        } else {
          const phase = act === 'play' || (act === 'seek' && playing) ? 'playing' : 'paused';
          viewer.follow({ phase, position, at: viewer.serverNow - delay + (phase === 'playing' ? LEAD_MS : 0) });
          // Whatever was in flight is over: a rate that outlives its reason would run for minutes.
          expect(player.rate, `seed ${seed}, step ${i}`).toBe(1);
        }
        world.runUntil(world.now + c.pick([60, 300, 450, 1500, 6000]));
      }
      viewer.follow({ phase: 'playing', position: 100, at: viewer.serverNow + LEAD_MS - 20 });
      world.runUntil(world.now + 20_000);
      const seeksBefore = player.seeks;
      expect(seeksBefore, `seed ${seed}`).toBeLessThanOrEqual(3 * (steps + 1) + 2 * stalls);
      viewer.errors = [];
      world.runUntil(world.now + 10_000);
      const off = viewer.errors.map(Math.abs);
      medians.push(quantile(off, 0.5));
      expect(Math.max(...off), `seed ${seed}`).toBeLessThan(BOUNDS[kind]!.worst);
      expect(player.seeks, `seed ${seed}: seeks in a steady room`).toBe(seeksBefore);
      expect(player.paused).toBe(false);
      expect(Math.abs(player.rate - 1), `seed ${seed}`).toBeLessThanOrEqual(0.02);

      viewer.follow({ phase: 'paused', position: player.truth, at: viewer.serverNow });
      world.runUntil(world.now + 3000);
      expect(player.paused).toBe(true);
      expect(player.rate).toBe(1);
      expect(Math.abs(viewer.error()), `seed ${seed}`).toBeLessThanOrEqual(kind === 'in stairs' ? 62 : 21);
      expect(player.volumes).toBe(0);
    }
    expect(quantile(medians, 0.5)).toBeLessThan(BOUNDS[kind]!.median);
  });

  test('a late joiner is in step after half a minute, with few seeks', () => {
    for (let seed = 1; seed <= SEEDS; seed++) {
      const { world, player, viewer } = rig(kind, seed);
      viewer.follow({ phase: 'playing', position: 0, at: viewer.serverNow - 200_000 });
      world.runUntil(world.now + 30_000);
      expect(Math.abs(viewer.error()), `seed ${seed}`).toBeLessThan(BOUNDS[kind]!.worst);
      expect(player.seeks, `seed ${seed}`).toBeLessThanOrEqual(3);
    }
  });

  test('at the end it stands, and nothing is tried', () => {
    const { world, player, viewer } = rig(kind, 1);
    viewer.follow({ phase: 'playing', position: 590, at: viewer.serverNow });
    world.runUntil(world.now + 20_000);
    const { seeks, starts } = player;
    world.runUntil(world.now + 60_000);
    expect([player.seeks, player.starts]).toEqual([seeks, starts]);
    expect(player.truth).toBeCloseTo(600, 1);
  });
});

test("the room's own rate is followed", () => {
  const { world, player, viewer } = rig('exact', 3);
  viewer.follow({ phase: 'playing', position: 0, rate: 1.5, at: viewer.serverNow + LEAD_MS });
  world.runUntil(world.now + 20_000);
  expect(Math.abs(viewer.error())).toBeLessThan(45);
  expect(player.rate).toBeCloseTo(1.5, 1);
});

test('two viewers of one start are within two frames of each other all the way', () => {
  const gaps: number[] = [];
  for (let seed = 1; seed <= SEEDS; seed++) {
    const a = rig('exact', seed);
    const b = rig('exact', seed + 1000);
    for (const { viewer } of [a, b]) viewer.follow({ phase: 'playing', position: 0, at: viewer.serverNow + LEAD_MS });
    for (let t = 3000; t <= 30_000; t += 200) {
      a.world.runUntil(t);
      b.world.runUntil(t);
      gaps.push(Math.abs(a.viewer.error() - b.viewer.error()));
    }
  }
  expect(quantile(gaps, 0.5)).toBeLessThan(21);
  expect(quantile(gaps, 0.95)).toBeLessThan(84);
});

describe('a pause of this person, before the server has confirmed it', () => {
  test('stops at once, and goes on when the server refuses', () => {
    const { world, player, viewer } = rig('exact', 1);
    viewer.follow({ phase: 'playing', position: 0, at: viewer.serverNow });
    world.runUntil(world.now + 3000);
    viewer.driver.hold(player.truth);
    expect(player.paused).toBe(true);
    world.runUntil(world.now + 500);
    viewer.driver.release();
    world.runUntil(world.now + 6000);
    expect(player.paused).toBe(false);
    expect(Math.abs(viewer.error())).toBeLessThan(45);
  });

  test('a browser that refuses to start is not asked again until a person says so', () => {
    const { world, player, viewer } = rig('exact', 1);
    viewer.driver.halt();
    viewer.follow({ phase: 'playing', position: 0, at: viewer.serverNow });
    world.runUntil(world.now + 5000);
    expect(player.starts).toBe(0);
    viewer.driver.resume();
    world.runUntil(world.now + 5000);
    expect(player.starts).toBeGreaterThan(0);
    expect(Math.abs(viewer.error())).toBeLessThan(45);
  });
});
