/** Opens the player of a provider's video. */
import { type ProviderVideo, providerVideo } from '../../protocol/provider-video';
import { type Player, type PlayerEvents, PlayerUnavailable } from '../player';
import type { OpenProvider } from './provider-api';
import { ProviderPlayer } from './provider-player';
import { providerProblem } from './provider-problems';

/** Videos of all providers but YouTube, whose player has a library of its own. */
type FramedVideo = Exclude<ProviderVideo, { kind: 'youtube' }>;

/** @throws PlayerUnavailable when the provider does not play the video on this page */
export async function openProvider(link: string, mount: HTMLElement, events: PlayerEvents): Promise<Player> {
  const video = providerVideo(link);
  if (video === null || video.kind === 'youtube') throw new Error('The link names no video of these providers');
  return new ProviderPlayer(await providerOf(video), mount, events);
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
