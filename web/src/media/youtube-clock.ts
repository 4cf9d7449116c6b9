/**
 * Where a YouTube film was, and when: the player tells its page so by message, with the time of the reading. That is not
 * documented, so whatever does not look like it is ignored, and who asks falls back to `getCurrentTime`, which may be a second old.
 */
const ORIGINS = new Set(['https://www.youtube.com', 'https://www.youtube-nocookie.com']);
const OLD_MS = 1500;
const CLOCKS_APART_MS = 50;

export interface Delivery {
  /** Seconds into the film. */
  position: number;
  /** Local time of the reading, ms. */
  at: number;
}

export interface DeliveryClocks {
  /** Local monotonic time, ms. */
  now(): number;
  /** The machine's wall clock, ms: the frame tells its readings by it. Only the difference of two looks at it is used. */
  wall(): number;
}

/** Reads one message; null when it tells no position, or one too old or from the future to be true. */
export function readDelivery(data: unknown, clocks: DeliveryClocks): Delivery | null {
  const message = parse(data);
  if (message?.event !== 'infoDelivery' && message?.event !== 'initialDelivery') return null;
  const { currentTime, currentTimeLastUpdated_: readAt } = message.info ?? {};
  if (typeof currentTime !== 'number' || typeof readAt !== 'number' || !(currentTime >= 0)) return null;
  const age = clocks.wall() - readAt * 1000;
  if (!(age > -CLOCKS_APART_MS && age < OLD_MS)) return null;
  return { position: currentTime, at: clocks.now() - Math.max(0, age) };
}

interface Message {
  event?: unknown;
  info?: { currentTime?: unknown; currentTimeLastUpdated_?: unknown } | null;
}

function parse(data: unknown): Message | null {
  if (typeof data !== 'string') return null;
  try {
    const value: unknown = JSON.parse(data);
    return typeof value === 'object' && value !== null ? value : null;
  } catch {
    return null;
  }
}

/** The last delivery of one frame, as long as it is fresh. */
export class YoutubeClock {
  private last: Delivery | null = null;
  private heard = false;
  private readonly listener = (event: MessageEvent) => this.take(event);

  constructor(
    private readonly frame: () => MessageEventSource | null,
    // eslint-disable-next-line no-restricted-properties -- the frame tells its readings by the wall clock
    private readonly clocks: DeliveryClocks = { now: () => performance.now(), wall: () => Date.now() },
  ) {
    window.addEventListener('message', this.listener);
  }

  /** Whether this player tells its time at all. */
  get works(): boolean {
    return this.heard;
  }

  get fresh(): Delivery | null {
    return this.last !== null && this.clocks.now() - this.last.at < OLD_MS ? this.last : null;
  }

  /** The player was moved, started or stopped: what was told before is void. */
  clear(): void {
    this.last = null;
  }

  stop(): void {
    window.removeEventListener('message', this.listener);
  }

  private take(event: MessageEvent): void {
    if (!ORIGINS.has(event.origin) || event.source === null || event.source !== this.frame()) return;
    const told = readDelivery(event.data, this.clocks);
    if (told === null) return;
    this.last = told;
    this.heard = true;
  }
}
