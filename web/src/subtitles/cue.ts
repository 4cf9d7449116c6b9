/** Cues as the page shows them, and the bounds of a subtitle file. */

/** The colours that a file may choose. */
export const COLORS = ['white', 'yellow', 'lime', 'cyan', 'red', 'magenta', 'blue'] as const;
export type CueColor = (typeof COLORS)[number];

/** A run of text of one look. The text is plain: whatever markup a file has besides these has been removed. */
export interface CueSpan {
  text: string;
  bold?: true;
  italic?: true;
  underline?: true;
  color?: CueColor;
  /** Reading of the text, shown above it. */
  ruby?: string;
}

export type CueLine = CueSpan[];
/** The third of the picture in which a cue stands; null leaves it to the viewer. */
export type CuePlace = 'top' | 'middle' | 'bottom' | null;
export type CueAlign = 'start' | 'center' | 'end';

export interface Cue {
  /** Film time, s. */
  start: number;
  end: number;
  lines: CueLine[];
  place: CuePlace;
  align: CueAlign;
}

export const FILE_BYTES_MAX = 10 * 1024 * 1024;
export const CUES_MAX = 20_000;
export const CUE_CHARS_MAX = 2_000;
/** A line of a file is cut here. Longer ones are override tags and drawings. */
export const LINE_CHARS_MAX = 8_000;
/** No film is longer. */
export const TIME_MAX_S = 100 * 3600;
/** Cues that are shown at the same time. */
export const SHOWN_MAX = 8;

/** What was left out of a file. */
export interface LeftOut {
  /** Bytes after the end of what is read. */
  bytes: number;
  /** Whether cues follow after the last one that is kept. */
  cues: boolean;
  /** Cues with times that are broken, negative or without length. */
  brokenTimes: number;
  /** Cues of which the end was cut. */
  longCues: number;
  /** Whether the file took too long, so that its rest was not read. */
  slow: boolean;
}

export const NOTHING_LEFT_OUT: LeftOut = { bytes: 0, cues: false, brokenTimes: 0, longCues: 0, slow: false };

/** Returns whether times may belong to a film. */
export function areSane(start: number, end: number): boolean {
  // Written so that NaN is not sane.
  return start >= 0 && end > start && end <= TIME_MAX_S;
}

/** Returns the lines of a cue up to the bound, and whether it was cut. */
export function cutLines(lines: CueLine[]): { lines: CueLine[]; cut: boolean } {
  let left = CUE_CHARS_MAX;
  const kept: CueLine[] = [];
  for (const line of lines) {
    const spans: CueLine = [];
    for (const span of line) {
      const size = span.text.length + (span.ruby?.length ?? 0);
      if (size <= left) {
        spans.push(span);
      } else {
        const cut = { ...span, text: cutText(span.text, left) };
        delete cut.ruby;
        if (cut.text !== '') spans.push(cut);
        return { lines: spans.length > 0 ? [...kept, spans] : kept, cut: true };
      }
      left -= size;
    }
    kept.push(spans);
  }
  return { lines: kept, cut: false };
}

/** Cuts a text without dividing a surrogate pair. */
function cutText(text: string, length: number): string {
  const last = text.charCodeAt(length - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? length - 1 : length);
}
