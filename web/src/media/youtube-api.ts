/**
 * Loads YouTube's IFrame API. The player's library would do so itself, but it never says when the script is refused, as blockers do,
 * and it does not try a second time.
 */
const ADDRESS = 'https://www.youtube.com/iframe_api';
const PATIENCE_MS = 15_000;

interface YoutubeWindow {
  YT?: { Player?: unknown };
  onYouTubeIframeAPIReady?: () => void;
}

let loading: Promise<void> | null = null;

/** Fulfilled when players can be made; rejected when not, and the next call tries anew. */
export function loadYoutubeApi(): Promise<void> {
  const page = window as unknown as YoutubeWindow;
  if (page.YT?.Player !== undefined) return Promise.resolve();
  loading ??= new Promise<void>((resolve, reject) => {
    const script = document.createElement('script');
    const timer = window.setTimeout(() => failed(), PATIENCE_MS);
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
