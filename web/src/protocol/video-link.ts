/** Finds the kind of player for a link (MD1), or why it cannot be played, as a message for the host. */
import { type LinkProblem, linkProblemText } from './link-problems';
import { readAddress } from './links';
import { readSite } from './provider-video';
import type { VideoKind } from './video-kind';

export { isLinkProblem, linkProblemText } from './link-problems';

/** A playable link; `sure` when the link itself names its kind. */
export type VideoLink =
  { ok: true; kind: VideoKind; sure: boolean; url: string } | { ok: false; reason: LinkProblem; problem: string };

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

/** Returns the lower-case file ending of a path, or "". */
function endingOf(path: string): string {
  return /^\.([a-z0-9]{1,8})$/i.exec(path.slice(path.lastIndexOf('.')))?.[1]?.toLowerCase() ?? '';
}

function kindOfEnding(ending: string): VideoKind | undefined {
  return Object.hasOwn(ENDINGS, ending) ? ENDINGS[ending] : undefined;
}

/** Returns the kind of the first file name with a known ending among the query parameters. */
function kindInQuery(url: URL): VideoKind | undefined {
  for (const value of url.searchParams.values()) {
    const kind = kindOfEnding(endingOf(value.split(/[?#]/, 1)[0]!));
    if (kind !== undefined) return kind;
  }
  return undefined;
}

/** Returns the kind of a file or a stream, or why it is evidently no film. */
function readFile(url: URL): { kind: VideoKind; sure: boolean } | { reason: LinkProblem } {
  const ending = endingOf(url.pathname);
  const kind = kindOfEnding(ending);
  if (kind !== undefined) return { kind, sure: true };
  if (/youtube|youtu\.be/.test(url.hostname)) return { reason: 'not_youtube' };
  if (url.pathname.endsWith('/watch') || NON_MEDIA_ENDINGS.has(ending)) return { reason: 'page_not_film' };
  const named = kindInQuery(url);
  if (named !== undefined) return { kind: named, sure: true };
  return /^\/+$/.test(url.pathname) ? { reason: 'page_not_film' } : { kind: 'video', sure: false };
}

export function readVideoLink(raw: string): VideoLink {
  const address = readAddress(raw);
  if ('reason' in address) return { ok: false, reason: address.reason, problem: address.problem };
  const { url } = address;
  const site = readSite(url);
  const found = site === null ? readFile(url) : site.kind === 'rejected' ? site : { kind: site.kind, sure: true };
  if ('reason' in found) return { ok: false, reason: found.reason, problem: linkProblemText(found.reason) };
  return { ok: true, kind: found.kind, sure: found.sure, url: url.href };
}

/** Returns whether a link does not name its kind, so that the player has to find out (MD1). */
export function isKindUncertain(link: string): boolean {
  const read = readVideoLink(link);
  return read.ok && !read.sure;
}

/** Returns the kind of player for a link; null when it is rejected. */
export function kindOfLink(link: string): VideoKind | null {
  const read = readVideoLink(link);
  return read.ok ? read.kind : null;
}
