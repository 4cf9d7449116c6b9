/** The rule of names in every script (RT20 to RT22), as the server has it: testdata/names.json holds for both. */

export const NAME_MIN = 2;
export const NAME_MAX = 50;
/** Longest name in UTF-16 code units, of which a character may have many. */
export const NAME_UNITS_MAX = 200;
/** Most nonspacing marks on a letter. */
const MARKS_MAX = 4;

export type NameProblem = 'too-short' | 'too-long' | 'characters' | 'marks';

export interface ReadName {
  /** The name in its normal form: trimmed, NFC, with plain spaces and apostrophes. */
  value: string;
  problems: NameProblem[];
}

/** Default ignorable characters, and blanks of old scripts. */
const INVISIBLE = /\p{Default_Ignorable_Code_Point}|\u{13441}|\u{13442}|\u{16FE4}/u;
const ALLOWED = /[\p{L}\p{M}\p{Nd} \-_.!?']/u;
const JOINER = /\u200c|\u200d/u;
/** The letters and marks after which a joiner changes how a word is written. */
const JOINING =
  /[\p{Script=Arabic}\p{Script=Bengali}\p{Script=Devanagari}\p{Script=Gujarati}\p{Script=Gurmukhi}\p{Script=Kannada}\p{Script=Khmer}\p{Script=Malayalam}\p{Script=Myanmar}\p{Script=Oriya}\p{Script=Sinhala}\p{Script=Tamil}\p{Script=Telugu}]/u;
const MARK = /\p{M}/u;
const SPACING_MARK = /\p{Mc}/u;
const LETTER_OR_DIGIT = /[\p{L}\p{Nd}]/u;

/** Splits a text into what a reader takes for one character; by code points where a browser lacks the segmenter. */
function graphemes(text: string): string[] {
  if (typeof Intl.Segmenter !== 'function') return [...text];
  const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });
  return Array.from(segmenter.segment(text), (each) => each.segment);
}

function normalised(typed: string): string {
  return typed
    .replace(/[\u00a0\u3000]/g, ' ')
    .replace(/\u2019/g, "'")
    .normalize('NFC');
}

function hasAllowedCharacters(name: string): boolean {
  let before = '';
  for (const each of name) {
    const allowed = JOINER.test(each) ? JOINING.test(before) : ALLOWED.test(each) && !INVISIBLE.test(each);
    if (!allowed) return false;
    before = each;
  }
  return true;
}

/** Whether each mark belongs to a letter or digit that has few nonspacing ones, and none twice. */
function hasBoundedMarks(name: string): boolean {
  let mayCarry = false;
  let nonSpacing = 0;
  let marks = new Set<string>();
  for (const each of name.normalize('NFD')) {
    if (MARK.test(each)) {
      if (!SPACING_MARK.test(each)) nonSpacing++;
      if (!mayCarry || nonSpacing > MARKS_MAX || marks.has(each)) return false;
      marks.add(each);
    } else if (!JOINER.test(each)) {
      mayCarry = LETTER_OR_DIGIT.test(each);
      nonSpacing = 0;
      marks = new Set();
    }
  }
  return true;
}

/** Reads a name as typed; the problems are in the order of the server's messages. */
export function readName(raw: string): ReadName {
  const typed = raw.trim();
  if (typed.length > NAME_UNITS_MAX) return { value: typed, problems: ['too-long'] };
  const value = normalised(typed);
  const length = graphemes(value).length;
  const problems: NameProblem[] = [];
  if (length < NAME_MIN) problems.push('too-short');
  if (length > NAME_MAX || value.length > NAME_UNITS_MAX) problems.push('too-long');
  if (!hasAllowedCharacters(value)) problems.push('characters');
  else if (!hasBoundedMarks(value)) problems.push('marks');
  return { value, problems };
}

/** Returns the first character of a name as a capital, for its picture. */
export function initialOf(name: string): string {
  return (graphemes(name.trim())[0] ?? '').toUpperCase();
}
