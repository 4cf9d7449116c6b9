/** Opens a film that the server converts: as HLS, whose requests always take the newest link (LB11, LB12). */
import type { ElementPlayer } from '../media/element-player';
import { openHls } from '../media/open-hls';
import type { PlayerEvents } from '../media/player';
import { siteAddress } from '../net/base-path';
import { MEDIA_PATH } from '../protocol/library';
import type { FilmLink } from './film-link';
import { NOT_CONVERTED, TOO_MANY, problemOfStatus } from './library-words';

export interface LibraryStreamPorts {
  link: FilmLink;
  /** Shows why the film does not go on for now; null when it does. */
  onWait(text: string | null): void;
}

const RETRY_MS = [0, 1000, 2000, 4000, 8000] as const;
/** Attempts at a link that the server answers, before its answer counts. */
const TRIES_MAX = 3;

/** Returns an address with the token of another link in place of its own; others are returned as they are. */
export function withTokenOf(link: string, address: string): string {
  const token = /^\/media\/([^/]+)/.exec(link)?.[1];
  const at = address.indexOf(MEDIA_PATH);
  if (token === undefined || at < 0) return address;
  const path = at + MEDIA_PATH.length;
  const end = address.indexOf('/', path);
  return end < 0 ? address : address.slice(0, path) + token + address.slice(end);
}

export async function openLibraryStream(
  mount: HTMLElement,
  events: PlayerEvents,
  { link, onWait }: LibraryStreamPorts,
): Promise<ElementPlayer> {
  let tries = 0;
  const player = await openHls(siteAddress(link.current.peek().url), mount, events, {
    settings: {
      xhrSetup: (request: XMLHttpRequest, address: string) => {
        const newest = withTokenOf(link.current.peek().url, address);
        if (newest !== address) request.open('GET', newest, true);
      },
    },
    async onNetworkError(status) {
      const before = link.current.peek().url;
      if (status === 503 || status === 429) onWait(TOO_MANY);
      await link.next(RETRY_MS[Math.min(tries++, RETRY_MS.length - 1)]!);
      const answer = await link.renew();
      if (answer.kind === 'final') return answer.problem;
      if (answer.kind !== 'link' || link.current.peek().url !== before) return null;
      // Parts of a film whose file was replaced are gone, and those of a failed conversion come later or never.
      if (tries <= TRIES_MAX || status === 503 || status === 429) return null;
      return status === 500 ? NOT_CONVERTED : problemOfStatus(status ?? null);
    },
  });
  const media = player.video;
  media?.addEventListener(
    'playing',
    () => {
      tries = 0;
      onWait(null);
    },
    { signal: player.destroyed },
  );
  player.destroyed.addEventListener('abort', () => link.end());
  return Object.assign(player, { kind: 'hls' });
}
