/** Requests to the site that holds a film. */

/** Time limit for the site's answer, ms. */
const ANSWER_MS = 6000;

export interface SiteAnswer {
  status: number;
  type: string;
}

/**
 * Requests a link with GET and returns status and content type; null when the site is unreachable or forbids reading
 * (CORS). HEAD is no substitute: many sites that serve the film answer it with 403 or 405.
 */
export async function fetchSiteAnswer(url: string): Promise<SiteAnswer | null> {
  const answer = await head(url, 'cors');
  return answer === null ? null : { status: answer.status, type: answer.headers.get('content-type') ?? '' };
}

/** Returns whether the site answers at all, even if the answer cannot be read. */
export async function isReachable(url: string): Promise<boolean> {
  return (await head(url, 'no-cors')) !== null;
}

async function head(url: string, mode: 'cors' | 'no-cors'): Promise<Response | null> {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), ANSWER_MS);
  try {
    return await fetch(url, { mode, signal: stop.signal });
  } catch {
    return null;
  } finally {
    clearTimeout(timer);
    stop.abort(); // the body is not needed
  }
}
