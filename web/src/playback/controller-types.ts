/** Types between the controller and the player driver. */

/** Where the film should be. */
export interface Target {
  /** Changes with every play, pause, seek or film. */
  key: string;
  playing: boolean;
  rate: number;
  /** Target position in seconds at a local time, including the viewer's sound offset. */
  at(localMs: number): number;
  /** Milliseconds until the timeline starts; 0 or less when it plays already. */
  startsIn(localMs: number): number;
}

/** A reading of the player's state. */
export interface PlayerReading {
  /** Whether it has metadata and accepts commands. */
  ready: boolean;
  /** Whether it has enough data around its position to start at once. */
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
  /** Where it can seek to; null when anywhere or unknown. */
  seekable: readonly TimeSpan[] | null;
  /** The best position of a broadcast; null for other films. */
  live: { edge: number | null } | null;
  /** Whether an advertisement plays, and the film waits for its end. */
  advert?: boolean;
  /** The programme time of a stream that has one. */
  programme?: ProgrammeTime | null;
}

/** Connects a player's positions with the programme time of its stream, s since the epoch (LS2). */
export interface ProgrammeTime {
  /** Returns a reading with programme times in place of positions. */
  translate(reading: PlayerReading): PlayerReading;
  /** Returns the position that shows a programme time. */
  positionOf(time: number): number;
  /** Returns the programme time at which the stream begins, while it is young; null once something has left its window. */
  beginning(): number | null;
  /**
   * Returns the delay that a host has to report, ms; null when the present one is possible, or while this page cannot
   * know (LS1).
   */
  proposeDelay(serverMs: number, present: number | null): number | null;
}

/** A span of the film, s. */
export interface TimeSpan {
  start: number;
  end: number;
}

/** What a kind of player can do. */
export interface PlayerAbilities {
  /** Step between its rates; null: any rate; 0: only 1. */
  quantum: number | null;
  /** Errors below this get no correction larger than a nudge, ms. */
  deadBandMs: number;
  /** Time lost when the rate leaves 1 with the pitch kept, ms. */
  engageLossMs: number;
  /** Whether the position is reported in late steps (a staircase), which needs another estimate. */
  staircase: boolean;
  /** How long readings are unreliable after the position starts to move, ms. */
  settleMs: number;
  /** Minimum time between corrective seeks, ms. */
  seekGapMs: number;
  /** How far before its goal a seek may end, ms. */
  seekSlackMs: number;
  /** Whether the volume can be ducked without moving the position. */
  canDuck: boolean;
  /** Whether another rate can keep the pitch. */
  keepsPitch: boolean;
  /** Costs before anything is learned, ms: a start after a seek, a start of a paused player, a seek. */
  startGuessMs: number;
  resumeGuessMs: number;
  seekGuessMs: number;
}

export type PlayerAction =
  | { kind: 'play' }
  | { kind: 'pause' }
  | { kind: 'seek'; to: number }
  | { kind: 'rate'; rate: number; keepPitch: boolean }
  | { kind: 'duck'; on: boolean };

/** The actions to take now, in order, and when to decide again at the latest. */
export interface Decision {
  actions: PlayerAction[];
  wakeInMs: number | null;
}

export const ELEMENT_DEFAULTS: PlayerAbilities = {
  quantum: null,
  deadBandMs: 8,
  engageLossMs: 22,
  staircase: false,
  settleMs: 80,
  seekGapMs: 1500,
  seekSlackMs: 0,
  canDuck: true,
  keepsPitch: true,
  startGuessMs: 70,
  resumeGuessMs: 10,
  seekGuessMs: 150,
};
