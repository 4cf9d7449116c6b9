/** Compares a viewer's copy with the room's film. */
import { type Fingerprint, contentKey } from './local-link';

/** match: the same bytes. cut: another file of the same length. mismatch: a file of another length. */
export type Comparison = 'match' | 'cut' | 'mismatch';

/** Copies whose lengths differ by at most this are cuts of one length, s. */
export const SAME_LENGTH_S = 2;

export function compare(film: Fingerprint, copy: Fingerprint): Comparison {
  if (contentKey(film) === contentKey(copy)) return 'match';
  // Both are whole milliseconds; their difference need not be one in binary.
  return Math.round(Math.abs(film.duration - copy.duration) * 1000) <= SAME_LENGTH_S * 1000 ? 'cut' : 'mismatch';
}
