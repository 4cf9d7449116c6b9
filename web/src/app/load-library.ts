/** Loads the code of the server's media library when something of it is shown, so that the first load stays small. */
import { signal } from '@preact/signals';
import type { LibraryPorts } from '../library/library';
import { loadOnDemand } from './load-once';

export function createLibraryLink(ports: () => LibraryPorts) {
  /** Whether the list of its films is open, and what is to be done when one of them is shown. */
  const shown = signal<{ onDone: (() => void) | undefined } | null>(null);
  return { ...loadOnDemand(async () => (await import('../library/library')).createLibrary(ports())), shown };
}

export type LibraryLink = ReturnType<typeof createLibraryLink>;
