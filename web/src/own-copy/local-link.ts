/** Reads and writes the link of a film that every viewer plays from a file of their own (OC1). */

/** SHA-256 of the first, the middle and the last MiB, in lower-case hex. */
export type Hashes = readonly [first: string, middle: string, last: string];

/** What a room knows of a file: never its bytes. */
export interface Fingerprint {
  name: string;
  /** Bytes. */
  size: number;
  /** Seconds. */
  duration: number;
  hashes: Hashes;
}

const NAME_MAX = 200;
/** A character of four bytes takes twelve characters in a link. */
const FORM =
  /^local:name=([^&]{1,2400})&size=([1-9]\d{0,15})&duration=(\d{1,7}(?:\.\d{1,3})?)&sha256=([0-9a-f]{64})\.([0-9a-f]{64})\.([0-9a-f]{64})$/;
/** Control characters, halves of a character, and marks that turn the direction of the text around the name. */
const NOT_IN_NAMES = /[\p{Cc}\p{Surrogate}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu;

/** Returns the name of a file as the room sees it. */
export function sharedName(name: string): string {
  const clean = [...name.replace(NOT_IN_NAMES, '')].slice(0, NAME_MAX).join('').trim();
  return clean === '' ? 'Film' : clean;
}

/** Rounds a duration as the link has it. */
export function linkDuration(seconds: number): number {
  return Math.round(seconds * 1000) / 1000;
}

export function writeLocalLink({ name, size, duration, hashes }: Fingerprint): string {
  return `local:name=${encodeURIComponent(sharedName(name))}&size=${size}&duration=${linkDuration(duration)}&sha256=${hashes.join('.')}`;
}

/** Returns the fingerprint in a link; null for every other text. */
export function readLocalLink(link: string): Fingerprint | null {
  const [, encoded, bytes, seconds, first, middle, last] = FORM.exec(link) ?? [];
  if (encoded === undefined) return null;
  const name = decodeName(encoded);
  const size = Number(bytes);
  const duration = Number(seconds);
  if (name === null || !Number.isSafeInteger(size) || duration === 0) return null;
  return { name, size, duration, hashes: [first!, middle!, last!] };
}

function decodeName(encoded: string): string | null {
  try {
    const name = decodeURIComponent(encoded);
    return [...name].length > NAME_MAX ? null : sharedName(name);
  } catch {
    return null;
  }
}

/** Returns the key of a file's content, by which its copies are found again. */
export function contentKey({ size, hashes }: Pick<Fingerprint, 'size' | 'hashes'>): string {
  return `${size}.${hashes.join('.')}`;
}
