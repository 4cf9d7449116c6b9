/**
 * Position reports of a YouTube player with the time of each reading, sent as messages. They are undocumented, so other
 * messages are ignored, and callers fall back to `getCurrentTime`, which may be a second old.
 */
import { type PositionReport, PositionReports } from './position-reports';

const ORIGINS = new Set(['https://www.youtube.com', 'https://www.youtube-nocookie.com']);
const OLD_MS = 1500;
const CLOCKS_APART_MS = 50;

export interface ReportClocks {
  /** Local monotonic time, ms. */
  now(): number;
  /** Wall clock, ms, which the frame uses for its readings. Only differences of it are used. */
  wall(): number;
}

/** Parses one message; null when it has no position, or a time that is too old or in the future. */
export function parsePositionReport(data: unknown, clocks: ReportClocks): PositionReport | null {
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

/** The position reports of one frame. */
export class YoutubeClock {
  private readonly reports: PositionReports;
  private readonly listener = (event: MessageEvent) => this.onMessage(event);

  constructor(
    private readonly frame: () => MessageEventSource | null,
    // eslint-disable-next-line no-restricted-properties -- the frame tells its readings by the wall clock
    private readonly clocks: ReportClocks = { now: () => performance.now(), wall: () => Date.now() },
  ) {
    this.reports = new PositionReports(() => clocks.now());
    window.addEventListener('message', this.listener);
  }

  /** Whether this player has reported a position. */
  get isReporting(): boolean {
    return this.reports.isReporting;
  }

  get fresh(): PositionReport | null {
    return this.reports.latest;
  }

  /** Discards the reports, because the player was sought, started or paused. */
  clear(): void {
    this.reports.clear();
  }

  stop(): void {
    window.removeEventListener('message', this.listener);
  }

  private onMessage(event: MessageEvent): void {
    if (!ORIGINS.has(event.origin) || event.source === null || event.source !== this.frame()) return;
    const report = parsePositionReport(event.data, this.clocks);
    if (report !== null) this.reports.add(report);
  }
}
