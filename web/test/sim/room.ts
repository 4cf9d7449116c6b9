/**
 * A simulated room: a server with the rules of docs/SYNC.md, "The timeline", and viewers with the shipped driver,
 * controller and clock estimator. Each viewer has its own network link and a clock with offset and drift.
 */
import { ClockEstimator } from '../../src/clock/estimator';
import { PING_POLL_AFTER_MS, pollDelayMs } from '../../src/clock/poller';
import { PlayerDriver } from '../../src/playback/player-driver';
import type { Timeline } from '../../src/protocol/messages';
import { targetAt } from '../../src/playback/timeline';
import type { Random } from '../support/random';
import { aTimeline } from '../support/wire';
import { type DeviceProfile, SimPlayer } from './device';
import { OrderedLink, type Profile } from './network';
import type { VirtualTime } from './virtual-time';

const SERVER_OFFSET_MS = 1.7e12;
const BARRIER_MS = 3000;
const PING_EVERY_MS = 25_000;
const LEAD = { min: 100, max: 600, unknown: 300 };

interface Figures {
  rtt90: number;
  start: number;
  startDev: number;
}

export class SimServer {
  timeline: Timeline = aTimeline({ phase: 'paused', position: 0, at: SERVER_OFFSET_MS, duration: 3600 });
  readonly viewers: SimViewer[] = [];
  messages = 0;
  private ready = new Set<SimViewer>();

  constructor(readonly world: VirtualTime) {}

  get now(): number {
    return this.world.now + SERVER_OFFSET_MS;
  }

  play(position = targetAt(this.timeline, this.now)): void {
    this.change({ phase: 'playing', position, at: this.now + this.lead() });
  }

  pause(pressedAt = this.now): void {
    const at = Math.min(this.now, Math.max(this.now - 1000, pressedAt));
    this.change({ phase: 'paused', position: targetAt(this.timeline, at), at: this.now });
  }

  seek(position: number): void {
    if (this.timeline.phase === 'paused') {
      this.change({ phase: 'paused', position, at: this.now });
      return;
    }
    this.ready.clear();
    this.change({ phase: 'preparing', position, at: this.now });
    const { seq } = this.timeline;
    this.world.after(BARRIER_MS, () => this.endBarrier(seq));
  }

  onReady(viewer: SimViewer, seq: number): void {
    if (seq !== this.timeline.seq) return;
    this.ready.add(viewer);
    if (this.viewers.every((one) => this.ready.has(one))) this.endBarrier(seq);
  }

  send(viewer: SimViewer): void {
    const { timeline } = this;
    this.messages++;
    viewer.down.send(() => viewer.follow(timeline));
  }

  private endBarrier(seq: number): void {
    if (this.timeline.seq === seq && this.timeline.phase === 'preparing') this.play(this.timeline.position);
  }

  private lead(): number {
    const wanted = this.viewers.map(({ figures: f }) => (f === null ? LEAD.unknown : 0.3 * f.rtt90 + f.start + f.startDev + 20));
    return Math.min(LEAD.max, Math.max(LEAD.min, ...wanted));
  }

  private change(next: Partial<Timeline>): void {
    this.timeline = { ...this.timeline, ...next, seq: this.timeline.seq + 1 };
    for (const viewer of this.viewers) this.send(viewer);
  }
}

export class SimViewer {
  readonly player: SimPlayer;
  readonly driver: PlayerDriver;
  readonly clock = new ClockEstimator();
  readonly up: OrderedLink;
  readonly down: OrderedLink;
  figures: Figures | null = null;
  disturbedUntil = 0;
  messages = 0;
  private readonly skewPpm: number;
  private readonly offset: number;
  private cancelWake: (() => void) | null = null;
  private asked = 0;
  private readonly joinedAt: number;

  constructor(
    readonly server: SimServer,
    habits: DeviceProfile,
    line: Profile,
    private readonly c: Random,
  ) {
    const { world } = server;
    this.joinedAt = world.now;
    this.skewPpm = c.between(-50, 50);
    this.offset = c.between(1e4, 1e6);
    this.up = new OrderedLink(world, line.up);
    this.down = new OrderedLink(world, line.down);
    this.player = new SimPlayer(world, habits, c, () => this.local);
    this.player.pace = 1 + c.between(-50, 50) * 1e-6;
    this.driver = new PlayerDriver({
      now: () => this.local,
      serverAt: (local) => (this.clock.usable ? this.clock.serverAt(local) : null),
      wakeIn: (ms) => {
        this.cancelWake?.();
        this.cancelWake = world.after(ms + this.late(), () => this.driver.tick());
      },
      onReady: (seq) => this.say(() => server.onReady(this, seq)),
      onStall: () => this.say(() => undefined),
      loadCosts: () => null,
      saveCosts: () => undefined,
    });
    this.player.onDiscontinuity = () => this.driver.discontinuity();
    server.viewers.push(this);
    const beat = () => {
      this.driver.tick();
      world.after(100 + this.late(), beat);
    };
    world.after(c.between(0, 100), beat);
    this.driver.attach(this.player, 'sim');
    this.driver.mayCalibrate = true;
    this.poll();
    server.send(this);
  }

  get local(): number {
    return this.server.world.now * (1 + this.skewPpm * 1e-6) + this.offset;
  }

  follow(timeline: Timeline): void {
    this.driver.setTimeline(timeline);
  }

  stall(ms: number): void {
    this.player.stall(ms);
    this.disturbedUntil = this.server.world.now + ms + 3000;
  }

  private say(run: () => void): void {
    this.messages++;
    this.up.send(run);
  }

  /** Returns the lateness of a timer: small, and rarely large. */
  private late(): number {
    return this.c.next() < 0.01 ? this.c.between(4, 20) : this.c.between(0, 2.5);
  }

  private poll(): void {
    const { world } = this.server;
    const due = pollDelayMs(this.asked++, this.clock.jitterMs);
    const sinceJoined = world.now + PING_POLL_AFTER_MS - this.joinedAt;
    const withPing = this.joinedAt + Math.ceil(sinceJoined / PING_EVERY_MS) * PING_EVERY_MS - world.now;
    world.after(Math.min(due, withPing), () => this.poll());
    const t1 = this.local;
    const costs = this.driver.costs;
    this.say(() => {
      if (this.clock.count >= 2 && costs !== null) {
        this.figures = { rtt90: this.clock.rtt90, start: costs.start.mean, startDev: costs.start.deviation };
      }
      const t2 = this.server.now;
      this.messages++;
      this.down.send(() => this.clock.add({ t1, t2, t3: t2, t4: this.local }));
    });
  }
}
