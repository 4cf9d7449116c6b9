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

/** What a film is, how it is played, and what is in it. */
export const filmInfo = obj({
  mediaId: str,
  /** Seconds, 0 when unknown. */
  duration: num,
  /** Pixels, 0 for none. */
  width: num,
  height: num,
  /** `direct`, `convert` or `no`. */
  play: str,
  /** What has to be converted, or why the film cannot be played; null for `direct`. */
  reason: nullable(str),
  /** The codec of the picture. */
  video: nullable(str),
  audio: list(obj({ label: str, language: str, codec: str, channels: num })),
  subtitles: list(obj({ label: str, language: str, format: str, usable: bool })),
  /** The path of a picture on this server. */
  poster: nullable(str),
});

/** The answer to `get-film-info`; films in `pending` are being examined. */
export const filmInfos = obj({ films: list(filmInfo), pending: list(str) });

/**
 * The answer to `get-media-link`: a link of this server, and until when it may be used (server ms). With the form
 * `hls` it leads to a playlist, else to the file.
 */
export const mediaLink = obj({
  url: str,
  expiresAt: num,
  form: str,
  subtitles: list(obj({ label: str, language: str, url: str })),
});

export type LibraryFolder = Checked<typeof libraryFolder>;
export type LibraryFilm = Checked<typeof libraryFilm>;
export type LibraryPage = Checked<typeof libraryPage>;
export type FilmInfo = Checked<typeof filmInfo>;
export type MediaLink = Checked<typeof mediaLink>;
