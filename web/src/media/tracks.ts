/** The text and audio tracks that a film brings along. */
import type { EmbeddedCue } from '../subtitles/embedded-cues';

export interface MediaTrack {
  readonly id: string;
  readonly label: string;
  /** Language tag; empty when unknown. */
  readonly language: string;
}

/** The tracks of one open player. */
export interface MediaTracks {
  readonly text: readonly MediaTrack[];
  readonly audio: readonly MediaTrack[];
  /** The audio track that plays. */
  readonly audioId: string | null;
  /** Whether the player draws its text tracks itself, so that the page can only choose one. */
  readonly drawsText: boolean;
  /** Loads the cues of a text track; null ends it. */
  selectText(id: string | null): void;
  selectAudio(id: string): void;
  /** Returns the cues of the selected text track that are loaded so far. */
  cues(): Iterable<EmbeddedCue>;
  /** Calls the function when tracks have come, gone or changed. */
  listen(run: () => void): void;
  close(): void;
}
