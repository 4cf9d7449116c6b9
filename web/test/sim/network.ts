/** Lines between a viewer and the server: each direction keeps the order, as TCP does. Delays are one way, ms. */
import type { Chance } from '../support/random';
import type { World } from './world';

export type Delay = () => number;

export interface Profile {
  up: Delay;
  down: Delay;
}

const both = (delay: Delay): Profile => ({ up: delay, down: delay });

/** Round trips as in docs/SYNC.md, section 1. */
export const PROFILES = {
  lan: (c: Chance) => both(() => 0.5 + c.between(-0.25, 0.25)),
  home: (c: Chance) => both(() => 10 + c.between(-2.5, 2.5)),
  intercontinental: (c: Chance) => both(() => 75 + c.between(-7.5, 7.5)),
  mobile: (c: Chance) => {
    const queue = () => 20 * Math.exp(0.6 * c.bell()) - 20 + (c.next() < 0.01 ? 500 : 0);
    return { up: () => 60 + 1.5 * Math.max(-20, queue()), down: () => 20 + 0.5 * Math.max(-20, queue()) };
  },
} satisfies Record<string, (c: Chance) => Profile>;

export type ProfileName = keyof typeof PROFILES;

/** One direction: nothing overtakes. */
export class Pipe {
  private lastAt = 0;

  constructor(
    private readonly world: World,
    private readonly delay: Delay,
  ) {}

  send(run: () => void): void {
    const at = Math.max(this.lastAt, this.world.now + Math.max(0.1, this.delay()));
    this.lastAt = at;
    this.world.after(at - this.world.now, run);
  }
}
