/** Recognises the format of a subtitle file by its content, because names lie. */

export type SubtitleFormat = 'srt' | 'vtt' | 'ass';

/** The start of a file that is searched, in characters. */
const SEARCHED = 256 * 1024;

const ARROW = /^[ \t]*-?\d[\d:.,; \t]{0,30}-{1,2}>/m;
const ASS = /^\[(?:Script Info|V4\+? Styles|Events)\]|^Dialogue[ \t]*:/im;

/** Returns the format, or null when the page cannot read it. */
export function formatOf(text: string): SubtitleFormat | null {
  const start = text.slice(0, SEARCHED);
  if (/^\s*WEBVTT(?:\s|$)/.test(start)) return 'vtt';
  if (ASS.test(start)) return 'ass';
  return ARROW.test(start) ? 'srt' : null;
}
