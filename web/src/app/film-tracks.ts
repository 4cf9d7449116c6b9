/** The text and audio tracks of the film that is open, as signals. */
import { type ReadonlySignal, effect, signal, untracked } from '@preact/signals';
import type { Player } from '../media/player';
import type { MediaTrack, MediaTracks } from '../media/tracks';

export interface FilmTracks {
  text: readonly MediaTrack[];
  audio: readonly MediaTrack[];
  audioId: string | null;
}

const NONE: FilmTracks = { text: [], audio: [], audioId: null };

/** @param onOpen called with the tracks of each new player, before their first list is read */
export function createFilmTracks(player: ReadonlySignal<Player | null>, onOpen: (tracks: MediaTracks) => void) {
  const list = signal<FilmTracks>(NONE);
  let opened: MediaTracks | null = null;

  function refresh(tracks: MediaTracks): void {
    if (tracks !== opened) return;
    const { text, audio, audioId } = tracks;
    const next = { text, audio, audioId };
    if (JSON.stringify(next) !== JSON.stringify(list.peek())) list.value = next;
  }

  async function open(from: Player | null): Promise<void> {
    opened?.close();
    opened = null;
    list.value = NONE;
    const tracks = (await from?.openTracks?.().catch(() => null)) ?? null;
    if (tracks === null) return;
    if (from !== player.peek()) {
      tracks.close();
      return;
    }
    opened = tracks;
    onOpen(tracks);
    tracks.listen(() => refresh(tracks));
    refresh(tracks);
  }

  const stop = effect(() => {
    const now = player.value;
    untracked(() => void open(now));
  });

  return {
    list: list as ReadonlySignal<FilmTracks>,
    /** The tracks of the open player; null while there are none. */
    get opened(): MediaTracks | null {
      return opened;
    },
    /** Selects an audio track, and reads which one plays. */
    selectAudio(id: string): void {
      opened?.selectAudio(id);
      if (opened !== null) refresh(opened);
    },
    end(): void {
      stop();
      opened?.close();
      opened = null;
    },
  };
}
