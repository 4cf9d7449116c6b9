package dev.watchnchill.party.playback;

/** The kind of player that a film needs (rule MD1). */
public enum VideoKind {
  /** A YouTube video, played by YouTube's player. */
  YOUTUBE,
  /** A video file that browsers play themselves. */
  VIDEO,
  /** An audio file. */
  AUDIO,
  /** An HTTP Live Streaming playlist. */
  HLS,
  /** A DASH manifest. */
  DASH
}
