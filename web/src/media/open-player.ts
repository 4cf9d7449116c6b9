/** Opens the player for a film. Libraries are loaded only when a film needs them. */
import { type VideoKind, youtubeId } from '../protocol/video-kind';
import { ElementPlayer } from './element-player';
import type { Player, PlayerEvents } from './player';
import { resolveKind } from './link-probe';
import { loadYoutubeApi } from './youtube-api';
import { type YoutubeElement, YoutubePlayer } from './youtube-player';

export async function openPlayer(kind: VideoKind, url: string, mount: HTMLElement, events: PlayerEvents): Promise<Player> {
  switch (await resolveKind(kind, url)) {
    case 'youtube':
      return openYoutube(url, mount, events);
    case 'hls':
      return (await import('./open-hls')).openHls(url, mount, events);
    case 'dash':
      return (await import('./open-dash')).openDash(url, mount, events);
    case 'video':
    case 'audio':
      return openFile(kind === 'audio' ? kind : 'video', url, mount, events);
  }
}

/**
 * Returns the link without its fragment. Browsers would start and stop at "#t=10,20", which is the room's decision
 * (MD3).
 */
function withoutFragment(url: string): string {
  return url.replace(/#.*$/s, '');
}

function openFile(kind: 'video' | 'audio', url: string, mount: HTMLElement, events: PlayerEvents): Player {
  const media = document.createElement(kind);
  if (media instanceof HTMLVideoElement) media.playsInline = true;
  media.preload = 'auto';
  const player = new ElementPlayer(media, media, events, url, kind === 'audio');
  media.src = withoutFragment(url);
  mount.append(media);
  return player;
}

async function openYoutube(url: string, mount: HTMLElement, events: PlayerEvents): Promise<Player> {
  await Promise.all([import('youtube-video-element'), loadYoutubeApi()]);
  const element = document.createElement('youtube-video') as YoutubeElement;
  element.config = {
    origin: location.origin,
    referrerpolicy: 'strict-origin-when-cross-origin',
    cc_load_policy: null,
    disablekb: 1,
    fs: 0,
  };
  element.setAttribute('playsinline', '');
  const player = new YoutubePlayer(element, events);
  // The library knows fewer forms of links, and a start time in the link is the room's decision.
  const id = youtubeId(new URL(url));
  element.setAttribute('src', id === null ? url : `https://www.youtube.com/watch?v=${id}`);
  mount.append(element);
  return player;
}
