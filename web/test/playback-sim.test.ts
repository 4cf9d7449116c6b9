/** One viewer and every kind of player, through scripts drawn by lot: whatever happened, it ends in step and as it was. */
import { describe, expect, test } from 'vitest';
import { DUCKED_MAX_MS, DUCKED_WINDOW_MS } from '../src/playback/ducking';
import { quantile } from './support/random';
import type { DEVICES } from './sim/device';
import { Solo } from './sim/solo';

const LEAD_MS = 150;
/** SIM_SCRIPTS=100000 for the long run of docs/SYNC.md. */
const SCRIPTS = Number(process.env['SIM_SCRIPTS'] ?? '600');
const SEEDS = 25;

/** Noticed at the next beat of a viewer, and not a moment earlier. */
const LOWERED_MAX_MS = DUCKED_MAX_MS + 150;

type Device = keyof typeof DEVICES;

/** What a steady viewer may be off in the last ten of thirty seconds, ms: median over all readings, and the worst of them. */
const BOUNDS: Record<Device, { median: number; worst: number }> = {
  'file': { median: 2, worst: 15 },
  'file in stairs': { median: 8, worst: 30 },
  'slow file': { median: 2, worst: 15 },
  'twentieths': { median: 16, worst: 60 },
  'quarters': { median: 20, worst: 60 },
  'no rates': { median: 160, worst: 600 },
}; // prettier-ignore

/** A script of plays, pauses, seeks, stalls, glitches and changes of mind. Gives how many stalls and commands there were. */
function script(solo: Solo, seed: number): { commands: number; stalls: number } {
  const { c, player } = solo;
  let stalls = 0;
  const steps = c.whole(3, 14);
  for (let i = 0; i < steps; i++) {
    const delay = c.between(2, 120);
    const running = solo.timeline.phase === 'playing';
    const position = c.pick([c.between(0, 400), Math.max(0, player.truth)]);
    const act = c.pick(['play', 'pause', 'seek', 'stall', 'hold', 'glitch', 'mode', 'trim', 'rate'] as const);
    if (act === 'stall') {
      stalls++;
      player.stall(c.between(100, 4000));
    } else if (act === 'glitch') player.glitch(c.between(-60, 60));
    else if (act === 'mode') solo.driver.mode = c.pick(['tight', 'smooth', 'free'] as const);
    else if (act === 'trim') solo.driver.trim = c.between(-500, 500);
    else if (act === 'hold') {
      solo.driver.hold(player.truth);
      solo.run(c.between(10, 300));
      solo.driver.release();
    } else {
      const rate = act === 'rate' ? c.pick([0.5, 1, 1.25, 2]) : solo.timeline.rate;
      const phase =
        act === 'play' ? 'playing' : act === 'seek' && running ? c.pick(['preparing', 'playing'] as const) : running && act === 'rate' ? 'playing' : 'paused'; // prettier-ignore
      solo.follow({ phase, position, rate, at: solo.serverNow - delay + (phase === 'playing' ? LEAD_MS : 0) });
      // Whatever was in flight is over: a rate that outlives its reason would run for minutes.
      if (player.habits.rates === null) expect(player.rate, `seed ${seed}, step ${i}`).toBe(rate);
      expect(player.ducked && !player.paused && player.starts === 0, `seed ${seed}, step ${i}`).toBe(false);
    }
    solo.run(c.pick([60, 300, 450, 1500, 6000]));
  }
  solo.driver.mode = 'tight';
  solo.driver.trim = 0;
  expect(player.loweredMost(DUCKED_WINDOW_MS), `seed ${seed}: sound down`).toBeLessThanOrEqual(LOWERED_MAX_MS);
  return { commands: steps + 1, stalls };
}

describe.each(Object.keys(BOUNDS))('a player: %s', (device) => {
  const bounds = BOUNDS[device]!;

  test('after any script: no loop of seeks, and in step again', { timeout: 120_000 }, () => {
    const medians: number[] = [];
    for (let seed = 1; seed <= SEEDS; seed++) {
      const solo = new Solo(device, seed);
      const { player } = solo;
      const { commands, stalls } = script(solo, seed);
      solo.follow({ phase: 'playing', position: 100, rate: 1, at: solo.serverNow + LEAD_MS - 20 });
      solo.run(20_000);
      const seeksBefore = player.seeks;
      expect(seeksBefore, `seed ${seed}`).toBeLessThanOrEqual(3 * commands + 2 * stalls);
      const off = solo.watch(10_000);
      medians.push(quantile(off, 0.5));
      expect(Math.max(...off), `seed ${seed}`).toBeLessThan(bounds.worst);
      // A player that can do nothing else moves now and then.
      expect(player.seeks - seeksBefore, `seed ${seed}: seeks in a steady room`).toBeLessThanOrEqual(
        device === 'no rates' ? 1 : 0,
      );
      expect(player.paused).toBe(false);
      expect(player.ducked, `seed ${seed}`).toBe(false);
      if (player.habits.rates === null) expect(Math.abs(player.rate - 1), `seed ${seed}`).toBeLessThan(0.003);
    }
    expect(quantile(medians, 0.5)).toBeLessThan(bounds.median);
  });

  test('after any script and a pause: rate and volume are what they were', { timeout: 600_000 }, () => {
    for (let seed = 1; seed <= Math.ceil(SCRIPTS / 6); seed++) {
      const solo = new Solo(device, seed + 1000);
      const { player } = solo;
      script(solo, seed);
      solo.follow({ phase: 'paused', position: Math.min(500, player.truth), rate: 1, at: solo.serverNow });
      solo.run(5000);
      expect([player.paused, player.rate, player.ducked], `seed ${seed}`).toEqual([true, 1, false]);
      expect(Math.abs(solo.error()), `seed ${seed}`).toBeLessThanOrEqual(39);
    }
  });

  test('a late joiner is in step after half a minute, with few seeks', () => {
    for (let seed = 1; seed <= SEEDS; seed++) {
      const solo = new Solo(device, seed);
      solo.follow({ phase: 'playing', position: 0, at: solo.serverNow - 200_000 });
      solo.run(30_000);
      expect(Math.abs(solo.error()), `seed ${seed}`).toBeLessThan(bounds.worst);
      expect(solo.player.seeks, `seed ${seed}`).toBeLessThanOrEqual(3);
    }
  });

  test('at the end it stands, and nothing is tried', () => {
    const solo = new Solo(device, 1);
    solo.follow({ phase: 'playing', position: 590, at: solo.serverNow });
    solo.run(20_000);
    const { seeks, starts } = solo.player;
    solo.run(60_000);
    expect([solo.player.seeks, solo.player.starts]).toEqual([seeks, starts]);
    expect(solo.player.truth).toBeCloseTo(600, 1);
  });

  test('a preparing film: stands at the place, says so once, and starts with the others', () => {
    const solo = new Solo(device, 2);
    solo.follow({ phase: 'playing', position: 0, at: solo.serverNow + LEAD_MS });
    solo.run(8000);
    solo.follow({ phase: 'preparing', position: 300, at: solo.serverNow });
    const { seq } = solo.timeline;
    solo.run(3000);
    expect(solo.ready).toEqual([seq]);
    expect(solo.player.paused).toBe(true);
    expect(solo.player.truth).toBeCloseTo(300, 1);
    // The same change in another life of the room is another question.
    solo.follow({ epoch: 2, seq });
    solo.run(200);
    expect(solo.ready).toEqual([seq, seq]);
    solo.follow({ phase: 'playing', position: 300, at: solo.serverNow + 300 });
    solo.run(12_000);
    expect(Math.abs(solo.error())).toBeLessThan(bounds.worst);
  });
});

describe.each([0.5, 1.25, 1.5, 2])('a room at %s times the speed', (rate) => {
  test('is followed as closely', () => {
    for (let seed = 1; seed <= SEEDS; seed++) {
      const solo = new Solo('file', seed);
      solo.follow({ phase: 'playing', position: 0, rate, at: solo.serverNow + LEAD_MS });
      solo.run(15_000);
      expect(Math.max(...solo.watch(3000)), `seed ${seed}`).toBeLessThan(20);
      expect(solo.player.rate / rate).toBeCloseTo(1, 2);
      expect(solo.player.keepPitch).toBe(true);
    }
  });
});

describe('modes', () => {
  test('smooth: never a jump in the rate, never a ducked sound, and in step in the end', () => {
    for (let seed = 1; seed <= SEEDS; seed++) {
      const solo = new Solo('file', seed);
      solo.driver.mode = 'smooth';
      solo.follow({ phase: 'playing', position: 0, at: solo.serverNow + LEAD_MS });
      let widest = 0;
      for (let t = 0; t < 60_000; t += 20) {
        solo.run(20);
        widest = Math.max(widest, Math.abs(solo.player.rate - 1));
        expect(solo.player.ducked).toBe(false);
      }
      expect(widest).toBeLessThanOrEqual(0.005);
      expect(Math.abs(solo.error()), `seed ${seed}`).toBeLessThan(15);
    }
  });

  test("free: a command is followed, what drifts afterwards is left alone until the person wants it", () => {
    const solo = new Solo('file', 5);
    solo.driver.mode = 'free';
    solo.follow({ phase: 'playing', position: 50, at: solo.serverNow + LEAD_MS });
    solo.run(3000);
    const { seeks } = solo.player;
    solo.player.glitch(-3000);
    solo.run(20_000);
    expect(solo.player.seeks).toBe(seeks);
    expect(solo.player.rate).toBe(1);
    expect(solo.error()).toBeGreaterThan(2500);
    solo.driver.mode = 'tight';
    solo.run(5000);
    expect(Math.abs(solo.error())).toBeLessThan(15);
  }); // prettier-ignore

  test.each([-500, -120, 80, 500])('a trim of %s ms moves this film by as much, and only this one', (trim) => {
    const solo = new Solo('file', 6);
    solo.follow({ phase: 'playing', position: 50, at: solo.serverNow + LEAD_MS });
    solo.run(5000);
    solo.driver.trim = trim;
    solo.run(10_000);
    expect(Math.abs(solo.error() + trim)).toBeLessThan(15);
    expect(solo.player.seeks).toBeLessThanOrEqual(1);
  });
});

describe('a pause of this person, before the server has confirmed it', () => {
  test('stops at once, and goes on when the server refuses', () => {
    const solo = new Solo('file', 1);
    solo.follow({ phase: 'playing', position: 0, at: solo.serverNow });
    solo.run(3000);
    solo.driver.hold(solo.player.truth);
    expect(solo.player.paused).toBe(true);
    solo.run(500);
    solo.driver.release();
    solo.run(6000);
    expect(solo.player.paused).toBe(false);
    expect(Math.abs(solo.error())).toBeLessThan(20);
  });

  test('a browser that refuses to start is not asked again until a person says so, and keeps nobody waiting', () => {
    const solo = new Solo('file', 1);
    solo.driver.halt();
    solo.follow({ phase: 'preparing', position: 9, at: solo.serverNow });
    expect(solo.ready).toHaveLength(1);
    solo.follow({ phase: 'playing', position: 0, at: solo.serverNow });
    solo.run(5000);
    expect(solo.player.starts).toBe(0);
    solo.driver.resume();
    solo.run(5000);
    expect(solo.player.starts).toBeGreaterThan(0);
    expect(Math.abs(solo.error())).toBeLessThan(20);
  });
});

describe('stalls', () => {
  test('one that lasts is told once, and its end once; a flicker is nobody’s business', () => {
    const solo = new Solo('file', 4);
    solo.follow({ phase: 'playing', position: 0, at: solo.serverNow });
    solo.run(3000);
    solo.player.stall(150);
    solo.run(3000);
    expect(solo.stalls).toEqual([]);
    solo.player.stall(2000);
    solo.run(10_000);
    expect(solo.stalls).toEqual([true, false]);
    expect(Math.abs(solo.error())).toBeLessThan(15);
    expect(solo.player.seeks).toBeLessThanOrEqual(2);
  });

  test.each([300, 700])('a stall of %s ms is made good without a seek', (ms) => {
    for (let seed = 1; seed <= SEEDS; seed++) {
      const solo = new Solo('file', seed);
      solo.follow({ phase: 'playing', position: 0, at: solo.serverNow });
      solo.run(5000);
      const { seeks } = solo.player;
      solo.player.stall(ms);
      solo.run(ms + 3000);
      expect(Math.abs(solo.error()), `seed ${seed}`).toBeLessThan(15);
      expect(solo.player.seeks).toBe(seeks);
    }
  });

  test('a player that stalls again after every seek is asked less and less often', () => {
    const solo = new Solo('file', 7);
    solo.follow({ phase: 'playing', position: 0, at: solo.serverNow });
    solo.run(3000);
    const before = solo.player.seeks;
    for (let t = 0; t < 60_000; t += 200) {
      solo.player.stall(1200);
      solo.run(200);
    }
    expect(solo.player.seeks - before).toBeLessThanOrEqual(14);
  });
});
