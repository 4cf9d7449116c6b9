/** Mentions of members: `@` and a name, which may have spaces and letters of any script. */
import type { InlinePiece } from './message-marks';

const WORD = /[\p{L}\p{N}\p{M}_]/u;

/** Returns the text in lower case with the same length. */
function lower(text: string): string {
  const all = text.toLowerCase();
  if (all.length === text.length) return all;
  return [...text].map((char) => (char.toLowerCase().length === char.length ? char.toLowerCase() : char)).join('');
}

/** The names that can be mentioned. */
export class Mentions {
  /** In lower case by their first character, longest first: "Ana Maria" before "Ana". */
  private readonly names = new Map<string, string[]>();
  private readonly me: string | null;

  constructor(names: readonly string[], me: string | null) {
    this.me = me === null ? null : lower(me);
    for (const name of new Set(names.map(lower))) {
      const first = name.charAt(0);
      this.names.set(first, [...(this.names.get(first) ?? []), name]);
    }
    for (const same of this.names.values()) same.sort((a, b) => b.length - a.length);
  }

  split(text: string): InlinePiece[] {
    const pieces: InlinePiece[] = [];
    const folded = lower(text);
    let from = 0;
    for (let at = folded.indexOf('@'); at >= 0; at = folded.indexOf('@', at + 1)) {
      const name = at >= from && !WORD.test(text.charAt(at - 1)) ? this.nameAt(folded, at + 1) : null;
      if (name === null) continue;
      if (at > from) pieces.push({ kind: 'text', text: text.slice(from, at) });
      from = at + 1 + name.length;
      pieces.push({ kind: 'mention', text: text.slice(at, from), me: name === this.me });
    }
    if (from < text.length) pieces.push({ kind: 'text', text: text.slice(from) });
    return pieces;
  }

  private nameAt(folded: string, at: number): string | null {
    const names = this.names.get(folded.charAt(at)) ?? [];
    return names.find((name) => folded.startsWith(name, at) && !WORD.test(folded.charAt(at + name.length))) ?? null;
  }
}
