/** Loads what stands over the picture, so that the first load stays small. */
import { loadOnDemand } from './load-once';
import type { OverFilmPorts } from './over-film';

export function loadOverFilm(ports: OverFilmPorts) {
  return loadOnDemand(async () => (await import('./over-film')).createOverFilm(ports));
}
