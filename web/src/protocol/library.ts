/** The media library of the server (docs/CONTRACT.md, LB): the check of its answer. Loaded on demand. */
import { type Checked, bool, list, nullable, num, obj, str } from './check';

const libraryFolder = obj({
  folderId: str,
  name: str,
  /** Number of films in it and in the folders below it. */
  films: num,
});
const libraryFilm = obj({
  mediaId: str,
  name: str,
  /** Null when it is in no folder. */
  folder: nullable(obj({ folderId: str, name: str })),
  /** Bytes. */
  size: num,
  /** `video`, `audio`, or a kind that is not known here. */
  kind: str,
});

/** The answer to `get-library`; the last `folderId` or `mediaId` is to be sent as `after` for more. */
export const libraryPage = obj({
  folders: list(libraryFolder),
  films: list(libraryFilm),
  /** Number of folders and films of all pages. */
  total: num,
  more: bool,
  /** The scan that is under way: files and folders that were looked at, and films among them. */
  scanning: nullable(obj({ done: num, found: num })),
});

/** The answer to `get-media-link`: a link of this server, and until when it may be used (server ms). */
export const mediaLink = obj({ url: str, expiresAt: num });

export type LibraryFolder = Checked<typeof libraryFolder>;
export type LibraryFilm = Checked<typeof libraryFilm>;
export type LibraryPage = Checked<typeof libraryPage>;
