/** The tracks that a browser finds in a media element. Few browsers offer audio tracks. */
import type { EmbeddedCue } from '../subtitles/embedded-cues';
import type { MediaTrack, MediaTracks } from './tracks';

interface NativeAudioTrack {
  readonly label: string;
  readonly language: string;
  enabled: boolean;
}
type NativeAudioTracks = ArrayLike<NativeAudioTrack> & EventTarget;

const CHANGES = ['addtrack', 'removetrack', 'change'] as const;

export class NativeTracks implements MediaTracks {
  private readonly off = new AbortController();
  private selected: TextTrack | null = null;

  /** @param drawsText whether a shown track is drawn by the player, and not by the page */
  constructor(
    private readonly textTracks: TextTrackList,
    private readonly audioTracks: NativeAudioTracks | null,
    readonly drawsText = false,
  ) {}

  static of(media: HTMLMediaElement): NativeTracks {
    return new NativeTracks(media.textTracks, (media as { audioTracks?: NativeAudioTracks }).audioTracks ?? null);
  }

  get text(): MediaTrack[] {
    return this.captionTracks().map((track, i) => named(track, i));
  }

  get audio(): MediaTrack[] {
    return Array.from(this.audioTracks ?? [], named);
  }

  get audioId(): string | null {
    const at = Array.from(this.audioTracks ?? []).findIndex((track) => track.enabled);
    return at === -1 ? null : String(at);
  }

  selectText(id: string | null): void {
    const tracks = this.captionTracks();
    this.selected = id === null ? null : (tracks[Number(id)] ?? null);
    // A hidden track loads its cues, and the browser does not draw them.
    const on = this.drawsText ? 'showing' : 'hidden';
    for (const track of tracks) {
      const mode = track === this.selected ? on : 'disabled';
      if (track.mode !== mode) track.mode = mode;
    }
  }

  selectAudio(id: string): void {
    const track = this.audioTracks?.[Number(id)];
    for (const other of Array.from(this.audioTracks ?? [])) if (other !== track) other.enabled = false;
    if (track !== undefined) track.enabled = true;
  }

  cues(): Iterable<EmbeddedCue> {
    return Array.from((this.selected?.cues ?? []) as ArrayLike<VTTCue>);
  }

  listen(run: () => void): void {
    for (const list of [this.textTracks, this.audioTracks]) {
      for (const name of CHANGES) list?.addEventListener(name, run, { signal: this.off.signal });
    }
  }

  close(): void {
    this.off.abort();
  }

  private captionTracks(): TextTrack[] {
    return Array.from(this.textTracks).filter((track) => track.kind === 'subtitles' || track.kind === 'captions');
  }
}

function named({ label, language }: { label: string; language: string }, at: number): MediaTrack {
  return { id: String(at), label, language };
}
