/** Carries the controller's orders out on the player at hand. One per page; players come and go. */
import type { Player } from '../media/player';
import type { Timeline } from '../protocol/messages';
import { Controller } from './controller';
import type { Goal } from './orders';
import { targetAt } from './timeline';

export interface DriverPorts {
  now(): number;
  /** Server time for a local time; null while unknown. */
  serverAt(localMs: number): number | null;
  wakeIn(ms: number): void;
}

const ORDERS_PER_TICK_MAX = 4;

export class Driver {
  private player: Player | null = null;
  private controllers = new Map<string, Controller>();
  private controller = new Controller();
  private timeline: Timeline | null = null;
  /** A pause of this person that the server has not confirmed yet. */
  private held: { position: number } | null = null;
  private halted = false;

  constructor(private readonly ports: DriverPorts) {}

  attach(player: Player | null, kind: string): void {
    this.player = player;
    this.halted = false;
    this.controller = this.controllers.get(kind) ?? new Controller();
    this.controllers.set(kind, this.controller);
    this.controller.reset();
    this.tick();
  }

  follow(timeline: Timeline | null): void {
    this.timeline = timeline;
    this.held = null;
    this.tick();
  }

  /** Stops at once, before the server says so; `follow` or `release` ends it. */
  hold(position: number): void {
    this.held = { position };
    this.tick();
  }

  release(): void {
    this.held = null;
    this.tick();
  }

  /** The browser refuses to start: no more tries until a person says so. */
  halt(): void {
    this.halted = true;
  }

  /** Called inside a person's gesture: the start it allows is used at once. */
  resume(): void {
    this.halted = false;
    const goal = this.goal();
    if (goal?.playing === true) this.player?.play();
    this.controller.discontinuity(this.ports.now(), 300);
    this.tick();
  }

  discontinuity(): void {
    this.controller.discontinuity(this.ports.now(), this.player?.abilities().settleMs ?? 0);
  }

  /** How far the player is behind (+) or ahead (-) in ms, null while nothing can be said. */
  get error(): number | null {
    return this.controller.error;
  }

  /** Where the film should be now, in seconds. */
  position(): number {
    return this.goal()?.at(this.ports.now()) ?? 0;
  }

  tick(): void {
    const { player } = this;
    const goal = this.goal();
    if (player === null || goal === null || this.halted) return;
    for (let i = 0; i < ORDERS_PER_TICK_MAX; i++) {
      const now = this.ports.now();
      const order = this.controller.decide(now, goal, player.measure(), player.abilities());
      switch (order.kind) {
        case 'play':
          player.play();
          break;
        case 'pause':
          player.pause();
          break;
        case 'seek':
          player.seek(order.to);
          break;
        case 'rate':
          player.setRate(order.rate, order.keepPitch);
          break;
        case 'none':
      }
      if (order.wakeInMs !== undefined) this.ports.wakeIn(order.wakeInMs);
      if (order.again !== true) return;
    }
  }

  private goal(): Goal | null {
    const { timeline, held, ports } = this;
    if (timeline === null) return null;
    if (held !== null) {
      return { key: `held ${held.position}`, playing: false, rate: 1, at: () => held.position, startsIn: () => 0 };
    }
    const { epoch, item, phase, position, rate, at } = timeline;
    const server = (local: number) => ports.serverAt(local) ?? at;
    return {
      key: `${epoch} ${item} ${phase} ${position} ${rate} ${at}`,
      playing: phase === 'playing' && ports.serverAt(ports.now()) !== null,
      rate,
      at: (local) => targetAt(timeline, server(local)),
      startsIn: (local) => at - server(local),
    };
  }
}
