/** What is said about films from viewers' own files. */
import { clockText } from '../room/format';
import type { Comparison } from './compare';
import type { Fingerprint } from './local-link';
import type { Missing } from './own-copies';
import type { RoomFilm } from './room-film';

const UNITS = ['bytes', 'kB', 'MB', 'GB', 'TB'];
const SPACE = '\u00a0';

/** 1400000000 → "1.4 GB". */
export function sizeText(bytes: number): string {
  let unit = 0;
  let size = bytes;
  while (size >= 999.5 && unit < UNITS.length - 1) {
    size /= 1000;
    unit++;
  }
  const digits = unit === 0 || size >= 9.95 ? 0 : 1;
  return `${size.toFixed(digits)}${SPACE}${UNITS[unit]}`;
}

/** "1:32:05, 1.4 GB". */
export function aboutFile({ duration, size }: Fingerprint): string {
  return `${clockText(duration)}, ${sizeText(size)}`;
}

/** What a card says about the lack of a copy; `name` stands before `text`. */
export function missingText(missing: Missing): { title: string; name: string | null; text: string } {
  switch (missing.why) {
    case 'unchosen':
      return { title: 'Have you got this film?', name: null, text: '' };
    case 'permission':
      return {
        title: 'One click to go on',
        name: missing.name,
        text: 'is your copy. The browser asks before it opens it again.',
      };
    case 'again':
      return {
        title: 'Your copy once more',
        name: missing.name,
        text: 'was your copy. This browser does not keep files.',
      };
    case 'gone':
      return {
        title: 'Your copy is not there',
        name: missing.name,
        text: 'cannot be read any more: it was moved, renamed or deleted.',
      };
    case 'changed':
      return {
        title: 'Your copy has changed',
        name: missing.name,
        text: 'is another file than the one that you chose.',
      };
    case 'unplayable':
      return {
        title: 'Your copy cannot be played',
        name: missing.name,
        text: 'cannot be played further by this browser.',
      };
  }
}

/** "is 1:30:02 long, the film is 1:32:05 long. …" */
export function mismatchText({ duration }: Fingerprint, film: RoomFilm): string {
  const length = film.length() ?? duration;
  return `is ${lengthText(duration, length)} long, and the film is ${lengthText(length, duration)}. It may be another version, or another film.`;
}

/** Returns a length so exactly that it differs from another one. */
function lengthText(seconds: number, other: number): string {
  return clockText(seconds) === clockText(other) ? `${seconds.toFixed(1)} s` : clockText(seconds);
}

/** What is said about a copy that plays and is not the same file; empty for one that is. */
export function differenceText(comparison: Comparison, { duration }: Fingerprint, film: RoomFilm): string {
  switch (comparison) {
    case 'match':
      return '';
    case 'cut':
      return `${sameLength(film)} If it is not in step with what the others see, move it.`;
    case 'mismatch': {
      const length = film.length() ?? duration;
      return `Your copy is ${lengthText(duration, length)} long, and the film is ${lengthText(length, duration)}. Move it until it is in step with what the others see.`;
    }
    case 'unknown':
      return 'It is not known yet how long the film is. If your copy is not in step with what the others see, move it.';
  }
}

/** What the server sends is not compared, and may be the same file or another cut. */
function sameLength({ original }: RoomFilm): string {
  return original === null ? 'Your copy is as long as the film.' : 'Your copy is another file of the same length.';
}
