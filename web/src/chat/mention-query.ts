/** The mention that is being written in the composer, and the members that it may mean. */
import { NAME_MAX } from '../protocol/names';
import { foldText } from './fold-text';

export interface MentionQuery {
  /** Where its `@` stands. */
  from: number;
  /** What is written of the name. */
  text: string;
}

const WORD = /[\p{L}\p{N}\p{M}_]/u;
/** A character as a reader counts it may be several here. */
const QUERY_MAX = NAME_MAX * 4;
const SHOWN_MAX = 8;

/** Returns the mention before the caret; null when none is being written. */
export function mentionQueryAt(text: string, caret: number): MentionQuery | null {
  const from = text.lastIndexOf('@', caret - 1);
  if (caret < 1 || from < 0 || caret - from > QUERY_MAX || WORD.test(text.charAt(from - 1))) return null;
  const query = text.slice(from + 1, caret);
  return /[\n@]|^\s/.test(query) ? null : { from, text: query };
}

/** Returns the names that begin with the query, then those in which a later word does. */
export function matchingNames(names: readonly string[], query: string): string[] {
  const wanted = foldText(query);
  const folded = names.map((name) => ({ name, text: foldText(name) }));
  const first = folded.filter(({ text }) => text.startsWith(wanted));
  const later = folded.filter(({ text }) => !text.startsWith(wanted) && text.includes(` ${wanted}`));
  return [...first, ...later].slice(0, SHOWN_MAX).map(({ name }) => name);
}

/** Returns the text with the name in place of the query, and where the caret goes. */
export function insertMention(text: string, query: MentionQuery, caret: number, name: string): { text: string; caret: number } {
  const after = text.slice(caret);
  const mention = `@${name}${/^\s/.test(after) ? '' : ' '}`;
  return { text: text.slice(0, query.from) + mention + after, caret: query.from + mention.length };
}
