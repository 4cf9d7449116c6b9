/** Loads the code of subtitles and audio tracks with the first film, so that the first load stays small. */
import { effect, signal } from '@preact/signals';
import type { SubtitlesApp } from './start-subtitles';
import type { Subtitles } from './subtitles';

/** Returns the subtitles, which are null until their code has loaded. */
export function loadSubtitles(app: SubtitlesApp) {
  const subtitles = signal<Subtitles | null>(null);
  let loading = false;
  effect(() => {
    if (app.room.film.value === null || loading) return;
    loading = true;
    import('./start-subtitles').then(
      ({ startSubtitles }) => (subtitles.value = startSubtitles(app)),
      // The next film tries again.
      () => (loading = false),
    );
  });
  return subtitles;
}
