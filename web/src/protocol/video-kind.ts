/** Which kind of player a link wants (MD1), or why it cannot be played, in words for the host. */

export type VideoKind = 'youtube' | 'video' | 'audio' | 'hls' | 'dash';

export type VideoLink = { ok: true; kind: VideoKind; url: string; title: string } | { ok: false; problem: string };

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

function parse(raw: string): URL | null {
  const text = /^[a-z][a-z0-9+.-]*:/i.test(raw) || raw.startsWith('/') ? raw : `https://${raw}`;
  try {
    return new URL(text);
  } catch {
    return null;
  }
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
  const url = parse(link);
  return url === null ? 'Film' : titleOf(url);
}

export function readVideoLink(raw: string): VideoLink {
  const text = raw.trim();
  if (text === '') return { ok: false, problem: 'Paste a link first.' };
  const url = parse(text);
  if (url === null || !url.hostname.match(/\.|^localhost$|^\[/)) {
    return { ok: false, problem: 'This does not look like a link. It should start with https://' };
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    return { ok: false, problem: 'Only links that start with http:// or https:// can be shown.' };
  }
  if (url.username !== '' || url.password !== '') {
    return { ok: false, problem: 'This link carries a user name. A link that works without one is needed.' };
  }
  if (YOUTUBE_HOSTS.has(url.hostname)) {
    if (youtubeId(url) !== null) return { ok: true, kind: 'youtube', url: url.href, title: titleOf(url) };
    return { ok: false, problem: 'This YouTube link names no single video. Open the video and copy its own link.' };
  }
  const ending = /\.([a-z0-9]+)$/i.exec(url.pathname)?.[1]?.toLowerCase();
  const kind = ending === undefined ? undefined : ENDINGS[ending];
  if (kind !== undefined) return { ok: true, kind, url: url.href, title: titleOf(url) };
  if (ending === 'mkv' || ending === 'avi' || ending === 'wmv') {
    return { ok: false, problem: `Browsers cannot play .${ending} files. An .mp4 or .webm of it will work.` };
  }
  return {
    ok: false,
    problem: 'This is a page, not a film. Use a YouTube link, or one that ends in .mp4, .webm, .m3u8, .mpd or .mp3.',
  };
}

/** The kind a room's video has: the server's word where we know it, else our own reading of the link. */
export function kindOf(videoType: string | null, videoUrl: string): VideoKind | null {
  const known = ['youtube', 'video', 'audio', 'hls', 'dash'] as const;
  const told = known.find((kind) => kind === videoType);
  if (told !== undefined) return told;
  const link = readVideoLink(videoUrl);
  return link.ok ? link.kind : null;
}
