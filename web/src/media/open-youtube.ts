/** Opens the player for a YouTube video; loaded with the first one. */
import 'youtube-video-element';
import { youtubeId } from '../protocol/video-kind';
import type { Player, PlayerEvents } from './player';
import { loadYoutubeApi } from './youtube-api';
import { type YoutubeElement, YoutubePlayer } from './youtube-player';

export async function openYoutube(url: string, mount: HTMLElement, events: PlayerEvents): Promise<Player> {
  await loadYoutubeApi();
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
