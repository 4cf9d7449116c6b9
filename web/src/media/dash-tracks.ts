/** The tracks of a DASH film. The library fills text tracks of the media element, which stay hidden. */
import type { EmbeddedCue } from '../subtitles/embedded-cues';
import type { DashEngine, DashTrack } from './stream-settings';
import type { MediaTrack, MediaTracks } from './tracks';

export class DashTracks implements MediaTracks {
  readonly drawsText = false;
  private selected: string | null = null;
  private readonly listeners: (() => void)[] = [];

  constructor(
    private readonly engine: DashEngine,
    private readonly media: HTMLMediaElement,
  ) {
    for (const name of ['streamInitialized', 'allTextTracksAdded', 'trackChangeRendered'] as const) {
      engine.on(name, () => this.changed());
    }
  }

  get text(): MediaTrack[] {
    return this.tracks('text').map(named);
  }

  get audio(): MediaTrack[] {
    return this.tracks('audio').map(named);
  }

  get audioId(): string | null {
    const tracks = this.tracks('audio');
    const current = tracks.length === 0 ? null : this.engine.getCurrentTrackFor('audio');
    const at = tracks.findIndex((track) => track.index === current?.index);
    return at === -1 ? null : String(at);
  }

  selectText(id: string | null): void {
    this.selected = id;
    if (this.tracks('text').length > 0) this.engine.setTextTrack(id === null ? -1 : Number(id));
    this.hideAll();
  }

  selectAudio(id: string): void {
    const track = this.tracks('audio')[Number(id)];
    if (track !== undefined) this.engine.setCurrentTrack(track);
  }

  cues(): Iterable<EmbeddedCue> {
    const track = this.selected === null ? undefined : this.textTracks()[Number(this.selected)];
    return Array.from((track?.cues ?? []) as ArrayLike<VTTCue>);
  }

  listen(run: () => void): void {
    this.listeners.push(run);
  }

  close(): void {
    this.listeners.length = 0;
  }

  private changed(): void {
    this.selectText(this.selected);
    for (const run of this.listeners) run();
  }

  /** The page draws the cues. A hidden track has them, and a disabled one has not. */
  private hideAll(): void {
    for (const track of this.textTracks()) if (track.mode !== 'hidden') track.mode = 'hidden';
  }

  private textTracks(): TextTrack[] {
    return Array.from(this.media.textTracks).filter((track) => track.kind !== 'metadata');
  }

  private tracks(type: 'text' | 'audio'): DashTrack[] {
    try {
      return this.engine.getTracksFor(type);
    } catch {
      // The manifest has not been read yet.
      return [];
    }
  }
}

function named({ labels, lang }: DashTrack, at: number): MediaTrack {
  return { id: String(at), label: labels?.[0]?.text ?? '', language: lang ?? '' };
}
