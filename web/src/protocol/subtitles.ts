/** The shared subtitles of a room (docs/CONTRACT.md, SB): checks of the messages. Loaded with the first film. */
import { type Checked, list, num, obj, optional, str } from './check';

/** `url` where their text is, or the `parts` in which the server sends it. */
export const sharedTracks = list(
  obj({ trackId: str, label: str, language: str, url: optional(str), parts: optional(num), bytes: optional(num) }),
);
export type SharedTrack = Checked<typeof sharedTracks>[number];

/** The answer to `set-subtitles`. */
export const sharedAnswer = obj({ trackIds: list(str), epoch: num, seq: num });

/** The answer to `get-subtitles`. */
export const subtitlePart = obj({ text: str });

/** Most tracks of a room. */
export const TRACKS_MAX = 8;
/** Longest text, bytes in UTF-8. */
export const TEXT_BYTES_MAX = 1 << 20;
/** Longest part of a text, in characters. */
export const PART_CHARS_MAX = 16_000;
/** Longest label, in code points. */
export const LABEL_MAX = 60;
/** The language tag of an unknown language. */
export const UNKNOWN_LANGUAGE = 'und';
