/** Fetches subtitles from an address that a host has shared, within bounds of time and size (SB7). */
import { TextProblem } from './text-problem';
import { FILE_BYTES_MAX } from './cue';

const FETCH_MS_MAX = 15_000;

export const UNREACHABLE = 'The site of these subtitles cannot be reached, or does not let this page read them.';
export const TOO_SLOW = 'The site of these subtitles does not answer in time.';
export const TOO_LARGE = 'The file at this address is too large for subtitles.';

/** @throws TextProblem when it cannot be had */
export async function fetchText(url: string, after: (ms: number, run: () => void) => () => void): Promise<Blob> {
  const abort = new AbortController();
  const cancel = after(FETCH_MS_MAX, () => abort.abort());
  try {
    const response = await fetch(url, { signal: abort.signal, credentials: 'omit', referrerPolicy: 'no-referrer' });
    if (!response.ok) throw new TextProblem(`The site of these subtitles has none at this address (${response.status}).`);
    return await readBounded(response);
  } catch (problem) {
    if (problem instanceof TextProblem) throw problem;
    throw new TextProblem(abort.signal.aborted ? TOO_SLOW : UNREACHABLE);
  } finally {
    cancel();
    abort.abort();
  }
}

async function readBounded(response: Response): Promise<Blob> {
  const reader = response.body?.getReader();
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  for (let next = await reader?.read(); next !== undefined && !next.done; next = await reader?.read()) {
    size += next.value.length;
    if (size > FILE_BYTES_MAX) throw new TextProblem(TOO_LARGE);
    chunks.push(next.value);
  }
  return new Blob(chunks);
}
