/**
 * Loads YouTube's IFrame API. The player's library would load it too, but reports no failure when a blocker refuses the
 * script, and does not retry.
 */
const ADDRESS = 'https://www.youtube.com/iframe_api';
const LOAD_TIMEOUT_MS = 15_000;

interface YoutubeWindow {
  YT?: { Player?: unknown };
  onYouTubeIframeAPIReady?: () => void;
}

let loading: Promise<void> | null = null;

/** Resolves when players can be created; rejects on failure, and the next call tries again. */
export function loadYoutubeApi(): Promise<void> {
  const page = window as unknown as YoutubeWindow;
  if (page.YT?.Player !== undefined) return Promise.resolve();
  loading ??= new Promise<void>((resolve, reject) => {
    const script = document.createElement('script');
    const timer = window.setTimeout(() => failed(), LOAD_TIMEOUT_MS);
    const failed = () => {
      window.clearTimeout(timer);
      script.remove();
      loading = null;
      reject(new Error('The IFrame API of YouTube did not load'));
    };
    page.onYouTubeIframeAPIReady = () => {
      window.clearTimeout(timer);
      resolve();
    };
    script.onerror = failed;
    script.src = ADDRESS;
    document.head.append(script);
  });
  return loading;
}
