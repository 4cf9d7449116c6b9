/** Opens the player for a YouTube video; loaded with the first one. */
import 'youtube-video-element';
import { providerVideo } from '../protocol/provider-video';
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
  const video = providerVideo(url);
  element.setAttribute('src', video?.kind === 'youtube' ? `https://www.youtube.com/watch?v=${video.id}` : url);
  mount.append(element);
  return player;
}
