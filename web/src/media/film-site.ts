/** Requests to the site that holds a film. */

/** Time limit for the site's answer, ms. */
const ANSWER_MS = 6000;
/** What is kept of a body: enough to recognise a playlist, a manifest or a web page. */
const START_BYTES = 512;

export interface SiteAnswer {
  status: number;
  type: string;
  /** The first bytes of the body, a character each; empty when none came in time. */
  start: string;
}

/**
 * Requests a link with GET and returns status, content type and the first bytes; null when the site is unreachable or
 * forbids reading (CORS). HEAD is no substitute: many sites that serve the film answer it with 403 or 405.
 */
export async function fetchSiteAnswer(url: string): Promise<SiteAnswer | null> {
  return get(url, { mode: 'cors' }, async (answer) => ({
    status: answer.status,
    type: answer.headers.get('content-type') ?? '',
    start: await startOf(answer),
  }));
}

/** Returns whether the site answers at all, even if the answer cannot be read. */
export async function isReachable(url: string): Promise<boolean> {
  return (await get(url, { mode: 'no-cors' }, () => true)) !== null;
}

/** Returns whether a site rejects a request as players make it, which ask for a range of bytes. */
export async function rejectsRanges(url: string): Promise<boolean> {
  const status = await get(url, { mode: 'cors', headers: { range: 'bytes=0-' } }, (answer) => answer.status);
  return status !== null && status >= 400;
}

async function get<T>(url: string, how: RequestInit, read: (answer: Response) => T | Promise<T>): Promise<T | null> {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), ANSWER_MS);
  try {
    // A kept answer says nothing about a link that has expired since.
    return await read(await fetch(url, { ...how, cache: 'no-store', signal: stop.signal }));
  } catch {
    return null;
  } finally {
    clearTimeout(timer);
    stop.abort(); // the rest of the body is not needed
  }
}

async function startOf(answer: Response): Promise<string> {
  try {
    const { value } = (await answer.body?.getReader().read()) ?? {};
    return String.fromCharCode(...(value ?? []).slice(0, START_BYTES));
  } catch {
    return '';
  }
}
