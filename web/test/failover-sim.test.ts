/** A film that plays while another server takes over: the clock is estimated anew, and the player does not jump. */
import { describe, expect, test } from 'vitest';
import { ClockPoller } from '../src/clock/poller';
import { PlayerDriver } from '../src/playback/player-driver';
import { targetAt } from '../src/playback/timeline';
import type { Timeline } from '../src/protocol/messages';
import { seededRandom } from './support/random';
import { aTimeline } from './support/wire';
import { DEVICES, SimPlayer } from './sim/device';
import { VirtualTime } from './sim/virtual-time';

const WALL = 1.7e12;

interface Plan {
  seed: number;
  /** How far the second server's clock is ahead of the first one's, ms. */
  skewMs: number;
  /** How long no server is reachable, ms. */
  goneMs: number;
  /** One-way delay of the second server's first answers, ms. */
  firstDownMs: number;
}

function takeover({ seed, skewMs, goneMs, firstDownMs }: Plan) {
  const world = new VirtualTime();
  const c = seededRandom(seed);
  const server = { up: true, clockEpoch: 'a', ahead: 0, slowUntil: 0 };
  const now = () => WALL + world.now + server.ahead;
  let lastBackAt = 0;
  let timeline: Timeline = aTimeline({ duration: 3600 });

  const poller = new ClockPoller({
    now: () => world.now,
    request: (t1) =>
      new Promise((resolve) => {
        if (!server.up) return;
        const there = c.between(5, 20);
        world.after(there, () => {
          const t = now();
          const { clockEpoch } = server;
          const back = world.now < server.slowUntil ? firstDownMs : c.between(5, 20);
          // Answers keep their order.
          lastBackAt = Math.max(lastBackAt, world.now + back);
          world.after(lastBackAt - world.now, () =>
            resolve({ answer: { t1, t2: t, t3: t, clockEpoch, epoch: null, seq: null }, arrivedAt: world.now }),
          );
        });
      }),
    after: (ms, run) => world.after(ms, run),
    onRevision: () => undefined,
    onUnresponsive: () => undefined,
  });
  const player = new SimPlayer(world, { ...DEVICES['file']!(c), duration: 3600 }, c);
  let cancelWake: (() => void) | null = null;
  const driver = new PlayerDriver({
    now: () => world.now,
    serverAt: (local) => poller.serverAt(local),
    wakeIn: (ms) => {
      cancelWake?.();
      cancelWake = world.after(ms, () => driver.tick());
    },
    onReady: () => undefined,
    onStall: () => undefined,
    loadCosts: () => null,
    saveCosts: () => undefined,
  });
  player.onDiscontinuity = () => driver.discontinuity();
  const beat = () => {
    driver.tick();
    world.after(100, beat);
  };
  beat();
  driver.attach(player, 'file');

  /** Runs the simulation in small amounts, so that the poller's promises settle in between. */
  const rates = new Set<number>();
  async function run(ms: number): Promise<void> {
    const end = world.now + ms;
    while (world.now < end) {
      world.runUntil(world.now + 5);
      rates.add(player.rate);
      await Promise.resolve();
      await Promise.resolve();
      await Promise.resolve();
    }
  }

  return {
    player, poller, rates, run,
    error: () => Math.abs(targetAt(timeline, now()) - player.truePosition) * 1000,
    async watch() {
      poller.start();
      await run(1000);
      timeline = { ...timeline, seq: 2, phase: 'playing', position: 60, at: now() + 200 };
      driver.setTimeline(timeline);
      await run(12_000);
    },
    /** Kills the server; another one takes over the room later, with the given epoch. */
    async fail(epoch: number) {
      server.up = false;
      poller.stop();
      await run(goneMs);
      Object.assign(server, { up: true, clockEpoch: 'b', ahead: skewMs, slowUntil: world.now + 250 });
      timeline = { ...timeline, epoch };
      driver.setTimeline(timeline);
      poller.start();
    },
  }; // prettier-ignore
}

describe('TL7 another server takes the room over while the film runs', () => {
  test.each([
    { seed: 1, skewMs: 0, goneMs: 300, firstDownMs: 15, epoch: 1 },
    { seed: 2, skewMs: 25, goneMs: 2000, firstDownMs: 2400, epoch: 1 },
    { seed: 3, skewMs: -25, goneMs: 20_000, firstDownMs: 2400, epoch: 2 },
    { seed: 4, skewMs: 5, goneMs: 60_000, firstDownMs: 4000, epoch: 2 },
    { seed: 5, skewMs: -5, goneMs: 60_000, firstDownMs: 600, epoch: 1 },
  ])('clocks $skewMs ms apart, gone for $goneMs ms, first answers late by $firstDownMs ms', async (plan) => {
    const room = takeover(plan);
    await room.watch();
    expect(room.error()).toBeLessThan(15);
    const seeks = room.player.seeks;
    const starts = room.player.starts;
    room.rates.clear();
    await room.fail(plan.epoch);
    let worst = 0;
    for (let i = 0; i < 100; i++) {
      await room.run(100);
      worst = Math.max(worst, room.error());
    }
    expect(room.player.seeks).toBe(seeks);
    expect(room.player.starts).toBe(starts);
    expect(room.player.paused).toBe(false);
    // The error stays close to the difference of the two clocks.
    expect(worst).toBeLessThan(Math.abs(plan.skewMs) + 25);
    for (const rate of room.rates) expect(Math.abs(rate - 1)).toBeLessThan(0.2);
    expect(room.poller.estimator.count).toBeGreaterThan(5);
    await room.run(20_000);
    expect(room.error()).toBeLessThan(15);
  });

  test('a clock that differs by seconds is adopted in one seek', async () => {
    const room = takeover({ seed: 6, skewMs: 5000, goneMs: 1000, firstDownMs: 15 });
    await room.watch();
    const seeks = room.player.seeks;
    await room.fail(1);
    await room.run(10_000);
    expect(room.player.seeks - seeks).toBe(1);
    expect(room.error()).toBeLessThan(25);
  });
});
