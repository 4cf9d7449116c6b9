/** Loads the code of films from viewers' own files with the first such film, so that the first load stays small. */
import type { OwnCopiesApp } from '../own-copy/start-own-copies';
import { loadOnDemand } from './load-once';

export function createOwnCopiesLink(app: () => OwnCopiesApp) {
  return loadOnDemand(async () => (await import('../own-copy/start-own-copies')).startOwnCopies(app()));
}
