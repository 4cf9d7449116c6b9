/** Reads a text line by line without a copy of all lines. */
import { LINE_CHARS_MAX } from './cue';

/** Yields the lines of a text, whatever ends them: CR LF, LF or CR. Long lines are cut. */
export function* linesOf(text: string): Generator<string> {
  const next = (mark: string, from: number) => {
    const found = text.indexOf(mark, from);
    return found === -1 ? text.length : found;
  };
  // Kept between lines, because a text may have only one of the two.
  let cr = next('\r', 0);
  let lf = next('\n', 0);
  for (let at = 0; at < text.length;) {
    if (cr < at) cr = next('\r', at);
    if (lf < at) lf = next('\n', at);
    const end = Math.min(cr, lf);
    yield text.slice(at, Math.min(end, at + LINE_CHARS_MAX));
    at = end + (cr + 1 === lf ? 2 : 1);
  }
}
