/** The films of which a viewer may play a copy: those that everybody has as a file, and those of the server's library. */
import { libraryId } from '../protocol/video-kind';
import { type Comparison, compare, compareLengths } from './compare';
import { type Fingerprint, contentKey, readLocalLink } from './local-link';

/** The film that the room shows, as copies of it are found and compared. */
export interface RoomFilm {
  /** By which the copy and its offset are kept. */
  readonly key: string;
  /** The file of which everybody plays a copy; null when the server sends the film to those who choose no copy (OC6). */
  readonly original: Fingerprint | null;
  /** Returns the length of the film, s; null while it is not known. */
  length(): number | null;
  compare(copy: Fingerprint): Comparison;
}

function describedFilm(original: Fingerprint): RoomFilm {
  return {
    key: contentKey(original),
    original,
    length: () => original.duration,
    compare: (copy) => compare(original, copy),
  };
}

function libraryFilm(key: string, length: () => number | null): RoomFilm {
  return { key, original: null, length, compare: (copy) => compareLengths(length(), copy.duration) };
}

/**
 * Returns the film of a link; null for a film of another kind.
 * @param lengthOf returns the length of a film of the library, s; null while it is not known
 */
export function roomFilm(link: string, lengthOf: (mediaId: string) => number | null): RoomFilm | null {
  const id = libraryId(link);
  if (id !== null) return libraryFilm(link, () => lengthOf(id));
  const original = readLocalLink(link);
  return original === null ? null : describedFilm(original);
}
