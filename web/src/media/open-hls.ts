/** Opens an HLS film: with hls.js, or with the browser's own player where that cannot run. */
import 'hls-video-element';
import { ElementPlayer } from './element-player';
import type { HlsEngine } from './hls-engine';
import { HlsTracks } from './hls-tracks';
import { STREAM_FORMAT, streamProblem } from './media-problems';
import type { MediaProblem, PlayerEvents } from './player';
import { type StreamElement, appendStreamElement } from './stream-element';
import { hlsProgramme, nativeProgramme } from './stream-programme';
import { HLS_SETTINGS } from './stream-settings';

interface HlsElement extends StreamElement {
  api?: HlsEngine | null;
  config?: Record<string, unknown>;
}

/** What is different about a film of this server, whose link may change while it plays. */
export interface OwnStream {
  /** More settings of hls.js. */
  settings: Record<string, unknown>;
  /** Called when requests fail; resolves to null when they are to be made again, else to the reason why not. */
  onNetworkError(status: number | undefined): Promise<MediaProblem | null>;
}

export async function openHls(
  url: string,
  mount: HTMLElement,
  events: PlayerEvents,
  own: OwnStream | null = null,
): Promise<ElementPlayer> {
  const element = appendStreamElement('hls-video', mount) as HlsElement;
  element.config = { ...HLS_SETTINGS, ...own?.settings };
  const player = new ElementPlayer(element, element.nativeEl, events, url, true);
  element.setAttribute('src', url);
  // The library creates its engine a few microtasks later.
  for (let i = 0; i < 5 && !element.api; i++) await Promise.resolve();
  const engine = element.api;
  let repaired = false;
  if (engine) {
    const tracks = new HlsTracks(engine);
    player.openTracks = () => Promise.resolve(tracks);
    player.liveEdge = () => engine.liveSyncPosition;
    player.programme = hlsProgramme(engine);
  } else {
    player.programme = nativeProgramme(element.nativeEl, () => performance.now());
  }
  engine?.on('hlsError', (_, data) => {
    if (!data.fatal) return;
    if (data.type === 'mediaError' && !repaired) {
      repaired = true;
      engine.recoverMediaError();
    } else if (data.type === 'networkError' && own !== null) {
      const status = data.response?.code;
      void own.onNetworkError(status).then((problem) => {
        if (player.destroyed.aborted) return;
        if (problem !== null) events.onProblem(problem);
        // What is gone has another address in a new playlist.
        else if (status === 404 || !player.measure().ready) engine.loadSource(url);
        else engine.startLoad();
      });
    } else if (data.type === 'networkError' && player.measure().ready) {
      window.setTimeout(() => engine.startLoad(), 2000);
    } else {
      events.onProblem(data.type === 'networkError' ? streamProblem(data.response?.code) : STREAM_FORMAT);
    }
  });
  return player;
}
