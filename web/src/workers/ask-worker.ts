/** Has a worker answer one request, and ends it. */

/** The used part of a worker, so that tests can stand in for it. */
export interface WorkerPort<Request, Answer> {
  onmessage: ((event: MessageEvent<Answer>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
  postMessage(request: Request): void;
  terminate(): void;
}

export interface WorkerPorts<Request, Answer> {
  startWorker(): WorkerPort<Request, Answer>;
  after(ms: number, run: () => void): () => void;
}

/** How the messages of a worker become a result. */
export interface WorkerTask<Answer, Result> {
  /** Time limit for the result. */
  withinMs: number;
  /** The result of a worker that fails, gives none in time, or cannot be started. */
  failed: Result;
  /** Returns the result; undefined while more messages follow. */
  resultOf(answer: Answer): Result | undefined;
}

export function askWorker<Request, Answer, Result>(
  request: Request,
  { startWorker, after }: WorkerPorts<Request, Answer>,
  { withinMs, failed, resultOf }: WorkerTask<Answer, Result>,
): Promise<Result> {
  return new Promise((resolve) => {
    let worker: WorkerPort<Request, Answer> | null = null;
    const end = (result: Result) => {
      cancel();
      worker?.terminate();
      resolve(result);
    };
    const cancel = after(withinMs, () => end(failed));
    try {
      worker = startWorker();
      worker.onerror = () => end(failed);
      worker.onmessage = ({ data }) => {
        const result = resultOf(data);
        if (result !== undefined) end(result);
      };
      worker.postMessage(request);
    } catch {
      end(failed);
    }
  });
}
