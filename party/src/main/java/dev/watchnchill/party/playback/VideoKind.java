package dev.watchnchill.party.playback;

/** What kind of player a film needs (rule MD1). */
public enum VideoKind {
  /** A YouTube video, played by its own player. */
  YOUTUBE,
  /** A file with pictures that browsers play themselves. */
  VIDEO,
  /** A file with sound alone. */
  AUDIO,
  /** An HTTP Live Streaming playlist. */
  HLS,
  /** A DASH manifest. */
  DASH
}
