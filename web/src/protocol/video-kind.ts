/** The kinds of players (MD1), and a title made from a link alone. Loaded with the page, so kept small. */
import { parseUrl } from './url';

const KINDS = ['youtube', 'video', 'audio', 'hls', 'dash', 'vimeo', 'twitch', 'dailymotion', 'peertube', 'local'] as const;

export type VideoKind = (typeof KINDS)[number];

/** A kind whose film is at an address, and not in a file of each viewer's own. */
export type LinkKind = Exclude<VideoKind, 'local'>;

/** Returns the server's kind of a film; null when this page does not know it. */
export function knownKind(videoType: string | null): VideoKind | null {
  return KINDS.find((kind) => kind === videoType) ?? null;
}

/** Returns the id of a film of the server's library (LB7); null for every other link. */
export function libraryId(link: string): string | null {
  return link.startsWith('library:') ? link.slice('library:'.length) : null;
}

/** Sites whose paths say nothing to a reader; matched against host and path. */
const SITES: [RegExp, string][] = [
  [/^([a-z]+\.)?youtu(\.be|be(-nocookie)?\.com)\//, 'YouTube'],
  [/^([a-z]+\.)?vimeo\.com\//, 'Vimeo'],
  [/^([a-z]+\.)?twitch\.tv\//, 'Twitch'],
  [/^([a-z]+\.)?(dailymotion\.com|dai\.ly)\//, 'Dailymotion'],
  [/^[^/]+\/(w|videos\/(watch|embed))\/[\w-]{22,36}\/?$/, 'PeerTube'],
];

/** Returns a readable title for the film: the last part of the path. */
export function titleOfLink(link: string): string {
  const own = /^local:name=([^&]+)&/.exec(link)?.[1];
  const url = parseUrl(link);
  if (url === null || (own === undefined && !/^https?:$/.test(url.protocol))) return 'Film';
  const site = SITES.find(([form]) => form.test(url.hostname + url.pathname));
  if (site !== undefined) return `${site[1]} video`;
  const last = own ?? url.pathname.split('/').filter(Boolean).pop() ?? url.hostname;
  let name = last;
  try {
    name = decodeURIComponent(last);
  } catch {
    // malformed escape: use the raw text
  }
  const bare = name
    .replace(/\.[a-z0-9]{2,4}$/i, '')
    .replace(/[._+-]+/g, ' ')
    .trim();
  return bare === '' ? url.hostname || 'Film' : bare.charAt(0).toUpperCase() + bare.slice(1);
}
