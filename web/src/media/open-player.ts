/** Opens the player for a film. Libraries are loaded only when a film needs them. */
import { directLink } from '../protocol/direct-link';
import type { VideoKind } from '../protocol/video-kind';
import { ElementPlayer } from './element-player';
import type { Player, PlayerEvents } from './player';
import { resolveKind } from './link-probe';

export async function openPlayer(kind: VideoKind, link: string, mount: HTMLElement, events: PlayerEvents): Promise<Player> {
  const url = directLink(link);
  switch (await resolveKind(kind, url)) {
    case 'youtube':
      return (await import('./open-youtube')).openYoutube(url, mount, events);
    case 'hls':
      return (await import('./open-hls')).openHls(url, mount, events);
    case 'dash':
      return (await import('./open-dash')).openDash(url, mount, events);
    case 'video':
    case 'audio':
      return openFile(kind === 'audio' ? kind : 'video', url, mount, events);
    case 'vimeo':
    case 'twitch':
    case 'dailymotion':
    case 'peertube':
      return (await import('./providers/open-provider')).openProvider(url, mount, events);
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
