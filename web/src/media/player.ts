/** One face for every kind of player. What a player says of itself comes from its own state and events, never from a wish. */
import type { Abilities, Measured } from '../playback/orders';

export interface MediaProblem {
  title: string;
  /** What to try. */
  hint: string;
}

export interface PlayerEvents {
  /** Something about the player changed: metadata, buffering, tracks, volume. */
  onChange(): void;
  /** The player was started, stopped or moved by somebody other than us. */
  onForeign(what: 'play' | 'pause' | 'seek'): void;
  /** It jumped or stood still; readings before this say nothing. */
  onDiscontinuity(): void;
  onBlocked(): void;
  onProblem(problem: MediaProblem): void;
}

export interface Player {
  readonly view: HTMLElement;
  abilities(): Abilities;
  measure(): Measured;
  play(): void;
  pause(): void;
  seek(to: number): void;
  setRate(rate: number, keepPitch: boolean): void;
  setVolume(volume: number, muted: boolean): void;
  /** Turns the sound down to a hundredth for a moment, or back; the volume that is set stays what it is. */
  duck(on: boolean): void;
  /** The end of the buffered stretch around the position. */
  bufferedTo(): number;
  readonly captions: { available: boolean; on: boolean };
  showCaptions(on: boolean): void;
  /** Keeps captions out of the lowest share of the picture, where something lies over it; 0 ends that. */
  liftCaptions(share: number): void;
  /** Null when this player cannot leave the page. */
  readonly pictureInPicture: (() => Promise<void>) | null;
  destroy(): void;
}

/**
 * Tells our own calls from the acts of others: a token is laid down before each call and taken up by the event it causes.
 * What finds no token was not ours.
 */
export class OwnActs {
  private expected = { play: 0, pause: 0, seek: 0 };

  lay(what: 'play' | 'pause' | 'seek'): void {
    this.expected[what]++;
  }

  take(what: 'play' | 'pause' | 'seek'): boolean {
    if (this.expected[what] === 0) return false;
    this.expected[what]--;
    return true;
  }

  clear(what?: 'play' | 'pause' | 'seek'): void {
    if (what === undefined) this.expected = { play: 0, pause: 0, seek: 0 };
    else this.expected[what] = 0;
  }
}
