/**
 * The interface of all kinds of players. A player reports its state from its own properties and events, never from the
 * commands it was given.
 */
import type { PlayerAbilities, PlayerReading } from '../playback/controller-types';
import type { MissingPart } from './missing-part';
import type { MediaTracks } from './tracks';

export interface MediaProblem {
  title: string;
  /** Suggestion for the viewer. */
  hint: string;
}

export const LIBRARY_MISSING: MediaProblem = {
  title: 'The player for this link could not be loaded.',
  hint: 'Check the connection and reload the page. A blocker may stand in its way.',
};

/** A player cannot be opened, for a reason that the viewer is to read. */
export class PlayerUnavailable extends Error {
  constructor(readonly problem: MediaProblem) {
    super(problem.title);
  }
}

export interface PlayerEvents {
  /** The player changed: metadata, buffering, tracks or volume. */
  onChange(): void;
  /** The player was started, paused or sought by something other than this client. */
  onExternalAction(what: 'play' | 'pause' | 'seek'): void;
  /** The position jumped or stood still; earlier readings are void. */
  onDiscontinuity(): void;
  onBlocked(): void;
  onProblem(problem: MediaProblem): void;
}

export interface Player {
  readonly view: HTMLElement;
  abilities(): PlayerAbilities;
  measure(): PlayerReading;
  play(): void;
  pause(): void;
  seek(to: number): void;
  setRate(rate: number, keepPitch: boolean): void;
  setVolume(volume: number, muted: boolean): void;
  /** Lowers the volume to a hundredth, or restores it; the set volume stays. */
  duck(on: boolean): void;
  /** Returns the end of the buffered range around the position. */
  bufferedTo(): number;
  /** The element that shows the frames of the film; absent when the player is in a frame. */
  readonly video?: HTMLVideoElement | null;
  /** Returns the text and audio tracks of the film; absent when the player has none to choose from. */
  openTracks?(): Promise<MediaTracks>;
  /** Returns what of the film the browser does not decode, null for nothing; absent when the player cannot know. */
  missing?(): MissingPart | null;
  /** Null when the player has no picture in picture. */
  readonly pictureInPicture: (() => Promise<void>) | null;
  /** The kind of player whose learned costs it has, when that is not the film's. */
  readonly kind?: string;
  /** Length of the room's film, when the player's own file may have another, s. */
  readonly filmLength?: number;
  destroy(): void;
}

/**
 * Tells the client's own calls from external actions: each call is expected, and its event consumes the expectation. An
 * event that was not expected is external.
 */
export class OwnActions {
  private expected = { play: 0, pause: 0, seek: 0 };

  expect(what: 'play' | 'pause' | 'seek'): void {
    this.expected[what]++;
  }

  consume(what: 'play' | 'pause' | 'seek'): boolean {
    if (this.expected[what] === 0) return false;
    this.expected[what]--;
    return true;
  }

  clear(what?: 'play' | 'pause' | 'seek'): void {
    if (what === undefined) this.expected = { play: 0, pause: 0, seek: 0 };
    else this.expected[what] = 0;
  }
}
