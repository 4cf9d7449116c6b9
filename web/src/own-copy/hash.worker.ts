/** Hashes the parts of a file in a worker, so that the film on the page does not stutter. */
import { hashParts, sha256Digest } from './hash-parts';
import type { HashAnswer } from './hash-file';

self.onmessage = async ({ data }: MessageEvent<Blob>) => {
  const answer = (message: HashAnswer) => self.postMessage(message);
  try {
    answer({ hashes: await hashParts(data, await sha256Digest()) });
  } catch {
    answer({ hashes: null });
  }
};
