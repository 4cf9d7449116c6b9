/** Finds the kind of player for a link (MD1), or why it cannot be played, as a message for the host. */
import { readAddress } from './links';

export type VideoKind = 'youtube' | 'video' | 'audio' | 'hls' | 'dash';

/** A playable link; `sure` when the link itself names its kind. */
export type VideoLink = { ok: true; kind: VideoKind; sure: boolean; url: string; title: string } | { ok: false; problem: string };

const YOUTUBE_HOSTS = new Set([
  'youtube.com',
  'www.youtube.com',
  'm.youtube.com',
  'music.youtube.com',
  'youtu.be',
  'youtube-nocookie.com',
  'www.youtube-nocookie.com',
]);
const ENDINGS: Record<string, VideoKind> = {
  mp4: 'video', m4v: 'video', webm: 'video', ogv: 'video', mov: 'video',
  mp3: 'audio', m4a: 'audio', ogg: 'audio', oga: 'audio', opus: 'audio', wav: 'audio', flac: 'audio', aac: 'audio',
  m3u8: 'hls', mpd: 'dash',
}; // prettier-ignore
/** Endings that no player can play: pages, pictures, texts, archives, programs. */
const NON_MEDIA_ENDINGS = new Set(
  (
    'html htm xhtml shtml jpg jpeg png gif webp svg avif bmp ico heic ' +
    'pdf txt doc docx epub css js json srt vtt zip rar 7z gz exe dmg apk torrent'
  ).split(' '),
);
const PAGE_PROBLEM =
  'This is a page, not a film. Use a YouTube link, or a link to the film itself: many end in .mp4, .webm or .m3u8.';
const VIDEO_ID = /^[A-Za-z0-9_-]{11}$/;
const SHORT_PATH = /^\/([A-Za-z0-9_-]{11})\/?$/;
/** `videoseries` and `live_stream` have the form of an id, but name a playlist and a channel. */
const VIDEO_PATH = /^\/(?:embed\/(?!videoseries|live_stream)|shorts\/|live\/|v\/)([A-Za-z0-9_-]{11})\/?$/;

/** Returns the 11-character id of a YouTube video, or null. Paths are matched whole, as on the server. */
export function youtubeId(url: URL): string | null {
  if (url.hostname === 'youtu.be') return SHORT_PATH.exec(url.pathname)?.[1] ?? null;
  if (!/^\/watch\/?$/.test(url.pathname)) return VIDEO_PATH.exec(url.pathname)?.[1] ?? null;
  const id = url.searchParams.get('v');
  return id !== null && VIDEO_ID.test(id) ? id : null;
}

/** Returns a readable title for the film: the last part of the path. */
export function titleOf(url: URL): string {
  if (YOUTUBE_HOSTS.has(url.hostname)) return 'YouTube video';
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

export function titleOfLink(link: string): string {
  const address = readAddress(link);
  return 'url' in address ? titleOf(address.url) : 'Film';
}

/** Returns the lower-case file ending of a path, or "". */
function endingOf(path: string): string {
  return /\.([a-z0-9]{1,8})$/i.exec(path)?.[1]?.toLowerCase() ?? '';
}

/** Returns the kind of the first file name with a known ending among the query parameters. */
function kindInQuery(url: URL): VideoKind | undefined {
  for (const value of url.searchParams.values()) {
    const ending = endingOf(value.split(/[?#]/, 1)[0]!);
    const kind = Object.hasOwn(ENDINGS, ending) ? ENDINGS[ending] : undefined;
    if (kind !== undefined) return kind;
  }
  return undefined;
}

export function readVideoLink(raw: string): VideoLink {
  const address = readAddress(raw);
  if ('problem' in address) return { ok: false, problem: address.problem };
  const { url } = address;
  const taken = (kind: VideoKind, sure = true): VideoLink => ({ ok: true, kind, sure, url: url.href, title: titleOf(url) });
  if (YOUTUBE_HOSTS.has(url.hostname)) {
    if (youtubeId(url) !== null) return taken('youtube');
    return { ok: false, problem: 'This YouTube link names no single video. Open the video and copy its own link.' };
  }
  const ending = endingOf(url.pathname);
  const kind = Object.hasOwn(ENDINGS, ending) ? ENDINGS[ending] : undefined;
  if (kind !== undefined) return taken(kind);
  if (/youtube|youtu\.be/.test(url.hostname) || url.pathname.endsWith('/watch')) {
    return { ok: false, problem: 'This is not a YouTube address. Open the video on youtube.com and copy its link.' };
  }
  if (NON_MEDIA_ENDINGS.has(ending)) return { ok: false, problem: PAGE_PROBLEM };
  const named = kindInQuery(url);
  if (named !== undefined) return taken(named);
  return /^\/+$/.test(url.pathname) ? { ok: false, problem: PAGE_PROBLEM } : taken('video', false);
}

/** Returns whether a link does not name its kind, so that the player has to find out (MD1). */
export function isKindUncertain(link: string): boolean {
  const read = readVideoLink(link);
  return read.ok && !read.sure;
}

/** Returns the kind of a room's film: as the server says, or from the link when the server's value is unknown. */
export function kindOf(videoType: string | null, videoUrl: string): VideoKind | null {
  const known = ['youtube', 'video', 'audio', 'hls', 'dash'] as const;
  const given = known.find((kind) => kind === videoType);
  if (given !== undefined) return given;
  const link = readVideoLink(videoUrl);
  return link.ok ? link.kind : null;
}
