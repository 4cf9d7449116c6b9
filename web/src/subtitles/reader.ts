/** Has a worker read a subtitle file. */
import type { Cue } from './cue';
import type { Encoding } from './decode';
import type { ReadFile, UnknownFile } from './read-file';
import type { WorkerPort, WorkerPorts } from './worker-port';

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

export function readInWorker(
  request: ReaderRequest,
  { startWorker, after }: WorkerPorts<ReaderRequest, ReaderAnswer>,
): Promise<ReadResult> {
  return new Promise((resolve) => {
    const cues: Cue[] = [];
    let worker: ReaderWorker | null = null;
    const end = (result: ReadResult) => {
      cancel();
      worker?.terminate();
      resolve(result);
    };
    const cancel = after(ANSWER_MS, () => end('failed'));
    try {
      worker = startWorker();
      worker.onerror = () => end('failed');
      worker.onmessage = ({ data }) => {
        switch (data.kind) {
          case 'cues':
            for (const cue of data.cues) cues.push(cue);
            return;
          case 'read':
            return end({ ...data.file, cues });
          case 'unknown':
            return end(data.file);
        }
      };
      worker.postMessage(request);
    } catch {
      end('failed');
    }
  });
}
