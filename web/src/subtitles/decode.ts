/** Turns the bytes of a file into text. Files do not name their encoding, so it is found or guessed. */

/** Encodings that a viewer can choose, with the name of what is written in them. */
export const ENCODINGS = [
  { encoding: 'utf-8', name: 'Unicode (UTF-8)' },
  { encoding: 'utf-16le', name: 'Unicode (UTF-16 LE)' },
  { encoding: 'utf-16be', name: 'Unicode (UTF-16 BE)' },
  { encoding: 'windows-1252', name: 'Western European' },
  { encoding: 'windows-1250', name: 'Central European' },
  { encoding: 'windows-1251', name: 'Cyrillic' },
  { encoding: 'windows-1253', name: 'Greek' },
  { encoding: 'windows-1254', name: 'Turkish' },
  { encoding: 'windows-1255', name: 'Hebrew' },
  { encoding: 'windows-1256', name: 'Arabic' },
  { encoding: 'shift_jis', name: 'Japanese (Shift JIS)' },
  { encoding: 'euc-kr', name: 'Korean' },
  { encoding: 'gb18030', name: 'Chinese, simplified (GB 18030)' },
  { encoding: 'big5', name: 'Chinese, traditional (Big5)' },
] as const;
export type Encoding = (typeof ENCODINGS)[number]['encoding'];

export interface Decoded {
  text: string;
  encoding: Encoding;
  /** Whether the encoding is a guess, so that the viewer may have to correct it. */
  guessed: boolean;
}

/** Bytes that are looked at for a guess. */
const SAMPLE = 64 * 1024;

/** Languages, and the encoding in which old files of them are written. */
const BY_LANGUAGE: [Encoding, string[]][] = [
  ['windows-1250', ['cs', 'pl', 'hu', 'sk', 'sl', 'hr', 'bs', 'ro', 'sq']],
  ['windows-1251', ['ru', 'uk', 'be', 'bg', 'mk', 'sr', 'kk', 'mn']],
  ['windows-1253', ['el']],
  ['windows-1254', ['tr', 'az']],
  ['windows-1255', ['he', 'yi']],
  ['windows-1256', ['ar', 'fa', 'ur']],
];

/** @param languages languages of the browser, the first preferred; @param chosen what the viewer has chosen instead */
export function decode(bytes: Uint8Array, languages: readonly string[], chosen: Encoding | null = null): Decoded {
  if (chosen !== null) return { text: decodeAs(bytes, chosen), encoding: chosen, guessed: true };
  const known = markedEncoding(bytes) ?? wideEncoding(bytes) ?? (isUtf8(bytes) ? 'utf-8' : null);
  if (known !== null) return { text: decodeAs(bytes, known), encoding: known, guessed: false };
  const encoding = guess(bytes.subarray(0, SAMPLE), languages);
  return { text: decodeAs(bytes, encoding), encoding, guessed: true };
}

/** Decodes without failing: what is no character becomes U+FFFD. A byte order mark is removed. */
function decodeAs(bytes: Uint8Array, encoding: Encoding): string {
  return new TextDecoder(encoding).decode(bytes);
}

/** Returns the encoding of a byte order mark. */
function markedEncoding(bytes: Uint8Array): Encoding | null {
  const [a, b, c] = bytes;
  if (a === 0xef && b === 0xbb && c === 0xbf) return 'utf-8';
  if (a === 0xff && b === 0xfe) return 'utf-16le';
  return a === 0xfe && b === 0xff ? 'utf-16be' : null;
}

/** Share of zero bytes on one side that makes a text UTF-16: times and line ends have them in every script. */
const ZEROS_MIN = 0.05;

function wideEncoding(bytes: Uint8Array): Encoding | null {
  const zeros = [0, 0];
  const size = Math.min(bytes.length, SAMPLE);
  for (let i = 0; i < size; i++) if (bytes[i] === 0) zeros[i % 2]!++;
  const [even, odd] = zeros as [number, number];
  const many = (count: number, other: number) => count / (size / 2) > ZEROS_MIN && count > 4 * other;
  if (many(odd, even)) return 'utf-16le';
  return many(even, odd) ? 'utf-16be' : null;
}

/** Returns whether bytes are UTF-8; a character that is cut at the end does not count. */
function isUtf8(bytes: Uint8Array): boolean {
  return isValid(bytes, 'utf-8');
}

function isValid(bytes: Uint8Array, encoding: Encoding): boolean {
  try {
    new TextDecoder(encoding, { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}

/** Share of bytes above ASCII beside another one: words in the Latin alphabet have few letters that are not in ASCII. */
const NOT_LATIN = 0.6;

/** Share of broken characters up to which a text is UTF-8 with a fault. */
const BROKEN_MAX = 0.05;

function guess(bytes: Uint8Array, languages: readonly string[]): Encoding {
  if (isMostlyUtf8(bytes)) return 'utf-8';
  const codes = languages.map((language) => language.toLowerCase().split('-')[0]!);
  if (clusteredBytes(bytes) < NOT_LATIN) return preferred(codes, ['windows-1250', 'windows-1254']) ?? 'windows-1252';
  const east = eastAsian(bytes);
  if (east !== null) return east;
  const single: Encoding[] = ['windows-1251', 'windows-1253', 'windows-1255', 'windows-1256'];
  return preferred(codes, single) ?? single.reduce((best, one) => (fit(bytes, one) > fit(bytes, best) ? one : best));
}

function isMostlyUtf8(bytes: Uint8Array): boolean {
  const text = decodeAs(bytes, 'utf-8');
  const broken = text.match(/\ufffd/g)?.length ?? 0;
  return broken < BROKEN_MAX * (text.match(/[^\0-\x7f]/g)?.length ?? 0);
}

/** Returns the first of some encodings that the viewer's languages are written in. */
function preferred(codes: string[], encodings: Encoding[]): Encoding | null {
  for (const code of codes) {
    const [found] = BY_LANGUAGE.find(([, own]) => own.includes(code)) ?? [];
    if (found !== undefined && encodings.includes(found)) return found;
  }
  return null;
}

function clusteredBytes(bytes: Uint8Array): number {
  let all = 0;
  let beside = 0;
  for (let i = 0; i < bytes.length; i++) {
    if (bytes[i]! < 0x80) continue;
    all++;
    if ((bytes[i - 1] ?? 0) >= 0x80 || (bytes[i + 1] ?? 0) >= 0x80) beside++;
  }
  return beside / Math.max(1, all);
}

/** Returns the encoding of Chinese, Japanese and Korean text, by the bytes that its pairs are made of. */
function eastAsian(bytes: Uint8Array): Encoding | null {
  const pairs = { all: 0, kana: 0, hangul: 0, highTrail: 0, lowTrail: 0 };
  for (let i = 0; i + 1 < bytes.length; i++) {
    const lead = bytes[i]!;
    if (lead < 0x81) continue;
    const trail = bytes[++i]!;
    pairs.all++;
    if (lead === 0x82 || lead === 0x83) pairs.kana++;
    if (lead >= 0xb0 && lead <= 0xc8 && trail >= 0xa1) pairs.hangul++;
    if (trail >= 0xa1) pairs.highTrail++;
    else if (trail < 0x80) pairs.lowTrail++;
  }
  const share = (count: number) => count / Math.max(1, pairs.all);
  if (share(pairs.kana) > 0.2 && isValid(bytes, 'shift_jis')) return 'shift_jis';
  if (share(pairs.hangul) > 0.8 && isValid(bytes, 'euc-kr')) return 'euc-kr';
  if (share(pairs.lowTrail) > 0.1 && isValid(bytes, 'big5')) return 'big5';
  return share(pairs.highTrail) > 0.9 && isValid(bytes, 'gb18030') ? 'gb18030' : null;
}

const LETTERS: Partial<Record<Encoding, RegExp>> = {
  'windows-1251': /\p{Script=Cyrillic}/gu,
  'windows-1253': /\p{Script=Greek}/gu,
  'windows-1255': /\p{Script=Hebrew}/gu,
  'windows-1256': /\p{Script=Arabic}/gu,
};

/** Returns how well a text fits the script: its letters, less what a wrong guess has, capitals inside words or none at all. */
function fit(bytes: Uint8Array, encoding: Encoding): number {
  const text = decodeAs(bytes, encoding);
  const letters = text.match(LETTERS[encoding]!)?.length ?? 0;
  const misplaced = text.match(/\p{Ll}\p{Lu}/gu)?.length ?? 0;
  const hasCase = encoding === 'windows-1251' || encoding === 'windows-1253';
  const lacksCapitals = hasCase && !/[^\0-\x7f]/.test((text.match(/\p{Lu}/gu) ?? []).join(''));
  return (letters - 2 * misplaced) * (lacksCapitals ? 0.5 : 1);
}
