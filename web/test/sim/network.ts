/**
 * Network links between a viewer and the server. Each direction keeps the order, as TCP does. Delays are one way, ms.
 */
import type { Random } from '../support/random';
import type { VirtualTime } from './virtual-time';

export type Delay = () => number;

export interface Profile {
  up: Delay;
  down: Delay;
}

const both = (delay: Delay): Profile => ({ up: delay, down: delay });

/** Round trips as in docs/SYNC.md, "Simulated rooms of eight". */
export const PROFILES = {
  lan: (c: Random) => both(() => 0.5 + c.between(-0.25, 0.25)),
  home: (c: Random) => both(() => 10 + c.between(-2.5, 2.5)),
  intercontinental: (c: Random) => both(() => 75 + c.between(-7.5, 7.5)),
  mobile: (c: Random) => {
    const queue = () => 20 * Math.exp(0.6 * c.bell()) - 20 + (c.next() < 0.01 ? 500 : 0);
    return { up: () => 60 + 1.5 * Math.max(-20, queue()), down: () => 20 + 0.5 * Math.max(-20, queue()) };
  },
} satisfies Record<string, (c: Random) => Profile>;

export type ProfileName = keyof typeof PROFILES;

/** One direction of a link; deliveries keep their order. */
export class OrderedLink {
  private lastAt = 0;

  constructor(
    private readonly world: VirtualTime,
    private readonly delay: Delay,
  ) {}

  send(run: () => void): void {
    const at = Math.max(this.lastAt, this.world.now + Math.max(0.1, this.delay()));
    this.lastAt = at;
    this.world.after(at - this.world.now, run);
  }
}
