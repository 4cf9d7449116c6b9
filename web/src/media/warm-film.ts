/** The next film, which begins to load before it is shown. */
import type { LinkKind } from '../protocol/video-kind';

export interface WarmFilm {
  url: string;
  /** The kind of player, as the site says where the link does not. */
  kind: LinkKind;
  /** The element that has begun to load a file; null for other kinds. */
  media: HTMLMediaElement | null;
}

let warm: WarmFilm | null = null;

/** Keeps a film until it is taken, and lets go of the one before. */
export function keepWarm(film: WarmFilm | null): void {
  if (warm?.media) {
    warm.media.removeAttribute('src');
    warm.media.load();
  }
  warm = film;
}

/** Returns the film when it is the one that is shown next, and lets go of it. */
export function takeWarm(url: string): WarmFilm | null {
  const taken = warm?.url === url ? warm : null;
  if (taken !== null) warm = null;
  return taken;
}
