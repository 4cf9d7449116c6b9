/**
 * The programme time of a stream: which second of the broadcast a player shows at a position of its own
 * (docs/SYNC.md, "Live streams"; LS1, LS2). Times and positions are seconds; programme time counts from the epoch.
 */
import type { PlayerReading, ProgrammeTime, TimeSpan } from '../playback/controller-types';

/** A part of the stream without a jump of its clock: programme time = position + offset. */
export interface ProgrammeSpan extends TimeSpan {
  offset: number;
}

/** A segment of a playlist. */
export interface DatedSegment {
  start: number;
  duration: number;
  /** Counts the discontinuities before it. */
  cc: number;
  /** Programme time of its beginning, ms since the epoch; null while unknown. */
  programDateTime: number | null;
}

/** What a page could show of a live stream now. */
export interface LiveWindow extends TimeSpan {
  /** Best position for a room: all pages should have its data already. */
  aim: number;
  /** Data that has to lie ahead of a position. */
  reserve: number;
  /** Whether this page's view of the window is up to date; the window of a stalled page is not. */
  fresh: boolean;
  /** Whether the stream has only begun, so that nothing has left the window: `aim` may then lie before its start. */
  young: boolean;
}

/** Steps of the clock that are taken for inexact times of single segments. */
const JITTER_S = 0.2;
/** How long a delay must have been impossible before a host replaces it. */
const IMPOSSIBLE_MS = 6000;
/** Bound of the server (LS1). */
const DELAY_MAX_MS = 1e14;

function median(values: number[]): number {
  return values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

/**
 * Returns the spans of a playlist. Each has one offset, the median of its segments, because the times of segments may
 * be stamped inexactly.
 */
export function spansOf(segments: readonly DatedSegment[]): ProgrammeSpan[] {
  const spans: ProgrammeSpan[] = [];
  let offsets: number[] = [];
  let last: DatedSegment | null = null;
  for (const segment of segments) {
    const time = segment.programDateTime;
    if (time === null || !Number.isFinite(time)) continue;
    const offset = time / 1000 - segment.start;
    const before = offsets.at(-1);
    const span = spans.at(-1);
    const end = segment.start + segment.duration;
    if (span !== undefined && before !== undefined && last?.cc === segment.cc && Math.abs(offset - before) < JITTER_S) {
      offsets.push(offset);
      span.end = end;
    } else {
      if (span !== undefined) span.offset = median(offsets);
      offsets = [offset];
      spans.push({ start: segment.start, end, offset });
    }
    last = segment;
  }
  const open = spans.at(-1);
  if (open !== undefined) open.offset = median(offsets);
  return spans;
}

export class StreamProgramme implements ProgrammeTime {
  private impossibleSince: number | null = null;

  /**
   * @param spans the spans now, in the order of their positions; at least one
   * @param window the window now; null for a stream that is not live
   */
  constructor(
    private readonly spans: () => readonly ProgrammeSpan[],
    private readonly window: () => LiveWindow | null,
  ) {}

  /** Returns the programme time at a position; beyond the known spans that of the nearest one. */
  timeAt(position: number): number {
    const spans = this.spans();
    let found = spans[0];
    for (const span of spans) if (span.start <= position) found = span;
    return position + (found?.offset ?? 0);
  }

  /**
   * Returns the position that shows a programme time. Of two the later one counts, so that a clock that was set back
   * leads on; a time that the stream left out is shown where it continues.
   */
  positionOf(time: number): number {
    const spans = this.spans();
    const containing = spans.findLast(({ start, end, offset }) => time - offset >= start && time - offset < end);
    if (containing !== undefined) return time - containing.offset;
    const next = spans.find(({ start, offset }) => time < start + offset);
    const last = spans.at(-1);
    if (next === undefined) return time - (last?.offset ?? 0);
    return next === spans[0] ? time - next.offset : next.start;
  }

  translate(reading: PlayerReading): PlayerReading {
    const { position, duration, seekable, live } = reading;
    return {
      ...reading,
      position: this.timeAt(position),
      // An end, once the stream has one.
      duration: live === null && duration > 0 ? this.timeAt(duration) : 0,
      seekable: seekable?.flatMap((range) => this.timesOf(range)) ?? null,
      live: null,
    };
  }

  beginning(): number | null {
    const window = this.window();
    return window?.young === true ? this.timeAt(window.start) : null;
  }

  proposeDelay(serverMs: number, present: number | null): number | null {
    const window = this.window();
    const possible = window === null || !window.fresh || (present !== null && this.isWithin(window, (serverMs - present) / 1000));
    if (possible) {
      this.impossibleSince = null;
      return null;
    }
    this.impossibleSince ??= serverMs;
    if (present !== null && serverMs - this.impossibleSince < IMPOSSIBLE_MS) return null;
    this.impossibleSince = null;
    const delay = Math.round(serverMs - this.timeAt(window.aim) * 1000);
    return Math.abs(delay) <= DELAY_MAX_MS ? delay : null;
  }

  private isWithin({ start, end, aim, reserve, young }: LiveWindow, time: number): boolean {
    const position = this.positionOf(time);
    // The pages wait for the beginning of a young stream, but for no longer than its margin takes to fill.
    const first = young ? Math.min(start, aim - reserve) : start;
    return position >= first && position <= end - reserve;
  }

  /** Returns the programme times of a range of positions, without those that the stream left out. */
  private timesOf(range: TimeSpan): TimeSpan[] {
    const spans = this.spans();
    const times: TimeSpan[] = [];
    for (const [index, { start, offset }] of spans.entries()) {
      const from = index === 0 ? range.start : Math.max(range.start, start);
      const to = Math.min(range.end, spans[index + 1]?.start ?? range.end);
      if (from < to) times.push({ start: from + offset, end: to + offset });
    }
    return times;
  }
}
