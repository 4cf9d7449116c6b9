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
