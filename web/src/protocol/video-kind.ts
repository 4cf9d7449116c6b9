/** Which kind of player a link wants (MD1), or why it cannot be played, in words for the host. */
import { readAddress } from './links';

export type VideoKind = 'youtube' | 'video' | 'audio' | 'hls' | 'dash';

/** A link that can be tried; `sure` when the link itself names its kind. */
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
/** What no player could play: pages, pictures, texts, archives, programs. */
const NO_FILM = new Set(
  (
    'html htm xhtml shtml jpg jpeg png gif webp svg avif bmp ico heic ' +
    'pdf txt doc docx epub css js json srt vtt zip rar 7z gz exe dmg apk torrent'
  ).split(' '),
);
const NO_PAGE = 'This is a page, not a film. Use a YouTube link, or a link to the film itself: many end in .mp4, .webm or .m3u8.';
const VIDEO_ID = /^[A-Za-z0-9_-]{11}$/;
const SHORT_PATH = /^\/([A-Za-z0-9_-]{11})\/?$/;
/** The two words look like ids and name a playlist and a channel. */
const VIDEO_PATH = /^\/(?:embed\/(?!videoseries|live_stream)|shorts\/|live\/|v\/)([A-Za-z0-9_-]{11})\/?$/;

/** The 11 characters that name a YouTube video, or null. Paths are matched whole, as the server does. */
export function youtubeId(url: URL): string | null {
  if (url.hostname === 'youtu.be') return SHORT_PATH.exec(url.pathname)?.[1] ?? null;
  if (!/^\/watch\/?$/.test(url.pathname)) return VIDEO_PATH.exec(url.pathname)?.[1] ?? null;
  const id = url.searchParams.get('v');
  return id !== null && VIDEO_ID.test(id) ? id : null;
}

/** A name for the film from its address: the last part of the path, made readable. */
export function titleOf(url: URL): string {
  if (YOUTUBE_HOSTS.has(url.hostname)) return 'YouTube video';
  const last = url.pathname.split('/').filter(Boolean).pop() ?? url.hostname;
  let name = last;
  try {
    name = decodeURIComponent(last);
  } catch {
    // a stray percent sign: the raw text will do
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

/** What follows the last dot of a path, in small letters, when it looks like an ending, else "". */
function endingOf(path: string): string {
  return /\.([a-z0-9]{1,8})$/i.exec(path)?.[1]?.toLowerCase() ?? '';
}

/** The kind of the first file of a known ending that a parameter names. */
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
  if (NO_FILM.has(ending)) return { ok: false, problem: NO_PAGE };
  const named = kindInQuery(url);
  if (named !== undefined) return taken(named);
  return /^\/+$/.test(url.pathname) ? { ok: false, problem: NO_PAGE } : taken('video', false);
}

/** Whether the link leaves open what plays it: the player finds out (MD1). */
export function isUnsure(link: string): boolean {
  const read = readVideoLink(link);
  return read.ok && !read.sure;
}

/** The kind a room's video has: the server's word where we know it, else our own reading of the link. */
export function kindOf(videoType: string | null, videoUrl: string): VideoKind | null {
  const known = ['youtube', 'video', 'audio', 'hls', 'dash'] as const;
  const told = known.find((kind) => kind === videoType);
  if (told !== undefined) return told;
  const link = readVideoLink(videoUrl);
  return link.ok ? link.kind : null;
}
