/** Connects the viewer's own copies to the page. */
import { basePath, siteStorage } from '../net/base-path';
import { createCopyStore } from './copy-store';
import { examineFilm } from './examine-film';
import { hashFile, startHashWorker } from './hash-file';
import { createOffsets } from './offsets';
import { type OwnCopiesPorts, createOwnCopies } from './own-copies';

export interface OwnCopiesApp extends Pick<OwnCopiesPorts, 'room' | 'playerHost' | 'toasts'> {
  after(ms: number, run: () => void): () => void;
}

export function startOwnCopies({ after, ...app }: OwnCopiesApp) {
  return createOwnCopies({
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
  });
}
