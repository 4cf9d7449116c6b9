package dev.watchnchill.party.subtitle;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Subtitles that a host has shared.
 *
 * @param id their id, under which a text is stored beside the room
 * @param label what viewers choose them by, with visible characters only
 * @param language a language tag, {@code und} while unknown
 * @param source where viewers find their text
 */
public record SubtitleTrack(UUID id, String label, String language, Source source) {
  /** Most tracks of a room. */
  public static final int TRACKS_MAX = 8;

  /** Most code points of a label. */
  public static final int LABEL_MAX = 60;

  /** Longest address, in characters: it is in the state of the room, which each change writes. */
  public static final int URL_LENGTH_MAX = 1_024;

  /** Most bytes of one text in UTF-8. */
  public static final int TEXT_BYTES_MAX = 1 << 20;

  /** Most bytes of all texts of a room together. */
  public static final int ROOM_BYTES_MAX = 4 << 20;

  /** Where the text of a track is. */
  public sealed interface Source {}

  /** An {@code http} or {@code https} address, which the server never requests. */
  public record Address(String url) implements Source {}

  /**
   * A text that the server stores.
   *
   * @param parts the number of parts that it is stored and read in
   * @param bytes its length in UTF-8
   */
  public record Text(int parts, int bytes) implements Source {}

  /** Returns the number of parts of its stored text; 0 for an address. */
  public int parts() {
    return source instanceof Text text ? text.parts() : 0;
  }

  /** Returns the bytes of its stored text in UTF-8; 0 for an address. */
  public int bytes() {
    return source instanceof Text text ? text.bytes() : 0;
  }

  /** Returns the same subtitles under another label and language; null keeps the old one. */
  SubtitleTrack renamed(@Nullable String newLabel, @Nullable String newLanguage) {
    return new SubtitleTrack(
        id,
        newLabel == null ? label : newLabel,
        newLanguage == null ? language : newLanguage,
        source);
  }
}
