/** Finds out what a link leads to, where the link itself does not say (MD4). */
import { isUnsure, type VideoKind } from '../protocol/video-kind';
import type { MediaProblem } from './player';
import { fileProblem, problemOfStatus } from './problems';
import { askSite } from './site';

/** How long a player may take to read the head of a film, ms. */
export const METADATA_MS = 12_000;

const HLS_TYPES = /^(?:application|audio)\/(?:x-|vnd\.apple\.)?mpegurl\b/i;
const DASH_TYPE = /^application\/dash\+xml\b/i;

/** The kind that a site names for its film, or null when it does not. */
export function kindOfType(type: string): VideoKind | null {
  if (HLS_TYPES.test(type)) return 'hls';
  return DASH_TYPE.test(type) ? 'dash' : null;
}

/** What plays a link that does not name its kind: HLS and DASH by the type that the site names, else the browser itself. */
export async function findKind(kind: VideoKind, url: string): Promise<VideoKind> {
  if (kind !== 'video' || !isUnsure(url)) return kind;
  const answer = await askSite(url);
  return (answer !== null && kindOfType(answer.type)) || kind;
}

/** Null when the link can be shown, or when nothing speaks against it in time; else why it cannot be. */
export async function tryLink(url: string): Promise<MediaProblem | null> {
  const answer = await askSite(url);
  if (answer !== null) {
    if (kindOfType(answer.type) !== null && answer.status < 400) return null;
    const problem = problemOfStatus(answer.status, answer.type);
    if (answer.status >= 400 || /text\/html/i.test(answer.type)) return problem;
  }
  const code = await loadHead(url);
  return code === null ? null : fileProblem(url, code);
}

/** Lets a player read the head of a file: the code of its error, or null when it can play, or is still reading. */
function loadHead(url: string): Promise<number | null> {
  const media = document.createElement('video');
  return new Promise<number | null>((settle) => {
    const timer = setTimeout(() => settle(null), METADATA_MS);
    const done = (code: number | null) => {
      clearTimeout(timer);
      settle(code);
    };
    media.preload = 'metadata';
    media.muted = true;
    media.addEventListener('loadedmetadata', () => done(null), { once: true });
    media.addEventListener('error', () => done(media.error?.code ?? 0), { once: true });
    media.src = url;
  }).finally(() => {
    media.removeAttribute('src');
    media.load();
  });
}
