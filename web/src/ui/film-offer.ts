/** Reads a chosen file, and shares it with the room: the state of one form or dialog. */
import { type Signal, useSignal } from '@preact/signals';
import type { PickedFile } from '../own-copy/file-handle';
import type { OwnCopies, ReadFilm } from '../own-copy/own-copies';
import { type SharePlace, shareFilm } from '../own-copy/share-film';
import { useApp } from './context';

export interface FilmOffer {
  /** Name of the file that is read now. */
  reading: Signal<string | null>;
  problem: Signal<{ title: string; hint: string } | null>;
  /** Reads a file; null when it cannot be a film, and the problem says why. */
  read(picked: PickedFile): Promise<ReadFilm | null>;
  /** Returns whether the room took the film; the problem says why not. */
  share(own: ReadFilm, place: SharePlace): Promise<boolean>;
}

const NOT_LOADED = { title: 'This page could not be loaded completely.', hint: 'Check the connection, and reload it.' };

export function useFilmOffer(): FilmOffer {
  const { ownCopies, controls, queue, request } = useApp();
  const reading = useSignal<string | null>(null);
  const problem = useSignal<{ title: string; hint: string } | null>(null);

  async function copies(): Promise<OwnCopies | null> {
    const loaded = await ownCopies.load().catch(() => null);
    if (loaded === null) problem.value = NOT_LOADED;
    return loaded;
  }

  return {
    reading,
    problem,
    async read(picked) {
      problem.value = null;
      reading.value = picked.file.name;
      const found = (await (await copies())?.read(picked)) ?? null;
      reading.value = null;
      if (found === null) return null;
      if (!('problem' in found)) return found;
      problem.value = found.problem;
      return null;
    },
    async share(own, place) {
      const loaded = await copies();
      if (loaded === null) return false;
      const why = await shareFilm(own, place, { copies: loaded, controls, queue: queue.loaded.peek(), request });
      problem.value = why === null ? null : { title: why, hint: '' };
      return why === null;
    },
  };
}
