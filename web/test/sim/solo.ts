/** One viewer without a network: a driver with its heartbeat, a player, and the right time. For scripts by the thousand. */
import { Driver } from '../../src/playback/driver';
import { targetAt } from '../../src/playback/timeline';
import type { Timeline } from '../../src/protocol/messages';
import { type Chance, chance } from '../support/random';
import { aTimeline } from '../support/wire';
import { DEVICES, SimPlayer } from './device';
import { World } from './world';

export class Solo {
  readonly world = new World();
  readonly c: Chance;
  readonly player: SimPlayer;
  readonly driver: Driver;
  readonly ready: number[] = [];
  readonly stalls: boolean[] = [];
  timeline: Timeline = aTimeline();
  private readonly offset: number;
  private cancelWake: (() => void) | null = null;

  constructor(device: keyof typeof DEVICES, seed: number) {
    const { world } = this;
    this.c = chance(seed);
    this.offset = this.c.between(-5000, 5000) + 1e9;
    this.player = new SimPlayer(world, { ...DEVICES[device]!(this.c), duration: 600 }, this.c);
    this.driver = new Driver({
      now: () => world.now,
      serverAt: (local) => local + this.offset,
      wakeIn: (ms) => {
        this.cancelWake?.();
        this.cancelWake = world.after(ms + this.c.between(0, 3), () => this.driver.tick());
      },
      onReady: (seq) => this.ready.push(seq),
      onStall: (stalled) => this.stalls.push(stalled),
      recall: () => null,
      keep: () => undefined,
    });
    this.player.onDiscontinuity = () => this.driver.discontinuity();
    const beat = () => {
      this.driver.tick();
      world.after(100 + this.c.between(0, 6), beat);
    };
    world.after(this.c.between(0, 100), beat);
    this.driver.attach(this.player, device);
    this.world.runUntil(1000);
  }

  get serverNow(): number {
    return this.world.now + this.offset;
  }

  /** How far the film really is behind, in ms. */
  error(): number {
    return (targetAt(this.timeline, this.serverNow) - this.player.truth) * 1000;
  }

  follow(over: Partial<Timeline>): void {
    this.timeline = { ...this.timeline, seq: this.timeline.seq + 1, duration: 600, ...over };
    this.driver.follow(this.timeline);
  }

  /** Lets time pass and reads the true error every 50 ms. */
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
