/** Loads the code of the server's media library when something of it is shown, so that the first load stays small. */
import { signal } from '@preact/signals';
import type { Library, LibraryPorts } from '../library/library';

export function createLibraryLink(ports: () => LibraryPorts) {
  /** Null until its code has loaded. */
  const loaded = signal<Library | null>(null);
  /** Whether the list of its films is open, and what is to be done when one of them is shown. */
  const shown = signal<{ onDone: (() => void) | undefined } | null>(null);
  let loading: Promise<Library> | null = null;

  async function load(): Promise<Library> {
    const { createLibrary } = await import('../library/library');
    return (loaded.value = createLibrary(ports()));
  }

  return {
    loaded,
    shown,
    /** Returns the library; a failure to load it is tried again with the next call. */
    load(): Promise<Library> {
      loading ??= load().catch((problem: unknown) => {
        loading = null;
        throw problem;
      });
      return loading;
    },
  };
}

export type LibraryLink = ReturnType<typeof createLibraryLink>;
