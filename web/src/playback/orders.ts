/** The vocabulary between the controller and what carries its orders out. */

/** Where the film should be. */
export interface Goal {
  /** Changes with every play, pause, seek or film. */
  key: string;
  playing: boolean;
  rate: number;
  /** Wanted position in seconds at a local time. */
  at(localMs: number): number;
  /** Milliseconds until the timeline starts to move; 0 or less when it does already. */
  startsIn(localMs: number): number;
}

/** What the player says about itself. */
export interface Measured {
  /** It has metadata and can be told to do things. */
  ready: boolean;
  position: number;
  /** Local time of the reading. */
  readAt: number;
  paused: boolean;
  seeking: boolean;
  stalled: boolean;
  ended: boolean;
  rate: number;
  /** Seconds; 0 while unknown or endless. */
  duration: number;
}

/** What a kind of player can do. */
export interface Abilities {
  /** Step of the rates it takes; null: any rate; 0: none but 1. */
  quantum: number | null;
  /** Errors below this are left alone. */
  deadBandMs: number;
  /** What the first change of rate with kept pitch loses. */
  engageLossMs: number;
  /** Height of the steps in which the position is told; 0 when exact. */
  stairMs: number;
  /** Reads are not believed for so long after a discontinuity. */
  settleMs: number;
  /** Hard seeks are at least this far apart. */
  seekGapMs: number;
}

export type Order = (
  | { kind: 'none' }
  | { kind: 'play' }
  | { kind: 'pause' }
  | { kind: 'seek'; to: number }
  | { kind: 'rate'; rate: number; keepPitch: boolean }
) & {
  /** Ask again after so many milliseconds, before the next tick if need be. */
  wakeInMs?: number;
  /** Ask again at once. */
  again?: boolean;
};

export const NOTHING: Order = { kind: 'none' };

export const EXACT: Abilities = { quantum: null, deadBandMs: 15, engageLossMs: 0, stairMs: 0, settleMs: 160, seekGapMs: 1500 };
