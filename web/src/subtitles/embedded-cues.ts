/** Cues of a film's own text tracks, in the form of the page. */
import { CUES_MAX, type Cue, type CueAlign, type CuePlace, SHOWN_MAX, cutLines } from './cue';
import { readMarkup } from './markup';
import { placeOfShare, readSettings } from './timed-text';

/** The used part of a browser's cue. dash.js adds the document of a TTML cue, which has no text. */
export interface EmbeddedCue {
  readonly startTime: number;
  readonly endTime: number;
  readonly text?: string;
  readonly line?: number | 'auto';
  readonly snapToLines?: boolean;
  readonly align?: string;
  readonly isd?: TtmlNode;
}

export interface TtmlNode {
  readonly kind?: string;
  readonly text?: string;
  readonly contents?: readonly TtmlNode[];
}

const CHARS_READ = 8_000;
const DEPTH_MAX = 16;

export class EmbeddedCues {
  private readonly known = new WeakMap<EmbeddedCue, Cue>();

  /** Returns the cues of a moment among those that the player has loaded, in the order of their start. */
  activeAt(cues: Iterable<EmbeddedCue>, time: number): Cue[] {
    const active: Cue[] = [];
    let seen = 0;
    for (const cue of cues) {
      if (++seen > CUES_MAX) break;
      if (cue.startTime <= time && cue.endTime > time) active.push(this.cueOf(cue));
    }
    active.sort((a, b) => a.start - b.start);
    return active.filter((cue) => cue.lines.length > 0).slice(-SHOWN_MAX);
  }

  private cueOf(raw: EmbeddedCue): Cue {
    let cue = this.known.get(raw);
    if (cue === undefined) {
      const { lines } = cutLines(readMarkup(textOf(raw).slice(0, CHARS_READ)).lines);
      cue = { start: raw.startTime, end: raw.endTime, lines, ...positionOf(raw) };
      this.known.set(raw, cue);
    }
    return cue;
  }
}

function positionOf({ line, snapToLines, align }: EmbeddedCue): { place: CuePlace; align: CueAlign } {
  if (typeof line === 'number' && snapToLines === false) {
    return { place: placeOfShare(line / 100), align: readSettings(`align:${align}`).align };
  }
  return readSettings(`line:${line} align:${align}`);
}

/** Returns the text of a cue. The text of a TTML cue is plain, so its brackets are no tags. */
function textOf({ text, isd }: EmbeddedCue): string {
  if (isd === undefined) return text ?? '';
  return ttmlText(isd, 0).replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}

function ttmlText(node: TtmlNode, depth: number): string {
  if (node.kind === 'br') return '\n';
  if (depth > DEPTH_MAX) return '';
  const inner = (node.contents ?? []).map((child) => ttmlText(child, depth + 1)).join('');
  return (node.text ?? '') + inner + (node.kind === 'p' ? '\n' : '');
}
