/**
 * Splits a message into emphasis, spoilers, links and mentions. Marks are flat: one inside of another, or without its
 * partner, is text. The time grows with the length of the text only.
 */
import type { Mentions } from './mentions';
import { LINK, type TextPiece, splitLinks } from './message-links';

export type Mark = 'bold' | 'italic' | 'code' | 'spoiler';
export type InlinePiece = TextPiece | { kind: 'mention'; text: string; me: boolean };
/** `text` is as it was written, with its marks. */
export type ChatPiece = InlinePiece | { kind: Mark; text: string; pieces: InlinePiece[] };

type Sign = '`' | '||' | '**' | '*' | '_';

const KINDS: Record<Sign, Mark> = { '`': 'code', '||': 'spoiler', '**': 'bold', '*': 'italic', _: 'italic' };
const SIGNS = /`|\|\||\*+|_+/g;
const SIGNS_OR_LINKS = new RegExp(`${LINK.source}|${SIGNS.source}`, 'gi');
const WORD = /[\p{L}\p{N}]/u;
const ASCII_WORD = /[0-9a-z]/i;

/** Whether the characters around a sign make it part of a word, as in `snake_case` and `2*3`. */
function inWord(sign: Sign, beside: string): boolean {
  return (sign === '_' && WORD.test(beside)) || (sign === '*' && ASCII_WORD.test(beside));
}

function isBlank(char: string): boolean {
  return char.trim() === '';
}

function opens(sign: Sign, text: string, at: number): boolean {
  if (sign === '`' || sign === '||') return true;
  return !isBlank(text.charAt(at + sign.length)) && !inWord(sign, text.charAt(at - 1));
}

function closes(sign: Sign, text: string, at: number): boolean {
  if (sign === '`' || sign === '||') return true;
  return !isBlank(text.charAt(at - 1)) && !inWord(sign, text.charAt(at + sign.length));
}

/** Finds the partner of an opening sign. Positions are asked for in rising order, so each is passed once. */
class Partners {
  private readonly closing: Record<Sign, number[]> = { '`': [], '||': [], '**': [], '*': [], _: [] };
  private readonly lines: number[] = [];
  private readonly next: Record<Sign | 'line', number> = { '`': 0, '||': 0, '**': 0, '*': 0, _: 0, line: 0 };

  constructor(private readonly text: string) {
    for (const { 0: sign, index } of text.matchAll(SIGNS))
      if (isSign(sign) && closes(sign, text, index)) this.closing[sign].push(index);
    for (const { index } of text.matchAll(/\n/g)) this.lines.push(index);
  }

  /** Returns where the partner begins; null without one. */
  of(sign: Sign, at: number): number | null {
    if (!opens(sign, this.text, at)) return null;
    const from = at + sign.length;
    const partner = this.first(this.closing[sign], sign, from);
    if (partner === undefined || partner === from) return null;
    const line = this.first(this.lines, 'line', from);
    return KINDS[sign] !== 'spoiler' && line !== undefined && line < partner ? null : partner;
  }

  private first(positions: number[], which: Sign | 'line', from: number): number | undefined {
    while ((positions[this.next[which]] ?? Infinity) < from) this.next[which]++;
    return positions[this.next[which]];
  }
}

function isSign(found: string): found is Sign {
  return Object.hasOwn(KINDS, found);
}

/** @param mentions finds members' names; null when nobody is to be found */
export function splitMarks(text: string, mentions: Mentions | null): ChatPiece[] {
  const partners = new Partners(text);
  const pieces: ChatPiece[] = [];
  let from = 0;
  SIGNS_OR_LINKS.lastIndex = 0;
  for (let match = SIGNS_OR_LINKS.exec(text); match !== null; match = SIGNS_OR_LINKS.exec(text)) {
    const { 0: sign, index } = match;
    const partner = isSign(sign) ? partners.of(sign, index) : null;
    if (!isSign(sign) || partner === null) continue;
    const end = partner + sign.length;
    const inner = text.slice(index + sign.length, partner);
    const kind = KINDS[sign];
    pieces.push(...splitInline(text.slice(from, index), mentions), {
      kind,
      text: text.slice(index, end),
      pieces: kind === 'code' ? [{ kind: 'text', text: inner }] : splitInline(inner, mentions),
    });
    from = end;
    SIGNS_OR_LINKS.lastIndex = end;
  }
  pieces.push(...splitInline(text.slice(from), mentions));
  return pieces;
}

function splitInline(text: string, mentions: Mentions | null): InlinePiece[] {
  return splitLinks(text).flatMap((piece): InlinePiece[] =>
    piece.kind === 'text' && mentions !== null ? mentions.split(piece.text) : [piece],
  );
}

/** What stands for a spoiler where it cannot be revealed. */
export const SPOILER_HIDDEN = '[spoiler]';

/** Returns the text as it is read: without marks, and without what spoilers hide. */
export function plainText(text: string): string {
  return splitMarks(text, null)
    .map((piece) => {
      if (piece.kind === 'spoiler') return SPOILER_HIDDEN;
      return 'pieces' in piece ? piece.pieces.map((inner) => inner.text).join('') : piece.text;
    })
    .join('');
}

/** Returns whether the text mentions this viewer. */
export function mentionsMe(text: string, mentions: Mentions): boolean {
  if (!text.includes('@')) return false;
  const isMe = (piece: ChatPiece) => piece.kind === 'mention' && piece.me;
  return splitMarks(text, mentions).some((piece) => isMe(piece) || ('pieces' in piece && piece.pieces.some(isMe)));
}

const QUOTE_MAX = 120;

/** Returns the beginning of a message as the server quotes it; a cut inside of a spoiler ends that. */
export function quoteOf(text: string): string {
  if (text.length <= QUOTE_MAX) return text;
  const cut = text.slice(0, QUOTE_MAX).replace(/[\uD800-\uDBFF]$/, '');
  return (cut.match(/\|\|/g) ?? []).length % 2 === 0 ? cut : `${cut}||`;
}
