/** Connects the subtitles to the page. */
import { computed } from '@preact/signals';
import type { ChatStore } from '../chat/chat-store';
import { siteStorage } from '../net/base-path';
import type { Ack } from '../protocol/messages';
import { readInWorker, startReaderWorker } from '../subtitles/reader';
import type { RoomStore } from '../room/room-store';
import type { LibraryLink } from './load-library';
import type { PlayerHost } from './player-host';
import type { RoomControls } from './room-controls';
import { createSharedSubtitles } from './shared-subtitles';
import { createSubtitles } from './subtitles';
import type { Toasts } from './toasts';

export interface SubtitlesApp {
  room: RoomStore;
  chat: ChatStore;
  playerHost: PlayerHost;
  toasts: Toasts;
  controls: RoomControls;
  library: LibraryLink;
  request(name: string, payload: Record<string, unknown>): Promise<Ack>;
  after(ms: number, run: () => void): () => void;
}

export function startSubtitles({ room, chat, playerHost, toasts, controls, library, request, after }: SubtitlesApp) {
  const shared = createSharedSubtitles({
    room,
    chat,
    request,
    after,
    checkReachable: controls.checkReachable,
    rejectionText: controls.rejectionText,
  });
  return createSubtitles({
    shared,
    linked: computed(() => library.loaded.value?.texts.value ?? []),
    player: playerHost.player,
    film: computed(() => room.film.value?.url ?? null),
    local: siteStorage(localStorage),
    session: siteStorage(sessionStorage),
    languages: navigator.languages,
    read: (request) => readInWorker(request, { startWorker: startReaderWorker, after }),
    notify: (text, action) => toasts.show(text, action),
    now: () => performance.now(),
  });
}
