/** Finds the kind of a film whose link does not name it (MD4). */
import { directLink } from '../protocol/direct-link';
import type { LinkKind } from '../protocol/video-kind';
import type { MediaProblem } from './player';
import { fileProblem, problemOfAnswer } from './media-problems';
import { fetchSiteAnswer } from './film-site';
import { isWebPage, kindOfAnswer } from './site-answer';

/** Time limit for loading a film's metadata, ms. */
export const METADATA_MS = 12_000;

/** Returns the kind of player for a link: HLS and DASH by the site's answer, else the given kind. */
export async function resolveKind(kind: LinkKind, url: string): Promise<LinkKind> {
  if (kind !== 'video') return kind;
  const { isKindUncertain } = await import('../protocol/video-link');
  if (!isKindUncertain(url)) return kind;
  const answer = await fetchSiteAnswer(url);
  return (answer !== null && kindOfAnswer(answer)) || kind;
}

/** Returns why a link cannot be played; null when it can, or when nothing was found in time. */
export async function probeLink(link: string): Promise<MediaProblem | null> {
  const url = directLink(link);
  const answer = await fetchSiteAnswer(url);
  if (answer !== null) {
    if (kindOfAnswer(answer) !== null && answer.status < 400) return null;
    if (answer.status >= 400 || isWebPage(answer)) return problemOfAnswer(answer);
  }
  const code = await loadMetadata(url);
  return code === null ? null : fileProblem(url, code);
}

/** Loads a file's metadata; resolves to the media error code, or to null when it loads or takes too long. */
function loadMetadata(url: string): Promise<number | null> {
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
