/** Loads the code of films from viewers' own files with the first such film, so that the first load stays small. */
import { signal } from '@preact/signals';
import type { OwnCopies } from '../own-copy/own-copies';
import type { OwnCopiesApp } from '../own-copy/start-own-copies';

export function createOwnCopiesLink(app: () => OwnCopiesApp) {
  /** Null until their code has loaded. */
  const loaded = signal<OwnCopies | null>(null);
  let loading: Promise<OwnCopies> | null = null;

  async function load(): Promise<OwnCopies> {
    const { startOwnCopies } = await import('../own-copy/start-own-copies');
    return (loaded.value = startOwnCopies(app()));
  }

  return {
    loaded,
    /** Returns the copies; a failure to load them is tried again with the next call. */
    load(): Promise<OwnCopies> {
      loading ??= load().catch((problem: unknown) => {
        loading = null;
        throw problem;
      });
      return loading;
    },
  };
}
