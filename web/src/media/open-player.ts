/** Opens the player for a film. Libraries are loaded only when a film needs them. */
import { directLink } from '../protocol/direct-link';
import type { VideoKind } from '../protocol/video-kind';
import { ElementPlayer } from './element-player';
import { type HlsEngine, attachHlsCaptions } from './hls-engine';
import type { Player, PlayerEvents } from './player';
import { resolveKind } from './link-probe';
import { STREAM_FORMAT, streamProblem } from './media-problems';
import { HLS_SETTINGS, dashEdge, onDashEngine } from './stream-settings';
import { type WarmFilm, takeWarm } from './warm-film';

interface WrappingElement extends HTMLElement {
  nativeEl: HTMLVideoElement;
  api?: HlsEngine | null;
  config?: Record<string, unknown>;
}

export async function openPlayer(kind: VideoKind, link: string, mount: HTMLElement, events: PlayerEvents): Promise<Player> {
  const url = directLink(link);
  const warm = takeWarm(url);
  switch (warm?.kind ?? (await resolveKind(kind, url))) {
    case 'youtube':
      return (await import('./open-youtube')).openYoutube(url, mount, events);
    case 'hls':
      await import('hls-video-element');
      return openHls(url, mount, events);
    case 'dash':
      await import('dash-video-element');
      return openDash(url, mount, events);
    case 'video':
    case 'audio':
      return openFile(kind === 'audio' ? kind : 'video', url, mount, events, warm);
    case 'vimeo':
    case 'twitch':
    case 'dailymotion':
    case 'peertube':
      throw new Error(`There is no player for ${kind}`);
  }
}

/**
 * Returns the link without its fragment. Browsers would start and stop at "#t=10,20", which is the room's decision
 * (MD3).
 */
function withoutFragment(url: string): string {
  return url.replace(/#.*$/s, '');
}

function openFile(kind: 'video' | 'audio', url: string, mount: HTMLElement, events: PlayerEvents, warm: WarmFilm | null): Player {
  // One that has failed is loaded anew, so that its player says why.
  const loading = warm?.media?.error === null ? warm.media : null;
  const media = loading ?? document.createElement(kind);
  if (media instanceof HTMLVideoElement) media.playsInline = true;
  media.preload = 'auto';
  const player = new ElementPlayer(media, media, events, url, kind === 'audio');
  if (loading === null) media.src = withoutFragment(url);
  mount.append(media);
  return player;
}

function streamElement(tag: string, mount: HTMLElement): WrappingElement {
  const element = document.createElement(tag) as WrappingElement;
  element.setAttribute('preload', 'auto');
  element.setAttribute('playsinline', '');
  mount.append(element);
  return element;
}

function openDash(url: string, mount: HTMLElement, events: PlayerEvents): Player {
  const element = streamElement('dash-video', mount);
  const player = new ElementPlayer(element, element.nativeEl, events, url, true);
  onDashEngine(element, (engine) => {
    player.liveEdge = () => dashEdge(engine);
    // Codes of dash.js for a manifest that cannot be fetched.
    engine.on('error', ({ error }) => {
      if (error?.code === 11 || error?.code === 25) events.onProblem(streamProblem(error.data?.response?.status));
    });
  });
  element.setAttribute('src', url);
  return player;
}

async function openHls(url: string, mount: HTMLElement, events: PlayerEvents): Promise<Player> {
  const element = streamElement('hls-video', mount);
  element.config = HLS_SETTINGS;
  const player = new ElementPlayer(element, element.nativeEl, events, url, true);
  element.setAttribute('src', url);
  // The library creates its engine a few microtasks later.
  for (let i = 0; i < 5 && !element.api; i++) await Promise.resolve();
  const engine = element.api;
  let repaired = false;
  if (engine) {
    attachHlsCaptions(engine, element.nativeEl);
    player.liveEdge = () => engine.liveSyncPosition;
  }
  engine?.on('hlsError', (_, data) => {
    if (!data.fatal) return;
    if (data.type === 'mediaError' && !repaired) {
      repaired = true;
      engine.recoverMediaError();
    } else if (data.type === 'networkError' && player.measure().ready) {
      window.setTimeout(() => engine.startLoad(), 2000);
    } else {
      events.onProblem(data.type === 'networkError' ? streamProblem(data.response?.code) : STREAM_FORMAT);
    }
  });
  return player;
}
