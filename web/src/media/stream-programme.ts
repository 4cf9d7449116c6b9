/** Programme time as the streaming libraries and the browser's own player tell it. */
import type { ProgrammeTime } from '../playback/controller-types';
import type { HlsDetails, HlsEngine } from './hls-engine';
import { type LiveWindow, type ProgrammeSpan, StreamProgramme, spansOf } from './programme-time';
import { type DashEngine, dashEdge, isBroadcast } from './stream-settings';

/** A playlist that has not grown for so many segments is no longer known. */
const STALE_SEGMENTS = 2;
/** Distance from the end of the window at which a room plays where nothing tells the length of segments. */
const NATIVE_DELAY_S = 12;
const NATIVE_RESERVE_S = 3;
const NATIVE_STALE_MS = 15_000;
/** Segments behind the edge that a DASH stream is played at least, when its manifest suggests less. */
const DASH_HOLD_SEGMENTS = 3;
/** The end of a DASH window is that of the clock; the last segment before it may not be there yet. */
const DASH_RESERVE_SEGMENTS = 2;
const DASH_SEGMENT_S = 2;

/**
 * Returns the position for a room: a segment before the one that a page would take for itself, because others may load
 * the playlist later; in a short window half of what is left. A short window of a young stream becomes longer: the room
 * waits for it, because without a margin it would run dry with every segment.
 */
function aimOf(start: number, own: number, segment: number, young: boolean): number {
  return young ? own - segment : Math.max(own - segment, (Math.max(start, own) + start) / 2);
}

type ProgrammeReader = () => ProgrammeTime | null;

function hlsWindow(details: HlsDetails, { liveSyncPosition, targetLatency }: HlsEngine): LiveWindow | null {
  const { fragments, live, startSN, edge, age, targetduration } = details;
  const start = fragments[0]?.start;
  if (!live || start === undefined || liveSyncPosition === null) return null;
  const young = startSN === 0;
  // The library's own position is never before the window.
  const own = young && targetLatency !== null ? Math.min(liveSyncPosition, edge - targetLatency) : liveSyncPosition;
  const aim = aimOf(start, own, targetduration, young);
  return { start, end: edge, aim, reserve: targetduration, fresh: age <= STALE_SEGMENTS * targetduration, young };
}

/** Returns a reader of the times in the playlist. They are read anew whenever the library has moved its segments. */
export function hlsProgramme(engine: HlsEngine): ProgrammeReader {
  let spans: ProgrammeSpan[] | null = null;
  const current = () => (spans ??= spansOf(engine.latestLevelDetails?.fragments ?? []));
  const forget = () => (spans = null);
  engine.on('hlsLevelUpdated', forget);
  engine.on('hlsLevelPtsUpdated', forget);
  const programme = new StreamProgramme(current, () => {
    const details = engine.latestLevelDetails;
    return details === null ? null : hlsWindow(details, engine);
  });
  return () => (current().length > 0 ? programme : null);
}

/** The browser's own player of HLS. */
export interface DatedMedia {
  readonly seekable: TimeRanges;
  readonly duration: number;
  /** Returns the programme time of position 0, as far as the player is now; an invalid date without one. */
  getStartDate?(): Date;
}

/** Returns a reader of the start date, which moves with discontinuities. */
export function nativeProgramme(media: DatedMedia, now: () => number): ProgrammeReader {
  let end = Number.NaN;
  let grownAt = Number.NEGATIVE_INFINITY;
  const range = () => {
    const { seekable } = media;
    const last = seekable.length - 1;
    return last < 0 ? { start: 0, end: 0 } : { start: seekable.start(0), end: seekable.end(last) };
  };
  const startS = () => (media.getStartDate?.().getTime() ?? Number.NaN) / 1000;
  const programme = new StreamProgramme(
    () => [{ ...range(), offset: startS() }],
    () => {
      const seekable = range();
      if (Number.isFinite(media.duration)) return null;
      if (seekable.end !== end) grownAt = now();
      end = seekable.end;
      const young = seekable.start === 0;
      const aim = young ? end - NATIVE_DELAY_S : Math.max(end - NATIVE_DELAY_S, (seekable.start + end) / 2);
      return { ...seekable, aim, reserve: NATIVE_RESERVE_S, fresh: now() - grownAt < NATIVE_STALE_MS, young };
    },
  );
  return () => (Number.isFinite(startS()) ? programme : null);
}

/** Returns a reader of the time at which the presentation became available. It stays known when the stream has ended. */
export function dashProgramme(engine: DashEngine): ProgrammeReader {
  let span: ProgrammeSpan | null = null;
  const current = () => {
    const { start, end, startAsUtc } = (isBroadcast(engine) ? engine.getDvrWindow() : null) ?? {};
    if (start !== undefined && end !== undefined && startAsUtc !== undefined && Number.isFinite(startAsUtc)) {
      span = { start, end, offset: startAsUtc - start };
    }
    return span;
  };
  const programme = new StreamProgramme(
    () => (span === null ? [] : [span]),
    () => {
      const edge = dashEdge(engine);
      if (edge === null || span === null) return null;
      const { start, end } = span;
      const segment = engine.getManifest()?.maxSegmentDuration ?? DASH_SEGMENT_S;
      const young = start === 0;
      const own = Math.min(edge, end - DASH_HOLD_SEGMENTS * segment);
      const aim = aimOf(start, own, segment, young);
      // The library derives the window from the clock, so that it is never out of date.
      return { start, end, aim, reserve: DASH_RESERVE_SEGMENTS * segment, fresh: true, young };
    },
  );
  return () => (current() === null ? null : programme);
}
