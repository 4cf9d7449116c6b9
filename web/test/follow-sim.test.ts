/** Players that cannot reach the timeline's position (VF1 to VF4), and corrections that must end. */
import { describe, expect, test } from 'vitest';
import { DUCKED_MAX_MS, DUCKED_WINDOW_MS } from '../src/playback/ducking';
import { SingleViewer } from './sim/single-viewer';

const BEGINNING = [{ start: 0, end: 0 }];

function late(device = 'file', seed = 1): SingleViewer {
  const solo = new SingleViewer(device, seed);
  solo.player.seekable = BEGINNING;
  return solo;
}

describe('a server that cannot seek', () => {
  test.each(['file', 'file in stairs', 'twentieths', 'quarters', 'no rates'])(
    'VF1 %s: a late viewer is never sought, reports stuck, and plays faster',
    (device) => {
      const solo = late(device);
      solo.setTimeline({ phase: 'playing', position: 0, at: solo.serverNow - 60_000 });
      solo.run(20_000);
      expect(solo.player.seeks).toBe(0);
      expect(solo.driver.state).toBe('stuck');
      expect(solo.driver.obstacle).toBe('server');
      expect(solo.player.paused).toBe(false);
      expect(solo.player.truePosition).toBeGreaterThan(10);
      expect(solo.player.ducked).toBe(false);
      expect(solo.player.rate).toBeLessThanOrEqual(1.25);
    },
  );

  test('VF1 ends when the player behind has caught up', () => {
    for (let seed = 1; seed <= 10; seed++) {
      const solo = late('file', seed);
      solo.setTimeline({ phase: 'playing', position: 0, at: solo.serverNow - 10_000 });
      solo.run(150_000);
      expect([solo.driver.state, solo.player.seeks], `seed ${seed}`).toEqual(['synced', 0]);
      expect(Math.abs(solo.error()), `seed ${seed}`).toBeLessThan(15);
      expect(Math.abs(solo.player.rate - 1)).toBeLessThan(0.003);
    }
  });

  test('VF1 ends when the player ahead is reached by the timeline', () => {
    const solo = late();
    solo.setTimeline({ phase: 'playing', position: 0, at: solo.serverNow + 150 });
    solo.run(30_000);
    solo.setTimeline({ phase: 'playing', position: 10, at: solo.serverNow + 150 });
    const at = solo.player.truePosition;
    solo.run(5000);
    expect([solo.driver.state, solo.player.paused, solo.player.seeks]).toEqual(['stuck', true, 0]);
    expect(solo.player.truePosition).toBeCloseTo(at, 0);
    solo.run(20_000);
    expect([solo.driver.state, solo.player.seeks]).toEqual(['synced', 0]);
    expect(Math.abs(solo.error())).toBeLessThan(15);
  });

  test('VF1 ends when the download has reached the position', () => {
    const solo = late();
    solo.setTimeline({ phase: 'playing', position: 0, at: solo.serverNow - 200_000 });
    solo.run(5000);
    expect(solo.driver.state).toBe('stuck');
    solo.player.seekable = [{ start: 0, end: 600 }];
    solo.run(8000);
    expect(solo.driver.state).toBe('synced');
    expect(solo.player.seeks).toBeLessThanOrEqual(2);
    expect(Math.abs(solo.error())).toBeLessThan(15);
  });

  test('the beginning can be reached, and a pause elsewhere leaves the player where it is', () => {
    const solo = late();
    solo.setTimeline({ phase: 'playing', position: 0, at: solo.serverNow + 150 });
    solo.run(20_000);
    solo.setTimeline({ phase: 'paused', position: 300, at: solo.serverNow });
    solo.run(5000);
    expect([solo.player.seeks, solo.player.paused, solo.driver.state]).toEqual([0, true, 'stuck']);
    expect(solo.player.truePosition).toBeGreaterThan(19);
    solo.setTimeline({ phase: 'paused', position: 0, at: solo.serverNow });
    solo.run(3000);
    expect([solo.player.seeks, solo.driver.state, solo.player.truePosition]).toEqual([1, 'ready', 0]);
  });

  test('a pause some frames off is no obstacle: the next start compensates', () => {
    const solo = late();
    solo.setTimeline({ phase: 'playing', position: 0, at: solo.serverNow + 150 });
    solo.run(20_000);
    solo.setTimeline({ phase: 'paused', position: solo.player.truePosition - 0.3, at: solo.serverNow });
    solo.run(4000);
    expect(solo.driver.state).toBe('ready');
    solo.setTimeline({ phase: 'playing', at: solo.serverNow + 150 });
    solo.run(6000);
    expect([solo.driver.state, solo.player.seeks]).toEqual(['synced', 0]);
    expect(Math.abs(solo.error())).toBeLessThan(15);
  });

  test('VF4 a barrier is answered at once, also some frames off, and no stall is reported', () => {
    const solo = late();
    solo.setTimeline({ phase: 'playing', position: 0, at: solo.serverNow + 150 });
    solo.run(20_000);
    solo.setTimeline({ phase: 'preparing', position: solo.player.truePosition - 0.2, at: solo.serverNow });
    solo.run(300);
    expect(solo.ready).toEqual([solo.timeline.seq]);
    solo.setTimeline({ phase: 'preparing', position: 300, at: solo.serverNow });
    solo.run(300);
    expect(solo.ready).toContain(solo.timeline.seq);
    solo.setTimeline({ phase: 'playing', position: 300, at: solo.serverNow + 150 });
    solo.run(4000);
    solo.player.stall(3000);
    solo.run(6000);
    expect(solo.stalls).toEqual([]);
  });
});

describe('seeks that do not help', () => {
  test('VF1 a seek that never ends is repeated with growing delays, and then no more', () => {
    const solo = new SingleViewer('file', 1);
    solo.player.hangs = true;
    solo.setTimeline({ phase: 'playing', position: 0, at: solo.serverNow - 60_000 });
    solo.run(7000);
    expect([solo.player.seeks, solo.driver.state]).toEqual([1, 'correcting']);
    const at: number[] = [];
    for (let t = 0, seeks = 1; t < 600_000; t += 100) {
      solo.run(100);
      if (solo.player.seeks > seeks) at.push(solo.world.now);
      seeks = solo.player.seeks;
    }
    expect(solo.player.seeks).toBe(4);
    expect(at[2]! - at[1]!).toBeGreaterThan(1.5 * (at[1]! - at[0]!));
    expect([solo.driver.state, solo.driver.obstacle]).toEqual(['stuck', 'player']);
    solo.player.hangs = false;
    solo.setTimeline({ phase: 'playing', position: 100, at: solo.serverNow + 150 });
    solo.run(10_000);
    expect(solo.driver.state).toBe('synced');
  });

  test('VF1 seeks that end elsewhere stop, and the film plays', () => {
    const solo = new SingleViewer('file', 1);
    const { player } = solo;
    const seek = player.seek.bind(player);
    player.seek = () => seek(0);
    solo.setTimeline({ phase: 'playing', position: 0, at: solo.serverNow - 120_000 });
    solo.run(60_000);
    const { seeks } = player;
    expect(seeks).toBeLessThanOrEqual(5);
    expect(solo.driver.state).toBe('stuck');
    solo.run(60_000);
    expect([player.seeks, player.paused]).toEqual([seeks, false]);
    expect(player.truePosition).toBeGreaterThan(60);
  });
});

describe('ducking', () => {
  test.each([-60, -45, -250, 60])('repeated bursts, %s ms every 0.7 s, do not keep the sound ducked', (ms) => {
    for (let seed = 1; seed <= 5; seed++) {
      const solo = new SingleViewer('file', seed);
      solo.setTimeline({ phase: 'playing', position: 10, at: solo.serverNow + 100 });
      for (let t = 0; t < 89_000; t += 700) {
        solo.run(700);
        solo.player.glitch(ms);
        if (t % 2100 === 0) solo.driver.discontinuity();
      }
      expect(solo.player.duckedMostMs(DUCKED_WINDOW_MS), `seed ${seed}`).toBeLessThanOrEqual(DUCKED_MAX_MS + 150);
      solo.run(20_000);
      expect([solo.player.ducked, Math.abs(solo.player.rate - 1) < 0.003], `seed ${seed}`).toEqual([false, true]);
    }
  });

  test.each([
    { canDuck: false, keepsPitch: true, widest: 0.101 },
    { canDuck: false, keepsPitch: false, widest: 0.0051 },
  ])('without a settable volume (%o) no correction relies on it', ({ widest, ...over }) => {
    for (let seed = 1; seed <= 10; seed++) {
      const solo = new SingleViewer('file', seed);
      solo.player.profile.abilities = { ...solo.player.profile.abilities, ...over };
      solo.driver.mayCalibrate = true;
      solo.setTimeline({ phase: 'paused', position: 0, at: solo.serverNow });
      solo.run(3000);
      expect(solo.player.starts, `seed ${seed}`).toBe(0);
      let most = 0;
      for (let act = 0; act < 4; act++) {
        solo.setTimeline({ phase: 'playing', position: 50 * act, at: solo.serverNow + 100 });
        for (let t = 0; t < 6000; t += 20) {
          solo.run(20);
          most = Math.max(most, Math.abs(solo.player.rate - 1));
        }
        solo.player.stall(400);
        solo.run(5000);
      }
      expect(most, `seed ${seed}`).toBeLessThanOrEqual(widest);
      expect(solo.player.duckedSpans).toEqual([]);
      solo.run(120_000);
      expect(Math.abs(solo.error()), `seed ${seed}`).toBeLessThan(40);
    }
  });
});
