/** Reads the line of a cue's times, also as careless programs write it. */

export interface Timing {
  start: number;
  /** NaN when it cannot be read. */
  end: number;
  /** WebVTT settings after the times. */
  settings: string;
}

/** One to three numbers and a fraction after a dot, a comma or a colon. The sign is read, because such a cue is broken. */
const TIME = /^(-?)(?:(\d{1,6})[ \t]*:)?[ \t]*(\d{1,6})[ \t]*:[ \t]*(\d{1,6})(?:[ \t]*[.,:;][ \t]*(\d{1,9}))?$/;
const ARROW = /-{1,2}[ \t]?>/;
const MAYBE_TIMING = /^[^A-Za-z<>]*-{1,2}[ \t]?>/;

/** Returns the times of a line; null for a line that has no arrow between times. */
export function readTiming(line: string): Timing | null {
  const text = line.trim();
  // A cheap test first: most lines of a file are text.
  if (!MAYBE_TIMING.test(text)) return null;
  const arrow = ARROW.exec(text)!;
  const start = readTime(text.slice(0, arrow.index));
  if (start === null) return null;
  const after = text.slice(arrow.index + arrow[0].length).trimStart();
  const ends = /^(-?[\d:.,;]+(?:[ \t]?[.,][ \t]?\d{1,3}(?=\s|$))?)(?:[ \t]+(.*))?$/.exec(after);
  return { start, end: readTime(ends?.[1] ?? '') ?? Number.NaN, settings: ends?.[2] ?? '' };
}

/** Returns a time in seconds, or null. */
export function readTime(text: string): number | null {
  const parts = TIME.exec(text.trim());
  if (parts === null) return null;
  const [, sign, hours = '0', minutes = '0', seconds = '0', fraction = '0'] = parts;
  const time = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds) + Number(`0.${fraction}`);
  return sign === '-' ? -time : time;
}
