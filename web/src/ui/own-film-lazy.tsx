/** The parts of films from viewers' own files, whose code loads when they are shown. */
import { lazyComponent } from './lazy';
import type { OwnFilmButtonProps } from './own-film-button';

export const OwnFilmButton = lazyComponent<OwnFilmButtonProps>(
  async () => (await import('./own-film-button')).OwnFilmButton,
  // Keeps the place, so that the other buttons do not move.
  () => <span class="button button-outline">A film from this device</span>,
);
export const OwnCopy = lazyComponent<{ onChangeFilm: () => void }>(async () => (await import('./own-copy')).OwnCopy);
export const FilmDrop = lazyComponent(async () => (await import('./film-drop')).FilmDrop);
