/** Asks the site that holds a film how it answers. */

/** How long a site may take to answer, ms. */
const ANSWER_MS = 6000;

export interface SiteAnswer {
  status: number;
  type: string;
}

/**
 * The head of a site's answer to a plain GET, or null when the site cannot be reached or does not let other sites see it.
 * A HEAD is answered with 403 or 405 by many sites that hand the film out all the same.
 */
export async function askSite(url: string): Promise<SiteAnswer | null> {
  const answer = await head(url, 'cors');
  return answer === null ? null : { status: answer.status, type: answer.headers.get('content-type') ?? '' };
}

/** Whether the site answers at all, whatever it is that it does not let other sites see. */
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
    stop.abort(); // the film itself is not wanted
  }
}
