/**
 * Reads the markup of SRT and WebVTT cues. A closed list of tags gives spans their look. All other tags are removed,
 * and the rest is text, so that nothing of a file becomes an element of the page.
 */
import { colorOf } from './colors';
import type { CueAlign, CueColor, CueLine, CuePlace, CueSpan } from './cue';

/** Tags, override tags that other programs write into SRT files, entities and ends of lines. */
const TOKEN = /<(\/?)([a-z][a-z\d]*)([^<>]*)>|<\d[\d:.]*>|\{\\([^{}]*)\}|&(#?[a-z\d]{1,8});|\n/gi;
const ENTITIES: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: '\u00a0',
  lrm: '\u200e',
  rlm: '\u200f',
};
/** Characters that draw nothing, except tab and those that direct the text. */
// eslint-disable-next-line no-control-regex -- removing them is the purpose
const CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\ufffe\uffff]/g;

const STYLE_TAGS: Record<string, 'bold' | 'italic' | 'underline'> = {
  b: 'bold',
  strong: 'bold',
  i: 'italic',
  em: 'italic',
  u: 'underline',
};
const STYLES = ['bold', 'italic', 'underline'] as const;

export interface Marked {
  lines: CueLine[];
  place: CuePlace;
  align: CueAlign | null;
}

/** Removes characters without a picture. */
export function cleanText(text: string): string {
  return text.replace(CONTROLS, '');
}

/** Appends a text to a line, to its last span where that has the same look. */
export function addSpan(line: CueLine, span: CueSpan): void {
  if (span.text === '') return;
  const last = line.at(-1);
  const same =
    last !== undefined &&
    last.ruby === undefined &&
    last.color === span.color &&
    STYLES.every((style) => last[style] === span[style]);
  if (same) last.text += span.text;
  else line.push(span);
}

/** Returns the lines that have text, without space around them. */
export function trimLines(lines: CueLine[]): CueLine[] {
  const kept: CueLine[] = [];
  for (const line of lines) {
    const first = line[0];
    if (first !== undefined) first.text = first.text.trimStart();
    const last = line.at(-1);
    if (last !== undefined) last.text = last.text.trimEnd();
    const spans = line.filter((span) => span.text !== '');
    if (spans.some((span) => span.text.trim() !== '')) kept.push(spans);
  }
  return kept;
}

/** Returns the place of an alignment as on a numeric keypad: 7 is top left. */
export function placeOfAlignment(number: number): { place: CuePlace; align: CueAlign } {
  const place = number >= 7 ? 'top' : number >= 4 ? 'middle' : null;
  return { place, align: (['start', 'center', 'end'] as const)[(number - 1) % 3] ?? 'center' };
}

/** Reads the text of a cue. */
export function readMarkup(text: string): Marked {
  const reader = new MarkupReader();
  let at = 0;
  for (const token of text.matchAll(TOKEN)) {
    reader.text(text.slice(at, token.index));
    reader.token(token);
    at = token.index + token[0].length;
  }
  reader.text(text.slice(at));
  return { lines: trimLines(reader.lines), place: reader.place, align: reader.align };
}

class MarkupReader {
  readonly lines: CueLine[] = [[]];
  place: CuePlace = null;
  align: CueAlign | null = null;
  /** Open tags of each style, counted, because files close them in any order. */
  private readonly open = { bold: 0, italic: 0, underline: 0 };
  private readonly colors: (CueColor | undefined)[] = [];
  private reading = false;
  /** Whether the next text begins a span, because readings belong to one. */
  private fresh = false;

  text(raw: string): void {
    const text = cleanText(raw);
    const line = this.lines.at(-1)!;
    const last = line.at(-1);
    if (this.reading && last !== undefined) {
      last.ruby = (last.ruby ?? '') + text;
      return;
    }
    const span: CueSpan = { text };
    for (const style of STYLES) if (this.open[style] > 0) span[style] = true;
    const color = this.colors.at(-1);
    if (color !== undefined) span.color = color;
    if (!this.fresh) addSpan(line, span);
    else if (text !== '') line.push(span);
    this.fresh &&= text === '';
  }

  token([whole, slash, tag, rest = '', override, entity]: RegExpExecArray): void {
    if (whole === '\n') this.lines.push([]);
    else if (override !== undefined) this.override(override);
    else if (entity !== undefined) this.text(entityText(entity) ?? whole);
    else if (tag !== undefined) this.tag(tag.toLowerCase(), slash === '/', rest);
  }

  private tag(name: string, closing: boolean, rest: string): void {
    const style = Object.hasOwn(STYLE_TAGS, name) ? STYLE_TAGS[name] : undefined;
    if (style !== undefined) {
      this.open[style] = Math.max(0, this.open[style] + (closing ? -1 : 1));
    } else if (name === 'font' || name === 'c') {
      if (closing) this.colors.pop();
      else this.colors.push(tagColor(name, rest) ?? this.colors.at(-1));
    } else if (name === 'rt') {
      this.reading = !closing;
    } else if (name === 'ruby') {
      this.reading = false;
      this.fresh = true;
    } else if (name === 'br' || (name === 'p' && closing)) {
      this.lines.push([]);
    }
  }

  /** Reads the few override tags that SRT files have: styles, colour and alignment. */
  private override(tags: string): void {
    for (const tag of tags.split('\\')) {
      const style = /^([biu])([01])$/.exec(tag);
      if (style !== null) this.open[STYLE_TAGS[style[1]!]!] = Number(style[2]);
      const alignment = /^an([1-9])$/.exec(tag);
      if (alignment !== null) ({ place: this.place, align: this.align } = placeOfAlignment(Number(alignment[1])));
    }
  }
}

function tagColor(name: string, rest: string): CueColor | undefined {
  if (name === 'font') return colorOf(/\bcolor\s{0,3}=\s{0,3}["']?([#\w]{1,20})/i.exec(rest)?.[1] ?? '');
  return rest
    .split(/[.\s]/, 8)
    .map(colorOf)
    .find((color) => color !== undefined);
}

function entityText(name: string): string | null {
  const lower = name.toLowerCase();
  if (Object.hasOwn(ENTITIES, lower)) return ENTITIES[lower]!;
  const code = lower.startsWith('#x')
    ? Number.parseInt(lower.slice(2), 16)
    : lower.startsWith('#')
      ? Number(lower.slice(1))
      : NaN;
  const isCharacter = code > 31 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
  return isCharacter ? String.fromCodePoint(code) : null;
}
