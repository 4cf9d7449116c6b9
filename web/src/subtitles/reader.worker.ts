/** Reads subtitle files in a worker, so that no file can block the page. */
import { FILE_BYTES_MAX } from './cue';
import type { ReaderAnswer, ReaderRequest } from './reader';
import { readFile } from './read-file';

/** Cues in one message: the page copies them between two frames. */
const BATCH = 500;

self.onmessage = async ({ data }: MessageEvent<ReaderRequest>) => {
  const { file, languages, encoding } = data;
  const bytes = new Uint8Array(await file.slice(0, FILE_BYTES_MAX).arrayBuffer());
  const result = readFile(bytes, { languages, encoding, size: file.size }, () => performance.now());
  const answer = (message: ReaderAnswer) => self.postMessage(message);
  if (result.format === null) {
    answer({ kind: 'unknown', file: result });
    return;
  }
  const { cues, ...about } = result;
  for (let at = 0; at < cues.length; at += BATCH) answer({ kind: 'cues', cues: cues.slice(at, at + BATCH) });
  answer({ kind: 'read', file: about });
};
