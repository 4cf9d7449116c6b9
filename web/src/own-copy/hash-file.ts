/** Has a worker hash a file. */
import type { WorkerPort, WorkerPorts } from '../subtitles/worker-port';
import type { Hashes } from './local-link';

/** `hashes` is null when the file cannot be read. */
export interface HashAnswer {
  hashes: Hashes | null;
}

export type HashWorker = WorkerPort<Blob, HashAnswer>;

/** A file in the cloud or on a sleeping disk takes its time. */
const ANSWER_MS = 60_000;

export function startHashWorker(): HashWorker {
  return new Worker(new URL('./hash.worker.ts', import.meta.url), { type: 'module' });
}

/** Returns the hashes of a file; null when it cannot be read. */
export function hashFile(file: Blob, { startWorker, after }: WorkerPorts<Blob, HashAnswer>): Promise<Hashes | null> {
  return new Promise((resolve) => {
    let worker: HashWorker | null = null;
    const end = (hashes: Hashes | null) => {
      cancel();
      worker?.terminate();
      resolve(hashes);
    };
    const cancel = after(ANSWER_MS, () => end(null));
    try {
      worker = startWorker();
      worker.onerror = () => end(null);
      worker.onmessage = ({ data }) => end(data.hashes);
      worker.postMessage(file);
    } catch {
      end(null);
    }
  });
}
