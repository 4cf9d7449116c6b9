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
  DASH,
  /** A Vimeo video, played by Vimeo's player. */
  VIMEO,
  /** A Twitch video, channel or clip, played by Twitch's player. */
  TWITCH,
  /** A Dailymotion video, played by Dailymotion's player. */
  DAILYMOTION,
  /** A video of a PeerTube site, played by that site's player. */
  PEERTUBE,
  /** A file that each viewer plays from its own disk (rule OC1). */
  LOCAL
}
