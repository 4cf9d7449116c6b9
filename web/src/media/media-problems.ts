/** Media errors as messages for the viewer: what is wrong, and what to try. */
import type { MediaProblem } from './player';
import { type SiteAnswer, fetchSiteAnswer, isReachable, rejectsRanges } from './film-site';
import { isWebPage } from './site-answer';

const NETWORK_ERROR = 2;
const DECODE_ERROR = 3;

const NOT_FOUND: MediaProblem = {
  title: 'There is no film at this link.',
  hint: 'The address answers “not found”. Check the link, or ask for a new one.',
};
const EXPIRED: MediaProblem = {
  title: 'This link has expired.',
  hint: 'The site says that the film was there and is gone. Ask for a new link.',
};
const PRIVATE: MediaProblem = {
  title: 'This film is not public.',
  hint: 'The site that holds it refuses to hand it out, or the link has expired. A link that opens in a private window will work here too.',
};
const A_PAGE: MediaProblem = {
  title: 'This link leads to a web page, not to a film.',
  hint: 'Look for a direct link to the file: it usually ends in .mp4 or .webm.',
};
const FORMAT: MediaProblem = {
  title: 'This browser cannot play this format.',
  hint: 'An .mp4 with H.264 video and AAC sound plays nearly everywhere.',
};
const UNREACHABLE: MediaProblem = {
  title: 'This link cannot be played here.',
  hint: 'The site is out of reach or does not allow other sites to play its files (CORS). Another copy of the film may work.',
};
const BROKEN_OFF: MediaProblem = {
  title: 'The site stopped sending this film.',
  hint: 'Your connection or the site broke off. Try again in a moment.',
};
const NO_RANGES: MediaProblem = {
  title: 'The site does not send this film in parts.',
  hint: 'Browsers ask for a part of a film at a time, and this site answers that with an error. Another copy of the film may work.',
};
const NOT_PLAYABLE: MediaProblem = {
  title: 'This link cannot be played here.',
  hint: 'The site does not say why: the format may be one that browsers cannot play, or the film is not handed out. An .mp4 with H.264 video and AAC sound plays nearly everywhere.',
};
const INSECURE: MediaProblem = {
  title: 'This link is not secure, and this page is.',
  hint: 'Browsers block http:// films on https:// pages. Try the same link with https://',
};

export function problemOfAnswer(answer: SiteAnswer): MediaProblem {
  const { status } = answer;
  if (status === 404) return NOT_FOUND;
  if (status === 410) return EXPIRED;
  if (status === 401 || status === 403) return PRIVATE;
  if (status >= 400) return UNREACHABLE;
  return isWebPage(answer) ? A_PAGE : FORMAT;
}

/** Finds out why a file does not play, by requesting it once more (MD5). */
export async function fileProblem(url: string, mediaErrorCode: number): Promise<MediaProblem> {
  if (location.protocol === 'https:' && url.startsWith('http:')) return INSECURE;
  if (mediaErrorCode === DECODE_ERROR) return FORMAT;
  const answer = await fetchSiteAnswer(url);
  if (answer === null) return (await isReachable(url)) ? NOT_PLAYABLE : UNREACHABLE;
  const found = problemOfAnswer(answer);
  if (found !== FORMAT) return found;
  if (await rejectsRanges(url)) return NO_RANGES;
  return mediaErrorCode === NETWORK_ERROR ? BROKEN_OFF : FORMAT;
}

export function streamProblem(status: number | undefined): MediaProblem {
  return status === undefined || status === 0 ? UNREACHABLE : problemOfAnswer({ status, type: '', start: '' });
}

export const STREAM_FORMAT = FORMAT;
