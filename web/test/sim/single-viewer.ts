/** One viewer without a network and with the exact server time, for thousands of scripts. */
import { PlayerDriver } from '../../src/playback/player-driver';
import { targetAt } from '../../src/playback/timeline';
import type { Timeline } from '../../src/protocol/messages';
import { type Random, seededRandom } from '../support/random';
import { aTimeline } from '../support/wire';
import { DEVICES, SimPlayer } from './device';
import { VirtualTime } from './virtual-time';

export class SingleViewer {
  readonly world = new VirtualTime();
  readonly random: Random;
  readonly player: SimPlayer;
  readonly driver: PlayerDriver;
  readonly ready: number[] = [];
  readonly stalls: boolean[] = [];
  timeline: Timeline = aTimeline();
  private readonly offset: number;
  private cancelWake: (() => void) | null = null;

  constructor(device: keyof typeof DEVICES, seed: number) {
    const { world } = this;
    this.random = seededRandom(seed);
    this.offset = this.random.between(-5000, 5000) + 1e9;
    this.player = new SimPlayer(world, { ...DEVICES[device]!(this.random), duration: 600 }, this.random);
    this.driver = new PlayerDriver({
      now: () => world.now,
      serverAt: (local) => local + this.offset,
      wakeIn: (ms) => {
        this.cancelWake?.();
        this.cancelWake = world.after(ms + this.random.between(0, 3), () => this.driver.tick());
      },
      onReady: (seq) => this.ready.push(seq),
      onStall: (stalled) => this.stalls.push(stalled),
      loadCosts: () => null,
      saveCosts: () => undefined,
    });
    this.player.onDiscontinuity = () => this.driver.discontinuity();
    const beat = () => {
      this.driver.tick();
      world.after(100 + this.random.between(0, 6), beat);
    };
    world.after(this.random.between(0, 100), beat);
    this.driver.attach(this.player, device);
    this.world.runUntil(1000);
  }

  get serverNow(): number {
    return this.world.now + this.offset;
  }

  /** True error of the player, ms; positive when behind. */
  error(): number {
    return (targetAt(this.timeline, this.serverNow) - this.player.truePosition) * 1000;
  }

  setTimeline(over: Partial<Timeline>): void {
    this.timeline = { ...this.timeline, seq: this.timeline.seq + 1, duration: 600, ...over };
    this.driver.setTimeline(this.timeline);
  }

  /** Lets time pass and returns the true error every 50 ms. */
  watch(ms: number): number[] {
    const errors: number[] = [];
    const end = this.world.now + ms;
    while (this.world.now < end) {
      this.world.runUntil(Math.min(end, this.world.now + 50));
      errors.push(Math.abs(this.error()));
    }
    return errors;
  }

  run(ms: number): void {
    this.world.runUntil(this.world.now + ms);
  }
}
