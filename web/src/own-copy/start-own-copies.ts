/** Connects the viewer's own copies to the page. */
import { effect, untracked } from '@preact/signals';
import type { LibraryLink } from '../app/load-library';
import { basePath, siteStorage } from '../net/base-path';
import { libraryId } from '../protocol/video-kind';
import { createCopyStore } from './copy-store';
import { examineFilm } from './examine-film';
import { hashFile, startHashWorker } from './hash-file';
import { createOffsets } from './offsets';
import { type OwnCopiesPorts, createOwnCopies } from './own-copies';

export interface OwnCopiesApp extends Pick<OwnCopiesPorts, 'room' | 'playerHost' | 'toasts' | 'after'> {
  library: Pick<LibraryLink, 'loaded' | 'load'>;
}

export function startOwnCopies({ library, ...app }: OwnCopiesApp) {
  const { room, after } = app;
  const copies = createOwnCopies({
    ...app,
    store: createCopyStore(globalThis.indexedDB, `wnc.own-copies@${basePath}`),
    offsets: createOffsets(siteStorage(localStorage)),
    hash: (file) => hashFile(file, { startWorker: startHashWorker, after }),
    examine: (file) =>
      examineFilm(file, {
        createVideo: () => document.createElement('video'),
        objectUrl: (blob) => URL.createObjectURL(blob),
        revoke: (url) => URL.revokeObjectURL(url),
        after,
      }),
    lengthOf: (mediaId) =>
      room.timeline.value?.duration || library.loaded.value?.infos.known.value.get(mediaId)?.duration || null,
  });

  // The server may know how long a film is that no player has opened yet.
  effect(() => {
    const id = libraryId(room.film.value?.url ?? '');
    const wanted = copies.copy.value !== null || copies.reading.value !== null;
    if (id === null || !wanted || copies.film.value?.length() !== null) return;
    untracked(() => void library.load().then(({ infos }) => infos.want([id]), () => undefined)); // prettier-ignore
  });
  return copies;
}
