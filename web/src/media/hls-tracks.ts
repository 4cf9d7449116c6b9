/** The tracks of an HLS film. The library parses the cues, and this keeps them. */
import type { EmbeddedCue } from '../subtitles/embedded-cues';
import { CUES_MAX } from '../subtitles/cue';
import type { HlsEngine, HlsSubtitleTrack } from './hls-engine';
import type { MediaTrack, MediaTracks } from './tracks';

/** The cues of one track, without repetitions: segments that share a cue each bring it. */
class CueList {
  private readonly known = new Map<string, EmbeddedCue>();

  add(cues: readonly EmbeddedCue[]): void {
    for (const cue of cues) {
      const key = `${cue.startTime} ${cue.endTime} ${cue.text}`;
      if (this.known.has(key)) continue;
      this.known.set(key, cue);
      // A broadcast never ends; the oldest cues go.
      if (this.known.size > CUES_MAX) this.known.delete(this.known.keys().next().value!);
    }
  }

  all(): Iterable<EmbeddedCue> {
    return this.known.values();
  }
}

export class HlsTracks implements MediaTracks {
  readonly drawsText = false;
  private readonly lists = new Map<string, CueList>();
  /** Captions inside the picture's stream, which appear while it plays. */
  private readonly inStream = new Map<string, MediaTrack>();
  private selected: string | null = null;
  private readonly listeners: (() => void)[] = [];

  constructor(private readonly engine: HlsEngine) {
    engine.on('hlsCuesParsed', (_, { cues, track, subtitleTrack }) => {
      this.listOf(subtitleTrack === undefined ? `in ${track}` : idOf(subtitleTrack)).add(cues);
    });
    engine.on('hlsNonNativeTextTracksFound', (_, { tracks }) => {
      for (const { _id, label, subtitleTrack, closedCaptions } of tracks) {
        if (subtitleTrack !== undefined || _id === undefined) continue;
        const id = `in ${_id}`;
        this.inStream.set(id, { id, label, language: closedCaptions?.lang ?? '' });
      }
      this.changed();
    });
    for (const name of ['hlsSubtitleTracksUpdated', 'hlsAudioTracksUpdated', 'hlsAudioTrackSwitched'] as const) {
      engine.on(name, () => this.changed());
    }
  }

  get text(): MediaTrack[] {
    const tracks = this.engine.subtitleTracks.map((track) => ({
      id: idOf(track),
      label: track.name,
      language: track.lang ?? '',
    }));
    return [...tracks, ...this.inStream.values()];
  }

  get audio(): MediaTrack[] {
    return this.engine.audioTracks.map(({ name, lang }, at) => ({ id: String(at), label: name, language: lang ?? '' }));
  }

  get audioId(): string | null {
    const at = this.engine.audioTrack;
    return at < 0 ? null : String(at);
  }

  selectText(id: string | null): void {
    this.selected = id;
    this.select();
  }

  selectAudio(id: string): void {
    this.engine.audioTrack = Number(id);
  }

  cues(): Iterable<EmbeddedCue> {
    return this.selected === null ? [] : this.listOf(this.selected).all();
  }

  listen(run: () => void): void {
    this.listeners.push(run);
  }

  close(): void {
    this.listeners.length = 0;
  }

  private changed(): void {
    // Another quality may have its tracks in another order.
    this.select();
    for (const run of this.listeners) run();
  }

  /** Has the engine load the selected track, and no other. */
  private select(): void {
    const at = this.engine.subtitleTracks.findIndex((track) => idOf(track) === this.selected);
    if (this.engine.subtitleTrack !== at) this.engine.subtitleTrack = at;
  }

  private listOf(id: string): CueList {
    const list = this.lists.get(id) ?? new CueList();
    this.lists.set(id, list);
    return list;
  }
}

function idOf({ name, lang }: HlsSubtitleTrack): string {
  return `${lang ?? ''} ${name}`;
}
