/** The media library of the server (docs/CONTRACT.md, LB): the checks of its answers. Loaded on demand. */
import { type Checked, bool, enumOr, list, nullable, num, obj, optional, str } from './check';

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
  /** False when viewers of the room are on servers without the film (LB17). */
  reachable: optional(bool),
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
export const mediaLink = obj({
  url: str,
  expiresAt: num,
  /** `hls` for a film that the server converts; `file`, or absent, for the file itself. */
  form: optional(str),
  /** Its subtitles, each at a path of this server. */
  subtitles: optional(list(obj({ label: str, language: str, url: str }))),
});

/** What a film is, how it is played, and what is in it (LB10). */
export const filmInfo = obj({
  mediaId: str,
  /** Seconds; 0 while unknown. */
  duration: num,
  /** Pixels; 0 for a film without a picture. */
  width: num,
  height: num,
  /** Whether browsers play the file itself, or the server converts it, or neither. */
  play: enumOr('direct', 'direct', 'convert', 'no'),
  /** What has to be converted, or why it cannot be played. */
  reason: nullable(str),
  /** The codec of the picture. */
  video: nullable(str),
  audio: list(obj({ label: str, language: str, codec: str, channels: num })),
  subtitles: list(obj({ label: str, language: str, format: str, usable: bool })),
  /** A path of this server; null when there is none. */
  poster: nullable(str),
  /** As in the list. */
  reachable: optional(bool),
});

/** The answer to `get-film-info`; those that are `pending` are to be asked for again. */
export const filmInfos = obj({ films: list(filmInfo), pending: list(str) });

export type LibraryFolder = Checked<typeof libraryFolder>;
export type LibraryFilm = Checked<typeof libraryFilm>;
export type LibraryPage = Checked<typeof libraryPage>;
export type MediaLink = Checked<typeof mediaLink>;
export type FilmInfo = Checked<typeof filmInfo>;

/** Most films in one `get-film-info`. */
export const INFOS_MAX = 50;
/** Where the films, posters and subtitles of the library are on this server. */
export const MEDIA_PATH = '/media/';
