/** The button and the layer of subtitles, whose code loads with the first film. */
import { lazyComponent } from './lazy';

export const SubtitlesButton = lazyComponent(
  async () => (await import('./subtitles-button')).SubtitlesButton,
  // Keeps the place, so that the other buttons do not move.
  () => <span class="icon-button" />,
);
export const SubtitleLayer = lazyComponent(async () => (await import('./subtitle-layer')).SubtitleLayer);
