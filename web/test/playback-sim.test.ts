/**
 * One viewer with every kind of player, through random scripts: it always ends in sync, with rate and volume restored.
 */
import { describe, expect, test } from 'vitest';
import { DUCKED_MAX_MS, DUCKED_WINDOW_MS } from '../src/playback/ducking';
import { quantile } from './support/random';
import type { DEVICES } from './sim/device';
import { SingleViewer } from './sim/single-viewer';

const LEAD_MS = 150;
/** SIM_SCRIPTS=100000 for the long run of docs/SYNC.md. */
const SCRIPTS = Number(process.env['SIM_SCRIPTS'] ?? '600');
const SEEDS = 25;

/** Checked at the next tick of a viewer, so up to one tick later. */
const LOWERED_MAX_MS = DUCKED_MAX_MS + 150;

type Device = keyof typeof DEVICES;

/** Maximum error in the last ten of thirty seconds, ms: median of all readings, and worst. */
const BOUNDS: Record<Device, { median: number; worst: number }> = {
  'file': { median: 2, worst: 15 },
  'file in stairs': { median: 8, worst: 30 },
  'slow file': { median: 2, worst: 15 },
  'twentieths': { median: 16, worst: 60 },
  'quarters': { median: 20, worst: 60 },
  'no rates': { median: 160, worst: 600 },
}; // prettier-ignore

/**
 * Runs a random script of plays, pauses, seeks, stalls, glitches and setting changes. Returns how many commands and
 * stalls it had.
 */
function script(solo: SingleViewer, seed: number): { commands: number; stalls: number } {
  const { random, player } = solo;
  let stalls = 0;
  const steps = random.whole(3, 14);
  for (let i = 0; i < steps; i++) {
    const delay = random.between(2, 120);
    const running = solo.timeline.phase === 'playing';
    const position = random.pick([random.between(0, 400), Math.max(0, player.truePosition)]);
    const act = random.pick(['play', 'pause', 'seek', 'stall', 'hold', 'glitch', 'mode', 'trim', 'rate'] as const);
    if (act === 'stall') {
      stalls++;
      player.stall(random.between(100, 4000));
    } else if (act === 'glitch') player.glitch(random.between(-60, 60));
    else if (act === 'mode') solo.driver.mode = random.pick(['tight', 'smooth', 'free'] as const);
    else if (act === 'trim') solo.driver.trim = random.between(-500, 500);
    else if (act === 'hold') {
      solo.driver.pauseOptimistically(player.truePosition);
      solo.run(random.between(10, 300));
      solo.driver.cancelOptimisticPause();
    } else {
      const rate = act === 'rate' ? random.pick([0.5, 1, 1.25, 2]) : solo.timeline.rate;
      const phase =
        act === 'play' ? 'playing' : act === 'seek' && running ? random.pick(['preparing', 'playing'] as const) : running && act === 'rate' ? 'playing' : 'paused'; // prettier-ignore
      solo.setTimeline({ phase, position, rate, at: solo.serverNow - delay + (phase === 'playing' ? LEAD_MS : 0) });
      // Every command ends the correction in flight: a rate that outlives it would last for minutes.
      if (player.profile.rates === null) expect(player.rate, `seed ${seed}, step ${i}`).toBe(rate);
      expect(player.ducked && !player.paused && player.starts === 0, `seed ${seed}, step ${i}`).toBe(false);
    }
    solo.run(random.pick([60, 300, 450, 1500, 6000]));
  }
  solo.driver.mode = 'tight';
  solo.driver.trim = 0;
  expect(player.duckedMostMs(DUCKED_WINDOW_MS), `seed ${seed}: sound down`).toBeLessThanOrEqual(LOWERED_MAX_MS);
  return { commands: steps + 1, stalls };
}

describe.each(Object.keys(BOUNDS))('a player: %s', (device) => {
  const bounds = BOUNDS[device]!;

  test('after any script: bounded seeks, and in sync again', { timeout: 120_000 }, () => {
    const medians: number[] = [];
    for (let seed = 1; seed <= SEEDS; seed++) {
      const solo = new SingleViewer(device, seed);
      const { player } = solo;
      const { commands, stalls } = script(solo, seed);
      solo.setTimeline({ phase: 'playing', position: 100, rate: 1, at: solo.serverNow + LEAD_MS - 20 });
      solo.run(20_000);
      const seeksBefore = player.seeks;
      expect(seeksBefore, `seed ${seed}`).toBeLessThanOrEqual(3 * commands + 2 * stalls);
      const off = solo.watch(10_000);
      medians.push(quantile(off, 0.5));
      expect(Math.max(...off), `seed ${seed}`).toBeLessThan(bounds.worst);
      // A player without other rates may seek once.
      expect(player.seeks - seeksBefore, `seed ${seed}: seeks in a steady room`).toBeLessThanOrEqual(
        device === 'no rates' ? 1 : 0,
      );
      expect(player.paused).toBe(false);
      expect(player.ducked, `seed ${seed}`).toBe(false);
      if (player.profile.rates === null) expect(Math.abs(player.rate - 1), `seed ${seed}`).toBeLessThan(0.003);
    }
    expect(quantile(medians, 0.5)).toBeLessThan(bounds.median);
  });

  test('after any script and a pause: rate and volume are restored', { timeout: 600_000 }, () => {
    for (let seed = 1; seed <= Math.ceil(SCRIPTS / 6); seed++) {
      const solo = new SingleViewer(device, seed + 1000);
      const { player } = solo;
      script(solo, seed);
      solo.setTimeline({ phase: 'paused', position: Math.min(500, player.truePosition), rate: 1, at: solo.serverNow });
      solo.run(5000);
      expect([player.paused, player.rate, player.ducked], `seed ${seed}`).toEqual([true, 1, false]);
      expect(Math.abs(solo.error()), `seed ${seed}`).toBeLessThanOrEqual(39);
    }
  });

  test('a late joiner is in sync after half a minute, with few seeks', () => {
    for (let seed = 1; seed <= SEEDS; seed++) {
      const solo = new SingleViewer(device, seed);
      solo.setTimeline({ phase: 'playing', position: 0, at: solo.serverNow - 200_000 });
      solo.run(30_000);
      expect(Math.abs(solo.error()), `seed ${seed}`).toBeLessThan(bounds.worst);
      expect(solo.player.seeks, `seed ${seed}`).toBeLessThanOrEqual(3);
    }
  });

  test('at the end it stops, and nothing is tried', () => {
    const solo = new SingleViewer(device, 1);
    solo.setTimeline({ phase: 'playing', position: 590, at: solo.serverNow });
    solo.run(20_000);
    const { seeks, starts } = solo.player;
    solo.run(60_000);
    expect([solo.player.seeks, solo.player.starts]).toEqual([seeks, starts]);
    expect(solo.player.truePosition).toBeCloseTo(600, 1);
  });

  test('a preparing timeline: waits at the position, reports ready once, and starts with the others', () => {
    const solo = new SingleViewer(device, 2);
    solo.setTimeline({ phase: 'playing', position: 0, at: solo.serverNow + LEAD_MS });
    solo.run(8000);
    solo.setTimeline({ phase: 'preparing', position: 300, at: solo.serverNow });
    const { seq } = solo.timeline;
    solo.run(3000);
    expect(solo.ready).toEqual([seq]);
    expect(solo.player.paused).toBe(true);
    expect(solo.player.truePosition).toBeCloseTo(300, 1);
    // The same seq in another epoch is another change.
    solo.setTimeline({ epoch: 2, seq });
    solo.run(200);
    expect(solo.ready).toEqual([seq, seq]);
    solo.setTimeline({ phase: 'playing', position: 300, at: solo.serverNow + 300 });
    solo.run(12_000);
    expect(Math.abs(solo.error())).toBeLessThan(bounds.worst);
  });
});

describe.each([0.5, 1.25, 1.5, 2])('a room at %s times the speed', (rate) => {
  test('is followed as closely', () => {
    for (let seed = 1; seed <= SEEDS; seed++) {
      const solo = new SingleViewer('file', seed);
      solo.setTimeline({ phase: 'playing', position: 0, rate, at: solo.serverNow + LEAD_MS });
      solo.run(15_000);
      expect(Math.max(...solo.watch(3000)), `seed ${seed}`).toBeLessThan(20);
      expect(solo.player.rate / rate).toBeCloseTo(1, 2);
      expect(solo.player.keepPitch).toBe(true);
    }
  });
});

describe('modes', () => {
  test('smooth: inaudible rates only, never ducked, and in sync in the end', () => {
    for (let seed = 1; seed <= SEEDS; seed++) {
      const solo = new SingleViewer('file', seed);
      solo.driver.mode = 'smooth';
      solo.setTimeline({ phase: 'playing', position: 0, at: solo.serverNow + LEAD_MS });
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

  test('free: commands are followed, drift is not corrected until the viewer asks', () => {
    const solo = new SingleViewer('file', 5);
    solo.driver.mode = 'free';
    solo.setTimeline({ phase: 'playing', position: 50, at: solo.serverNow + LEAD_MS });
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

  test.each([-500, -120, 80, 500])('a sound offset of %s ms shifts this player by as much', (trim) => {
    const solo = new SingleViewer('file', 6);
    solo.setTimeline({ phase: 'playing', position: 50, at: solo.serverNow + LEAD_MS });
    solo.run(5000);
    solo.driver.trim = trim;
    solo.run(10_000);
    expect(Math.abs(solo.error() + trim)).toBeLessThan(15);
    expect(solo.player.seeks).toBeLessThanOrEqual(1);
  });
});

describe('a pause before the server has confirmed it', () => {
  test('pauses at once, and continues when the server rejects it', () => {
    const solo = new SingleViewer('file', 1);
    solo.setTimeline({ phase: 'playing', position: 0, at: solo.serverNow });
    solo.run(3000);
    solo.driver.pauseOptimistically(solo.player.truePosition);
    expect(solo.player.paused).toBe(true);
    solo.run(500);
    solo.driver.cancelOptimisticPause();
    solo.run(6000);
    expect(solo.player.paused).toBe(false);
    expect(Math.abs(solo.error())).toBeLessThan(20);
  });

  test('a blocked player starts only after a user gesture, and delays nobody', () => {
    const solo = new SingleViewer('file', 1);
    solo.driver.block();
    solo.setTimeline({ phase: 'preparing', position: 9, at: solo.serverNow });
    expect(solo.ready).toHaveLength(1);
    solo.setTimeline({ phase: 'playing', position: 0, at: solo.serverNow });
    solo.run(5000);
    expect(solo.player.starts).toBe(0);
    solo.driver.unblock();
    solo.run(5000);
    expect(solo.player.starts).toBeGreaterThan(0);
    expect(Math.abs(solo.error())).toBeLessThan(20);
  });
});

describe('stalls', () => {
  test('a lasting stall is reported once, with its end; a short one is not reported', () => {
    const solo = new SingleViewer('file', 4);
    solo.setTimeline({ phase: 'playing', position: 0, at: solo.serverNow });
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

  test.each([300, 700])('a stall of %s ms is corrected without a seek', (ms) => {
    for (let seed = 1; seed <= SEEDS; seed++) {
      const solo = new SingleViewer('file', seed);
      solo.setTimeline({ phase: 'playing', position: 0, at: solo.serverNow });
      solo.run(5000);
      const { seeks } = solo.player;
      solo.player.stall(ms);
      solo.run(ms + 3000);
      expect(Math.abs(solo.error()), `seed ${seed}`).toBeLessThan(15);
      expect(solo.player.seeks).toBe(seeks);
    }
  });

  test('a player that stalls after every seek is sought with growing delays', () => {
    const solo = new SingleViewer('file', 7);
    solo.setTimeline({ phase: 'playing', position: 0, at: solo.serverNow });
    solo.run(3000);
    const before = solo.player.seeks;
    for (let t = 0; t < 60_000; t += 200) {
      solo.player.stall(1200);
      solo.run(200);
    }
    expect(solo.player.seeks - before).toBeLessThanOrEqual(14);
  });
});
