/** The used part of hls.js. */
import type { DatedSegment } from './programme-time';

export interface HlsErrorData {
  fatal: boolean;
  type: string;
  response?: { code?: number };
}
export interface HlsSubtitleTrack {
  name: string;
  lang?: string;
}
interface FoundTracks {
  tracks: { _id?: string; label: string; subtitleTrack?: HlsSubtitleTrack; closedCaptions?: { lang?: string } }[];
}
interface ParsedCues {
  cues: VTTCue[];
  track: string;
  subtitleTrack?: HlsSubtitleTrack;
}

/** The last playlist. */
export interface HlsDetails {
  readonly fragments: DatedSegment[];
  readonly live: boolean;
  /** Number of its first segment, counted from the beginning of the stream. */
  readonly startSN: number;
  /** End of its last segment, s. */
  readonly edge: number;
  /** Seconds since it has grown. */
  readonly age: number;
  readonly targetduration: number;
}

export interface HlsEngine {
  readonly latestLevelDetails: HlsDetails | null;
  readonly subtitleTracks: HlsSubtitleTrack[];
  /** Index of the track that is loaded; -1 for none. */
  subtitleTrack: number;
  readonly audioTracks: { name: string; lang?: string }[];
  audioTrack: number;
  /** Best position of a broadcast, s. */
  readonly liveSyncPosition: number | null;
  /** Distance from the live edge that it tries to keep, s. */
  readonly targetLatency: number | null;
  on(name: 'hlsError', run: (event: string, data: HlsErrorData) => void): void;
  on(name: 'hlsNonNativeTextTracksFound', run: (event: string, data: FoundTracks) => void): void;
  on(name: 'hlsCuesParsed', run: (event: string, data: ParsedCues) => void): void;
  on(
    name:
      'hlsLevelUpdated' | 'hlsLevelPtsUpdated' | 'hlsSubtitleTracksUpdated' | 'hlsAudioTracksUpdated' | 'hlsAudioTrackSwitched',
    run: () => void,
  ): void;
  startLoad(): void;
  /** Loads the playlists anew. */
  loadSource(url: string): void;
  recoverMediaError(): void;
}
