/** Opens the player of a provider's video, or prepares for that. */
import { type ProviderVideo, providerVideo } from '../../protocol/provider-video';
import { type Player, type PlayerEvents, PlayerUnavailable } from '../player';
import type { OpenProvider } from './provider-api';
import { ProviderPlayer } from './provider-player';
import { providerProblem } from './provider-problems';

/** Videos of all providers but YouTube, whose player has a library of its own. */
type FramedVideo = Exclude<ProviderVideo, { kind: 'youtube' }>;

/** @throws PlayerUnavailable when the provider does not play the video on this page */
export async function openProvider(link: string, mount: HTMLElement, events: PlayerEvents): Promise<Player> {
  return new ProviderPlayer(await providerOf(framedVideo(link)), mount, events);
}

/**
 * Loads the code of a provider's player and its SDK, and connects to the host of its frame. Opens no player: a hidden
 * one may count as a view, show an advertisement, or play.
 *
 * @throws PlayerUnavailable as `openProvider` does; then nothing is connected to
 */
export async function warmProvider(link: string): Promise<void> {
  const video = framedVideo(link);
  await providerOf(video);
  preconnect(video.kind === 'peertube' ? video.origin : FRAME_ORIGINS[video.kind]);
}

const FRAME_ORIGINS = {
  vimeo: 'https://player.vimeo.com',
  twitch: 'https://player.twitch.tv',
  dailymotion: 'https://geo.dailymotion.com',
};

function framedVideo(link: string): FramedVideo {
  const video = providerVideo(link);
  if (video === null || video.kind === 'youtube') throw new Error('The link names no video of these providers');
  return video;
}

let connection: HTMLLinkElement | null = null;

/** Has the browser connect to a host. One element is kept, however many films follow. */
function preconnect(origin: string): void {
  connection?.remove();
  connection = document.createElement('link');
  connection.rel = 'preconnect';
  connection.href = origin;
  document.head.append(connection);
}

async function providerOf(video: FramedVideo): Promise<OpenProvider> {
  switch (video.kind) {
    case 'vimeo':
      return (await import('./vimeo')).openVimeo(video);
    case 'twitch': {
      const { openTwitch, playsTwitch } = await import('./twitch');
      if (video.type === 'clip') throw new PlayerUnavailable(providerProblem('Twitch', 'clip'));
      if (!playsTwitch(location)) throw new PlayerUnavailable(providerProblem('Twitch', 'domain'));
      return openTwitch(video);
    }
    case 'dailymotion': {
      const { openDailymotion, prepareDailymotion } = await import('./dailymotion');
      await prepareDailymotion();
      return openDailymotion(video);
    }
    case 'peertube':
      return (await import('./peertube')).openPeertube(video);
  }
}
