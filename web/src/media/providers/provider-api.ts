/** The interface between a provider's player and the player of the page. */
import type { PlayerAbilities } from '../../playback/controller-types';
import type { MediaProblem } from '../player';

/** Commands to the player of a provider, which runs in a frame. Its state comes back as signals. */
export interface ProviderApi {
  readonly view: HTMLElement;
  readonly traits: ProviderTraits;
  play(): void;
  pause(): void;
  seek(to: number): void;
  setRate(rate: number): void;
  /** @param level from 0 to 1 */
  setVolume(level: number, muted: boolean): void;
  /** Requests a position; absent where the player reports it unasked. */
  askPosition?(): void;
  /** Finds out why the player has not become ready. */
  explainSilence(): Promise<MediaProblem>;
  destroy(): void;
}

/** How the players of a provider differ. */
export interface ProviderTraits {
  abilities: PlayerAbilities;
  /** What a seek before the first start does: it works, it starts the player, or nothing. */
  earlySeek: 'works' | 'starts' | 'ignored';
  /** Whether the end of a seek is an event; otherwise it shows in the positions. */
  reportsSeekEnd: boolean;
  /** How long the position of a playing player can stay the same between two reports, ms. */
  reportGapMs: number;
  /** Whether a playing film that does not move shows an advertisement, which this provider does not report. */
  presumesAdverts: boolean;
  /** Whether an unexpected start or pause comes from the viewer, and not from the player itself. */
  reportsViewerActions: boolean;
}

export type ProviderPhase = 'playing' | 'paused' | 'ended';

/** What a provider's player reports. */
export interface ProviderSignals {
  /**
   * The player takes commands.
   * @param quantum step between its rates, 0 when it has only one
   */
  ready(quantum: number): void;
  phase(phase: ProviderPhase): void;
  /** @param at local time of the reading, ms; by default now */
  position(seconds: number, at?: number): void;
  duration(seconds: number): void;
  /** The film is a broadcast without an end. */
  live(): void;
  buffering(on: boolean): void;
  seekEnded(position: number): void;
  rate(rate: number): void;
  advert(on: boolean): void;
  /** The browser did not allow the start. */
  blocked(): void;
  problem(problem: MediaProblem): void;
}

/** Creates the player below an element of the page. */
export type OpenProvider = (mount: HTMLElement, signals: ProviderSignals) => ProviderApi;

export function isSeconds(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}
