/** Reads a subtitle file: bytes to sorted cues, within bounds of size, number and time. */
import { readAss } from './ass';
import { CUES_MAX, type Cue, FILE_BYTES_MAX, type LeftOut, NOTHING_LEFT_OUT } from './cue';
import { type Encoding, decode } from './decode';
import { type SubtitleFormat, formatOf } from './format';
import { readTimedText } from './timed-text';

export interface ReadOptions {
  /** Languages of the browser, the first preferred. */
  languages: readonly string[];
  /** What the viewer has chosen instead of a guess. */
  encoding: Encoding | null;
  /** Size of the whole file; the bytes may be its beginning. */
  size: number;
}

export interface ReadFile {
  format: SubtitleFormat;
  encoding: Encoding;
  guessed: boolean;
  /** Sorted by their start. */
  cues: Cue[];
  leftOut: LeftOut;
}

/** A file that no reader reads. Its encoding may be the reason. */
export interface UnknownFile {
  format: null;
  encoding: Encoding;
  guessed: boolean;
}

/** Time after which the rest of a file is left out. */
export const READ_MS_MAX = 8_000;

export function readFile(bytes: Uint8Array, options: ReadOptions, now: () => number): ReadFile | UnknownFile {
  const until = now() + READ_MS_MAX;
  const read = bytes.subarray(0, FILE_BYTES_MAX);
  const { text, encoding, guessed } = decode(read, options.languages, options.encoding);
  const format = formatOf(text);
  if (format === null) return { format, encoding, guessed };
  const leftOut: LeftOut = { ...NOTHING_LEFT_OUT, bytes: Math.max(0, options.size - read.length) };
  const cues: Cue[] = [];
  for (const step of format === 'ass' ? readAss(text) : readTimedText(text)) {
    for (const cue of step.cues) cues.push(cue);
    leftOut.brokenTimes += step.brokenTimes;
    leftOut.longCues += step.longCues;
    leftOut.cues = cues.length > CUES_MAX;
    leftOut.slow = now() > until;
    if (leftOut.cues || leftOut.slow) break;
  }
  cues.length = Math.min(cues.length, CUES_MAX);
  cues.sort((a, b) => a.start - b.start || a.end - b.end);
  return { format, encoding, guessed, cues, leftOut };
}
