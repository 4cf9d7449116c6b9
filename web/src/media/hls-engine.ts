/** The engine below the HLS element, as far as we talk to it, and its captions on text tracks of our own. */

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
  /** Where a broadcast is best played, s. */
  readonly liveSyncPosition: number | null;
  on(name: 'hlsError', run: (event: string, data: HlsErrorData) => void): void;
  on(name: 'hlsNonNativeTextTracksFound', run: (event: string, data: FoundTracks) => void): void;
  on(name: 'hlsCuesParsed', run: (event: string, data: ParsedCues) => void): void;
  startLoad(): void;
  recoverMediaError(): void;
}

export function carryCaptions(engine: HlsEngine, media: HTMLMediaElement): void {
  const carried = new Map<number, TextTrack>();

  engine.on('hlsNonNativeTextTracksFound', (_, { tracks }) => {
    for (const { label, subtitleTrack } of tracks) {
      if (subtitleTrack === undefined || carried.has(subtitleTrack.id)) continue;
      const track = media.addTextTrack('subtitles', label, subtitleTrack.lang);
      track.mode = 'disabled';
      carried.set(subtitleTrack.id, track);
    }
  });

  engine.on('hlsCuesParsed', (_, { cues, subtitleTrack }) => {
    const track = subtitleTrack && carried.get(subtitleTrack.id);
    if (track === undefined) return;
    // Cues of a disabled track are out of reach.
    const mode = track.mode;
    if (mode === 'disabled') track.mode = 'hidden';
    const known = new Set(Array.from(track.cues ?? []).map(markOf));
    for (const cue of cues) if (!known.has(markOf(cue))) track.addCue(cue);
    track.mode = mode;
  });

  media.textTracks.addEventListener('change', () => {
    const [shown] = [...carried].find(([, track]) => track.mode === 'showing') ?? [-1];
    if (engine.subtitleTrack !== shown) engine.subtitleTrack = shown;
  });
}

function markOf(cue: TextTrackCue): string {
  return `${cue.startTime} ${cue.endTime} ${(cue as VTTCue).text}`;
}
