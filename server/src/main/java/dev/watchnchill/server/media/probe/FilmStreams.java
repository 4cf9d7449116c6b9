package dev.watchnchill.server.media.probe;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The streams of a film, as ffprobe reports them (rule LB10). Numbers are within sane bounds,
 * whatever the file says; indexes are those of ffmpeg's {@code -map 0:INDEX}.
 *
 * @param duration in seconds, 0 when unknown
 * @param container the name of the format as ffmpeg knows it, such as {@code matroska,webm}
 * @param video the first video stream, or null; a picture of a cover is none
 * @param audio the audio tracks, bounded in number
 * @param subtitles the subtitle tracks, bounded in number
 * @param cover index of the stream of the embedded cover, or -1
 */
public record FilmStreams(
    double duration,
    String container,
    @Nullable Video video,
    List<Audio> audio,
    List<Subtitles> subtitles,
    int cover) {
  /** Copies the lists. */
  public FilmStreams {
    audio = List.copyOf(audio);
    subtitles = List.copyOf(subtitles);
  }

  /**
   * A video stream.
   *
   * @param codec such as {@code h264}; "" when unknown, as the other texts
   * @param profile such as {@code High}
   * @param pixelFormat such as {@code yuv420p}
   * @param width in pixels, 0 when unknown
   * @param height in pixels, 0 when unknown
   * @param rate frames in {@code rateScale} seconds, 0 when unknown
   * @param rateScale at least 1
   */
  public record Video(
      int index,
      String codec,
      String profile,
      String pixelFormat,
      int width,
      int height,
      int rate,
      int rateScale) {}

  /**
   * An audio track.
   *
   * @param channels 0 when unknown
   * @param language a BCP 47 tag, {@code und} when unknown
   * @param title "" without one
   * @param main whether players choose it by default
   */
  public record Audio(
      int index, String codec, int channels, String language, String title, boolean main) {
    /** Returns its title, else the English name of its language, else "Audio". */
    public String label() {
      String name = title.isEmpty() ? LanguageTags.name(language) : title;
      return name.isEmpty() ? "Audio" : name;
    }
  }

  /**
   * A subtitle track.
   *
   * @param language a BCP 47 tag, {@code und} when unknown
   * @param title "" without one
   * @param text whether it is a text; else it is pictures
   */
  public record Subtitles(int index, String codec, String language, String title, boolean text) {}
}
