package dev.watchnchill.party.provider;

import org.jspecify.annotations.Nullable;

/** A video of a provider, by the parts that identify it there (rule MD1). */
public sealed interface ProviderVideo {
  /**
   * A video of YouTube.
   *
   * @param id 11 characters
   */
  record Youtube(String id) implements ProviderVideo {}

  /**
   * A video of Vimeo.
   *
   * @param id digits
   * @param hash the key of an unlisted video, in hexadecimal digits, or null
   */
  record Vimeo(String id, @Nullable String hash) implements ProviderVideo {}

  /**
   * A video, a live channel or a clip of Twitch.
   *
   * @param id the digits of a video, the name of a channel in small letters, or the name of a clip
   */
  record Twitch(Type type, String id) implements ProviderVideo {
    /** The things that a link to Twitch can name. */
    public enum Type {
      /** A recording. */
      VIDEO,
      /** The live broadcast of a channel. */
      CHANNEL,
      /** An excerpt. */
      CLIP
    }
  }

  /**
   * A video of Dailymotion.
   *
   * @param id letters and digits, as given
   */
  record Dailymotion(String id) implements ProviderVideo {}

  /**
   * A video of a PeerTube site.
   *
   * @param origin scheme, host and port of the site
   * @param id a UUID, or its short form of 22 characters
   */
  record Peertube(String origin, String id) implements ProviderVideo {}
}
