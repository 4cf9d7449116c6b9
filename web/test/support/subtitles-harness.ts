/** The subtitles of a viewer over a player and files that a test controls. */
import { signal } from '@preact/signals';
import { vi } from 'vitest';
import { createSharedSubtitles } from '../../src/app/shared-subtitles';
import type { TextSource } from '../../src/app/subtitle-text';
import { createSubtitles } from '../../src/app/subtitles';
import { createChatStore } from '../../src/chat/chat-store';
import type { Player } from '../../src/media/player';
import type { MediaTrack, MediaTracks } from '../../src/media/tracks';
import type { PlayerReading } from '../../src/playback/controller-types';
import type { EmbeddedCue } from '../../src/subtitles/embedded-cues';
import type { Ack } from '../../src/protocol/messages';
import { createRoomStore } from '../../src/room/room-store';
import { readFile } from '../../src/subtitles/read-file';
import type { ReaderRequest } from '../../src/subtitles/reader';
import { MemoryStorage } from './memory-storage';
import { textOf } from './subtitle-files';

export class FakeTracks implements MediaTracks {
  text: MediaTrack[] = [];
  audio: MediaTrack[] = [];
  audioId: string | null = null;
  drawsText = false;
  selected: string | null = null;
  closed = false;
  loaded: EmbeddedCue[] = [];
  private changed: () => void = () => undefined;
  selectText = (id: string | null) => void (this.selected = id);
  selectAudio = (id: string) => void (this.audioId = id);
  cues = () => (this.selected === null ? [] : this.loaded);
  listen = (run: () => void) => void (this.changed = run);
  close = () => void (this.closed = true);
  change(next: Partial<FakeTracks>): void {
    Object.assign(this, next);
    this.changed();
  }
}

export class FakePlayer {
  readonly video = null;
  readonly tracks = new FakeTracks();
  position = 0;
  paused = true;
  openTracks = () => Promise.resolve<MediaTracks>(this.tracks);
  measure = (): PlayerReading => ({
    ready: true,
    canPlay: true,
    position: this.position,
    readAt: performance.now(),
    paused: this.paused,
    seeking: false,
    stalled: false,
    ended: false,
    rate: 1,
    duration: 100,
    seekable: null,
    live: null,
  });
}

export async function read({ file, languages, encoding }: ReaderRequest) {
  return readFile(new Uint8Array(await file.arrayBuffer()), { languages, encoding, size: file.size }, () => 0);
}

export function createSubtitlesHarness() {
  const linked = signal<readonly TextSource[]>([]);
  const player = signal<Player | null>(null);
  const film = signal<string | null>('https://films.example/a.mp4');
  const local = new MemoryStorage();
  const session = new MemoryStorage();
  const notify = vi.fn();
  const room = createRoomStore();
  const chat = createChatStore();
  const request = vi.fn<(name: string, payload: Record<string, unknown>) => Promise<Ack>>();
  request.mockResolvedValue({ ok: true });
  const after = (ms: number, run: () => void) => {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  };
  const openShared = () =>
    createSharedSubtitles({
      room,
      chat,
      request,
      after,
      checkReachable: () => true,
      rejectionText: (ack) => ack.error,
    });
  const open = () =>
    createSubtitles({
      player,
      film,
      local,
      session,
      shared: openShared(),
      linked,
      notify,
      languages: ['en'],
      read,
      now: () => performance.now(),
    });
  return {
    player,
    film,
    linked,
    local,
    session,
    notify,
    room,
    chat,
    request,
    openShared,
    open,
    /** Shows a new player, and waits until its tracks are open. */
    async play(fake: FakePlayer): Promise<void> {
      player.value = fake as unknown as Player;
      await vi.advanceTimersByTimeAsync(1);
    },
    /** Sets the position, and returns the text that is shown soon after. */
    async textAt(subtitles: ReturnType<typeof createSubtitles>, fake: FakePlayer, position: number): Promise<string> {
      fake.position = position;
      await vi.advanceTimersByTimeAsync(60);
      return subtitles.shown.value.map(textOf).join(' | ');
    },
  };
}
