/** Connects the subtitles to the page. */
import { computed } from '@preact/signals';
import { siteStorage } from '../net/base-path';
import { readInWorker, startReaderWorker } from '../subtitles/reader';
import type { RoomStore } from '../room/room-store';
import type { PlayerHost } from './player-host';
import { createSubtitles } from './subtitles';
import type { Toasts } from './toasts';

export interface SubtitlesApp {
  room: RoomStore;
  playerHost: PlayerHost;
  toasts: Toasts;
  after(ms: number, run: () => void): () => void;
}

export function startSubtitles({ room, playerHost, toasts, after }: SubtitlesApp) {
  return createSubtitles({
    player: playerHost.player,
    film: computed(() => room.film.value?.url ?? null),
    local: siteStorage(localStorage),
    session: siteStorage(sessionStorage),
    languages: navigator.languages,
    read: (request) => readInWorker(request, { startWorker: startReaderWorker, after }),
    notify: (text) => toasts.show(text),
    now: () => performance.now(),
  });
}
