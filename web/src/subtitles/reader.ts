/** Has a worker read a subtitle file. */
import type { Cue } from './cue';
import type { Encoding } from './decode';
import type { ReadFile, UnknownFile } from './read-file';
import { type WorkerPort, type WorkerPorts, askWorker } from '../workers/ask-worker';

export interface ReaderRequest {
  file: Blob;
  languages: readonly string[];
  encoding: Encoding | null;
}

export type ReaderAnswer =
  { kind: 'cues'; cues: Cue[] } | { kind: 'read'; file: Omit<ReadFile, 'cues'> } | { kind: 'unknown'; file: UnknownFile };

/** What a file turned out to be: read, of no known format, or not readable at all. */
export type ReadResult = ReadFile | UnknownFile | 'failed';

export type ReaderWorker = WorkerPort<ReaderRequest, ReaderAnswer>;

/** Time after which a worker that gives no answer is ended. It stops by itself before. */
const ANSWER_MS = 20_000;

export function startReaderWorker(): ReaderWorker {
  return new Worker(new URL('./reader.worker.ts', import.meta.url), { type: 'module' });
}

export function readInWorker(request: ReaderRequest, ports: WorkerPorts<ReaderRequest, ReaderAnswer>): Promise<ReadResult> {
  const cues: Cue[] = [];
  return askWorker<ReaderRequest, ReaderAnswer, ReadResult>(request, ports, {
    withinMs: ANSWER_MS,
    failed: 'failed',
    resultOf: (answer) => {
      switch (answer.kind) {
        case 'cues':
          for (const cue of answer.cues) cues.push(cue);
          return undefined;
        case 'read':
          return { ...answer.file, cues };
        case 'unknown':
          return answer.file;
      }
    },
  });
}
