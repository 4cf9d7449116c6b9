package dev.watchnchill.server.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The description of a film of the media library (rule LB10).
 *
 * @param duration in seconds, 0 when unknown
 * @param width in pixels, 0 for none
 * @param height in pixels, 0 for none
 * @param play {@code direct}, {@code convert} or {@code no}
 * @param reason what has to be converted, or why the film cannot be played; null for {@code direct}
 * @param video the codec of the picture, or null
 * @param poster the path of a picture on this server, or null
 * @param reachable false when viewers of the room are on servers without the film; else null
 */
public record FilmInfo(
    String mediaId,
    double duration,
    int width,
    int height,
    String play,
    @Nullable String reason,
    @Nullable String video,
    List<Audio> audio,
    List<Subtitles> subtitles,
    @Nullable String poster,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean reachable) {
  /** Copies the lists. */
  public FilmInfo {
    audio = List.copyOf(audio);
    subtitles = List.copyOf(subtitles);
  }

  /** Creates the description of a film that every viewer can get. */
  public FilmInfo(
      String mediaId,
      double duration,
      int width,
      int height,
      String play,
      @Nullable String reason,
      @Nullable String video,
      List<Audio> audio,
      List<Subtitles> subtitles,
      @Nullable String poster) {
    this(mediaId, duration, width, height, play, reason, video, audio, subtitles, poster, null);
  }

  /** Returns this description as that of a film that viewers of the room cannot get. */
  public FilmInfo asUnreachable() {
    return new FilmInfo(
        mediaId, duration, width, height, play, reason, video, audio, subtitles, poster, false);
  }

  /**
   * An audio track.
   *
   * @param language a BCP 47 tag, or {@code und}
   * @param channels 0 when unknown
   */
  public record Audio(String label, String language, String codec, int channels) {}

  /**
   * Subtitles in a film, or beside it.
   *
   * @param language a BCP 47 tag, or {@code und}
   * @param usable whether the server can send them
   */
  public record Subtitles(String label, String language, String format, boolean usable) {}

  /**
   * Subtitles that can be fetched.
   *
   * @param url a path of this server
   */
  public record Linked(String label, String language, String url) {
    @Override
    public String toString() {
      return "Linked[" + label + "]";
    }
  }
}
