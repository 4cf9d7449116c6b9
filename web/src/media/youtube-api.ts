/** Loads YouTube's IFrame API, before the player's library would do it without reporting a failure. */
import { scriptLoader } from './provider-script';

interface YoutubeWindow {
  YT?: { Player?: unknown };
  onYouTubeIframeAPIReady?: () => void;
}

const page = window as unknown as YoutubeWindow;

export const loadYoutubeApi = scriptLoader({
  name: 'The IFrame API of YouTube',
  address: 'https://www.youtube.com/iframe_api',
  isLoaded: () => page.YT?.Player !== undefined,
  onLoaded: (run) => {
    page.onYouTubeIframeAPIReady = run;
  },
});
