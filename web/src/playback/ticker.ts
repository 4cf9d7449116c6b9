/** Calls a function at regular intervals from a worker, or from timers where workers are refused. */
export interface Ticker {
  wakeIn(ms: number): void;
  stop(): void;
}

export function startTicker(everyMs: number, onTick: () => void): Ticker {
  try {
    const worker = new Worker(new URL('./ticker.worker.ts', import.meta.url), { type: 'module' });
    worker.onmessage = onTick;
    worker.postMessage({ everyMs });
    return { wakeIn: (ms) => worker.postMessage({ wakeInMs: ms }), stop: () => worker.terminate() };
  } catch {
    const timer = window.setInterval(onTick, everyMs);
    let wake = 0;
    return {
      wakeIn: (ms) => {
        window.clearTimeout(wake);
        wake = window.setTimeout(onTick, ms);
      },
      stop: () => {
        window.clearInterval(timer);
        window.clearTimeout(wake);
      },
    };
  }
}
