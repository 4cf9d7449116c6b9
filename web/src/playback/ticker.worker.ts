/** Timers in a worker, because browsers slow down the timers of hidden pages. */
let wake: ReturnType<typeof setTimeout> | undefined;

self.onmessage = ({ data }: MessageEvent<{ everyMs?: number; wakeInMs?: number }>) => {
  if (data.everyMs !== undefined) setInterval(() => self.postMessage('tick'), data.everyMs);
  if (data.wakeInMs !== undefined) {
    clearTimeout(wake);
    wake = setTimeout(() => self.postMessage('wake'), data.wakeInMs);
  }
};
