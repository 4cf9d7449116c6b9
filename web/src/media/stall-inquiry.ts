/**
 * Finds out why a file does not go on. Browsers repeat a request for the next part of a file without end when the site
 * answers it with an error page, so that an expired link looks like a slow one.
 */
import { fetchSiteAnswer } from './film-site';
import { problemOfAnswer } from './media-problems';
import type { MediaProblem } from './player';
import { isWebPage } from './site-answer';

/** How long a film has stood still before its site is asked, ms. */
const ASKED_AFTER_MS = 4000;
const HAVE_FUTURE_DATA = 3;

/** Asks the site once in each stall, and reports a problem when it does not send the film any more. */
export function inquireAboutStalls(
  media: HTMLMediaElement,
  url: string,
  onProblem: (problem: MediaProblem) => void,
  until: AbortSignal,
): void {
  let timer = 0;
  const standsStill = () => !until.aborted && media.error === null && media.readyState < HAVE_FUTURE_DATA;

  async function ask(): Promise<void> {
    const answer = standsStill() ? await fetchSiteAnswer(url) : null;
    if (answer !== null && standsStill() && (answer.status >= 400 || isWebPage(answer))) onProblem(problemOfAnswer(answer));
  }

  const clear = () => {
    window.clearTimeout(timer);
    timer = 0;
  };
  // A player that stands still may be sought again and again meanwhile.
  const start = () => {
    if (timer === 0) timer = window.setTimeout(() => void ask(), ASKED_AFTER_MS);
  };
  for (const name of ['waiting', 'seeking']) media.addEventListener(name, start, { signal: until });
  for (const name of ['playing', 'canplay', 'error']) media.addEventListener(name, clear, { signal: until });
  until.addEventListener('abort', clear);
}
