/** The vocabulary between the controller and what carries its orders out. */

/** Where the film should be. */
export interface Goal {
  /** Changes with every play, pause, seek or film. */
  key: string;
  playing: boolean;
  rate: number;
  /** Wanted position in seconds at a local time, the viewer's own trim included. */
  at(localMs: number): number;
  /** Milliseconds until the timeline starts to move; 0 or less when it does already. */
  startsIn(localMs: number): number;
}

/** What the player says about itself. */
export interface Measured {
  /** It has metadata and can be told to do things. */
  ready: boolean;
  /** It has enough of the film around its position to start at once. */
  canPlay: boolean;
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
  /** Where it can be sent to; null when that is everywhere, or not known. */
  seekable: readonly Stretch[] | null;
  /** A live broadcast, and where it is best played; null for everything else. */
  live: { edge: number | null } | null;
}

/** A stretch of the film, s. */
export interface Stretch {
  start: number;
  end: number;
}

/** What a kind of player can do. */
export interface Abilities {
  /** Step of the rates it takes; null: any rate; 0: none but 1. */
  quantum: number | null;
  /** Errors below this are left alone by corrections that are more than a nudge of the rate, ms. */
  deadBandMs: number;
  /** What a change of rate with kept pitch loses when the rate leaves 1, ms. */
  engageLossMs: number;
  /** The position is told in steps that are always late (a staircase): reads are taken differently. */
  stairs: boolean;
  /** Readings are not believed for so long once the position moves again, ms. */
  settleMs: number;
  /** Hard seeks are at least this far apart, ms. */
  seekGapMs: number;
  /** Its volume can be turned down for a moment without moving the position. */
  canDuck: boolean;
  /** Another rate can leave the pitch as it is. */
  keepsPitch: boolean;
  /** What they cost before anything was learned, ms: a start after a seek, one where the player was paused, a seek. */
  startGuessMs: number;
  resumeGuessMs: number;
  seekGuessMs: number;
}

export type Act =
  | { kind: 'play' }
  | { kind: 'pause' }
  | { kind: 'seek'; to: number }
  | { kind: 'rate'; rate: number; keepPitch: boolean }
  | { kind: 'duck'; on: boolean };

/** What is to be done now, in this order, and when to ask again at the latest. */
export interface Order {
  acts: Act[];
  wakeInMs: number | null;
}

export const EXACT: Abilities = {
  quantum: null,
  deadBandMs: 8,
  engageLossMs: 22,
  stairs: false,
  settleMs: 80,
  seekGapMs: 1500,
  canDuck: true,
  keepsPitch: true,
  startGuessMs: 70,
  resumeGuessMs: 10,
  seekGuessMs: 150,
};
