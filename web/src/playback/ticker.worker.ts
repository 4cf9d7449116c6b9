/** Ticks from a thread of its own: a hidden page's timers are slowed down, a worker's are not. */
let wake: ReturnType<typeof setTimeout> | undefined;

self.onmessage = ({ data }: MessageEvent<{ everyMs?: number; wakeInMs?: number }>) => {
  if (data.everyMs !== undefined) setInterval(() => self.postMessage('tick'), data.everyMs);
  if (data.wakeInMs !== undefined) {
    clearTimeout(wake);
    wake = setTimeout(() => self.postMessage('wake'), data.wakeInMs);
  }
};
