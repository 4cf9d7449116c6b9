/** The used part of hls.js, and its captions as text tracks of the media element. */

export interface HlsErrorData {
  fatal: boolean;
  type: string;
  response?: { code?: number };
}
interface FoundTracks {
  tracks: { label: string; subtitleTrack?: { id: number; lang?: string } }[];
}
interface ParsedCues {
  cues: VTTCue[];
  subtitleTrack?: { id: number };
}

export interface HlsEngine {
  subtitleTrack: number;
  /** Best position of a broadcast, s. */
  readonly liveSyncPosition: number | null;
  on(name: 'hlsError', run: (event: string, data: HlsErrorData) => void): void;
  on(name: 'hlsNonNativeTextTracksFound', run: (event: string, data: FoundTracks) => void): void;
  on(name: 'hlsCuesParsed', run: (event: string, data: ParsedCues) => void): void;
  startLoad(): void;
  recoverMediaError(): void;
}

export function attachHlsCaptions(engine: HlsEngine, media: HTMLMediaElement): void {
  const tracksById = new Map<number, TextTrack>();

  engine.on('hlsNonNativeTextTracksFound', (_, { tracks }) => {
    for (const { label, subtitleTrack } of tracks) {
      if (subtitleTrack === undefined || tracksById.has(subtitleTrack.id)) continue;
      const track = media.addTextTrack('subtitles', label, subtitleTrack.lang);
      track.mode = 'disabled';
      tracksById.set(subtitleTrack.id, track);
    }
  });

  engine.on('hlsCuesParsed', (_, { cues, subtitleTrack }) => {
    const track = subtitleTrack && tracksById.get(subtitleTrack.id);
    if (track === undefined) return;
    // The cues of a disabled track cannot be read.
    const mode = track.mode;
    if (mode === 'disabled') track.mode = 'hidden';
    const known = new Set(Array.from(track.cues ?? []).map(cueKey));
    for (const cue of cues) if (!known.has(cueKey(cue))) track.addCue(cue);
    track.mode = mode;
  });

  media.textTracks.addEventListener('change', () => {
    const [shown] = [...tracksById].find(([, track]) => track.mode === 'showing') ?? [-1];
    if (engine.subtitleTrack !== shown) engine.subtitleTrack = shown;
  });
}

function cueKey(cue: TextTrackCue): string {
  return `${cue.startTime} ${cue.endTime} ${(cue as VTTCue).text}`;
}
