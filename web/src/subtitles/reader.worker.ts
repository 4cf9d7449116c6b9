/** Reads subtitle files in a worker, so that no file can block the page. */
import { type Cue, FILE_BYTES_MAX } from './cue';
import type { ReaderAnswer, ReaderRequest } from './reader';
import { readFile } from './read-file';

/** Spans in one message: the page copies them between two frames. */
const BATCH_SPANS = 1_000;

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
  for (const batch of batchesOf(cues)) answer({ kind: 'cues', cues: batch });
  answer({ kind: 'read', file: about });
};

function* batchesOf(cues: readonly Cue[]): Generator<Cue[]> {
  let batch: Cue[] = [];
  let spans = 0;
  for (const cue of cues) {
    batch.push(cue);
    for (const line of cue.lines) spans += line.length;
    if (spans >= BATCH_SPANS) {
      yield batch;
      batch = [];
      spans = 0;
    }
  }
  yield batch;
}
