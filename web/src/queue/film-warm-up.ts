/** Loads the beginning of the next film before the current one ends, where its player allows it. */
import { resolveKind } from '../media/link-probe';
import { type WarmFilm, keepWarm } from '../media/warm-film';
import type { QueueItem } from '../protocol/queue';
import { directLink } from '../protocol/direct-link';
import { knownKind, libraryId } from '../protocol/video-kind';
import { kindOfLink } from '../protocol/video-link';

/** Seconds before the end from which the next film loads. */
export const WARM_UP_S = 20;

function loadFile(kind: 'video' | 'audio', url: string): HTMLMediaElement {
  const media = document.createElement(kind);
  media.preload = 'auto';
  if (media instanceof HTMLVideoElement) media.playsInline = true;
  media.src = url.replace(/#.*$/s, '');
  return media;
}

/** Loads what a player of this kind needs first. */
async function load(kind: WarmFilm['kind'], url: string): Promise<HTMLMediaElement | null> {
  switch (kind) {
    case 'video':
    case 'audio':
      return loadFile(kind, url);
    case 'hls':
      await Promise.all([import('hls-video-element'), fetch(url)]);
      return null;
    case 'dash':
      await Promise.all([import('dash-video-element'), fetch(url)]);
      return null;
    case 'youtube':
      await Promise.all([import('../media/open-youtube'), (await import('../media/youtube-api')).loadYoutubeApi()]);
      return null;
    case 'vimeo':
    case 'twitch':
    case 'dailymotion':
    case 'peertube':
      await (await import('../media/providers/open-provider')).warmProvider(url);
      return null;
  }
}

export function createFilmWarmUp() {
  let itemId: string | null = null;

  function stop(): void {
    itemId = null;
    keepWarm(null);
  }

  return {
    /** Begins to load an item; once, while it stays the next one. */
    async start({ itemId: id, videoType, videoUrl }: QueueItem): Promise<void> {
      if (id === itemId) return;
      stop();
      itemId = id;
      const url = directLink(videoUrl);
      const known = knownKind(videoType) ?? kindOfLink(videoUrl);
      // A file of the viewer's own is there already, and the server links to a film of its library when it is shown.
      if (known === null || known === 'local' || libraryId(videoUrl) !== null) return;
      try {
        const kind = await resolveKind(known, url);
        if (itemId !== id) return;
        const media = await load(kind, url);
        if (itemId === id) keepWarm({ url, kind, media });
      } catch {
        // The player of the film itself will say what is wrong.
      }
    },
    stop,
    /** The item is shown now, so that its player has taken what was loaded. */
    taken: () => (itemId = null),
  };
}
