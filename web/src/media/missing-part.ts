/** What of a playing file the browser does not decode: it plays the rest without an error. */

export type MissingPart = 'picture' | 'sound';

/** What browsers say beyond the standard. */
type MediaDetails = HTMLVideoElement & {
  webkitAudioDecodedByteCount?: number;
  mozHasAudio?: boolean;
  audioTracks?: { length: number };
};

const HAVE_CURRENT_DATA = 2;
/** Played seconds after which a decoder has had something to decode. */
const PLAYED_S = 2;

/** Returns the missing part; null while nothing is known to be missing. */
export function missingPart(media: HTMLVideoElement): MissingPart | null {
  if (media.readyState < HAVE_CURRENT_DATA) return null;
  if (media.videoWidth === 0) return 'picture';
  return hasSound(media) ? null : 'sound';
}

function hasSound(media: MediaDetails): boolean {
  if (media.mozHasAudio !== undefined) return media.mozHasAudio;
  if (media.audioTracks !== undefined) return media.audioTracks.length > 0;
  let playedS = 0;
  for (let i = 0; i < media.played.length; i++) playedS += media.played.end(i) - media.played.start(i);
  return playedS < PLAYED_S || media.webkitAudioDecodedByteCount !== 0;
}
