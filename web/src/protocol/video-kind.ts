/** The kinds of players (MD1), and a title made from a link alone. Loaded with the page, so kept small. */
import { parseUrl } from './url';

const KINDS = ['youtube', 'video', 'audio', 'hls', 'dash', 'vimeo', 'twitch', 'dailymotion', 'peertube'] as const;

export type VideoKind = (typeof KINDS)[number];

/** Returns the server's kind of a film; null when this page does not know it. */
export function knownKind(videoType: string | null): VideoKind | null {
  return KINDS.find((kind) => kind === videoType) ?? null;
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
  const url = parseUrl(link);
  if (url === null || !/^https?:$/.test(url.protocol)) return 'Film';
  const site = SITES.find(([form]) => form.test(url.hostname + url.pathname));
  if (site !== undefined) return `${site[1]} video`;
  const last = url.pathname.split('/').filter(Boolean).pop() ?? url.hostname;
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
  return bare === '' ? url.hostname : bare.charAt(0).toUpperCase() + bare.slice(1);
}
