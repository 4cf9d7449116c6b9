/** Opens the player for a film. Libraries are loaded only when a film needs them. */
import { directLink } from '../protocol/direct-link';
import type { LinkKind } from '../protocol/video-kind';
import { ElementPlayer } from './element-player';
import { missingPart } from './missing-part';
import type { Player, PlayerEvents } from './player';
import { type WarmFilm, takeWarm } from './warm-film';

export async function openPlayer(kind: LinkKind, link: string, mount: HTMLElement, events: PlayerEvents): Promise<Player> {
  const url = directLink(link);
  const warm = takeWarm(url);
  switch (warm?.kind ?? (await kindOf(kind, url))) {
    case 'youtube':
      return (await import('./open-youtube')).openYoutube(url, mount, events);
    case 'hls':
      return (await import('./open-hls')).openHls(url, mount, events);
    case 'dash':
      return (await import('./open-dash')).openDash(url, mount, events);
    case 'video':
    case 'audio':
      return openFile(kind === 'audio' ? kind : 'video', url, mount, events, warm);
    case 'vimeo':
    case 'twitch':
    case 'dailymotion':
    case 'peertube':
      return (await import('./providers/open-provider')).openProvider(url, mount, events);
  }
}

async function kindOf(kind: LinkKind, url: string): Promise<LinkKind> {
  return kind === 'video' ? (await import('./link-probe')).resolveKind(kind, url) : kind;
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
  media.preload = 'auto';
  const player = new ElementPlayer(media, media, events, url, kind === 'audio');
  if (media instanceof HTMLVideoElement) {
    media.playsInline = true;
    player.missing = () => missingPart(media);
  }
  void import('./stall-inquiry')
    .then(({ inquireAboutStalls }) => inquireAboutStalls(media, url, events.onProblem, player.destroyed))
    .catch(() => undefined);
  if (loading === null) media.src = withoutFragment(url);
  mount.append(media);
  return player;
}
