package dev.watchnchill.server.media.index;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The kinds of files that are films, by the ending of their name (rule LB3). */
public enum FilmFormat {
  /** A file with a picture. */
  VIDEO,
  /** A file with sound alone. */
  AUDIO;

  private static final List<String> VIDEO_ENDINGS =
      List.of("mp4", "m4v", "webm", "ogv", "mov", "mkv", "avi");
  private static final List<String> AUDIO_ENDINGS =
      List.of("mp3", "m4a", "ogg", "oga", "opus", "wav", "flac", "aac");
  private static final Map<String, FilmFormat> BY_ENDING = new HashMap<>();

  static {
    VIDEO_ENDINGS.forEach(ending -> BY_ENDING.put(ending, VIDEO));
    AUDIO_ENDINGS.forEach(ending -> BY_ENDING.put(ending, AUDIO));
  }

  /** Returns the kind of a file, or null when it is no film. */
  static @Nullable FilmFormat of(String fileName) {
    int dot = fileName.lastIndexOf('.');
    return dot < 1 ? null : BY_ENDING.get(fileName.substring(dot + 1).toLowerCase(Locale.ROOT));
  }

  /** Returns its name on the wire. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
