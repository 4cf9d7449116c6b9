/** Has a worker hash a file. */
import { type WorkerPort, type WorkerPorts, askWorker } from '../workers/ask-worker';
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
export function hashFile(file: Blob, ports: WorkerPorts<Blob, HashAnswer>): Promise<Hashes | null> {
  return askWorker<Blob, HashAnswer, Hashes | null>(file, ports, {
    withinMs: ANSWER_MS,
    failed: null,
    resultOf: ({ hashes }) => hashes,
  });
}
