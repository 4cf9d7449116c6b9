/** Compares a viewer's copy with the room's film. */
import { type Fingerprint, contentKey } from './local-link';

/**
 * match: the same bytes. cut: another file of the same length. mismatch: a file of another length. unknown: nobody knows
 * how long the film is.
 */
export type Comparison = 'match' | 'cut' | 'mismatch' | 'unknown';

/** Copies whose lengths differ by at most this are cuts of one length, s. */
export const SAME_LENGTH_S = 2;

export function compare(film: Fingerprint, copy: Fingerprint): Comparison {
  return contentKey(film) === contentKey(copy) ? 'match' : compareLengths(film.duration, copy.duration);
}

/** Compares lengths alone, in seconds: equal ones are never taken for the same file. */
export function compareLengths(film: number | null, copy: number): Comparison {
  if (film === null) return 'unknown';
  // Both are whole milliseconds; their difference need not be one in binary.
  return Math.round(Math.abs(film - copy) * 1000) <= SAME_LENGTH_S * 1000 ? 'cut' : 'mismatch';
}
