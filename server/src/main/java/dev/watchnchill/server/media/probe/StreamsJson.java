package dev.watchnchill.server.media.probe;

import dev.watchnchill.party.name.VisibleText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads the JSON of ffprobe. A film may hold any number and text, so each of them is brought into
 * sane bounds (rule LB10).
 */
final class StreamsJson {
  private static final int STREAMS_MAX = 1_000;

  /** Audio and subtitle tracks that are kept, each. */
  private static final int TRACKS_MAX = 32;

  /** A week, in seconds: no film is longer. */
  private static final double DURATION_MAX = 7 * 86_400;

  private static final int PIXELS_MAX = 65_536;
  private static final int CHANNELS_MAX = 255;
  private static final int TITLE_MAX = 100;

  /** The names that ffmpeg gives to formats, codecs, profiles and pixel formats. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_,.:+ ()-]{1,64}");

  private static final Pattern FRACTION = Pattern.compile("(\\d{1,9})/(\\d{1,9})");
  private static final Pattern INDEX = Pattern.compile("\\d{1,4}");

  private static final Set<String> TEXT_CODECS =
      Set.of("subrip", "srt", "ass", "ssa", "webvtt", "mov_text", "text", "sami", "microdvd");

  private StreamsJson() {}

  /** Returns the streams of a film, or null when the JSON describes none. */
  static @Nullable FilmStreams read(JsonNode answer) {
    JsonNode format = answer.path("format");
    String container = name(format.path("format_name"));
    if (container.isEmpty()) {
      return null;
    }
    // Files of QuickTime and MP4 have the same reader; browsers know only one of them.
    if (container.startsWith("mov,")) {
      container = text(format.path("tags").path("major_brand")).startsWith("qt") ? "mov" : "mp4";
    }
    FilmStreams.Video video = null;
    int cover = -1;
    var audio = new ArrayList<FilmStreams.Audio>();
    var subtitles = new ArrayList<FilmStreams.Subtitles>();
    int count = 0;
    for (JsonNode stream : answer.path("streams")) {
      int index = index(stream.path("index"));
      if (++count > STREAMS_MAX || index < 0) {
        continue;
      }
      switch (text(stream.path("codec_type"))) {
        case "video" -> {
          if (flag(stream, "attached_pic")) {
            cover = cover < 0 ? index : cover;
          } else if (video == null) {
            video = video(stream, index);
          }
        }
        case "audio" -> {
          if (audio.size() < TRACKS_MAX) {
            audio.add(audio(stream, index));
          }
        }
        case "subtitle" -> {
          if (subtitles.size() < TRACKS_MAX) {
            subtitles.add(subtitles(stream, index));
          }
        }
        default -> {} // data, such as chapters
      }
    }
    return new FilmStreams(
        duration(format.path("duration")), container, video, audio, subtitles, cover);
  }

  private static FilmStreams.Video video(JsonNode stream, int index) {
    String rate = text(stream.path("avg_frame_rate"));
    var fraction = FRACTION.matcher(rate);
    boolean known = fraction.matches() && Integer.parseInt(fraction.group(2)) > 0;
    return new FilmStreams.Video(
        index,
        codec(stream),
        name(stream.path("profile")),
        name(stream.path("pix_fmt")),
        whole(stream.path("width"), PIXELS_MAX),
        whole(stream.path("height"), PIXELS_MAX),
        known ? Integer.parseInt(fraction.group(1)) : 0,
        known ? Integer.parseInt(fraction.group(2)) : 1);
  }

  private static FilmStreams.Audio audio(JsonNode stream, int index) {
    return new FilmStreams.Audio(
        index,
        codec(stream),
        whole(stream.path("channels"), CHANNELS_MAX),
        language(stream),
        title(stream),
        flag(stream, "default"));
  }

  private static FilmStreams.Subtitles subtitles(JsonNode stream, int index) {
    String codec = codec(stream);
    return new FilmStreams.Subtitles(
        index, codec, language(stream), title(stream), TEXT_CODECS.contains(codec));
  }

  private static String codec(JsonNode stream) {
    return name(stream.path("codec_name")).toLowerCase(Locale.ROOT);
  }

  private static String language(JsonNode stream) {
    return LanguageTags.of(text(stream.path("tags").path("language")));
  }

  private static String title(JsonNode stream) {
    return VisibleText.clean(text(stream.path("tags").path("title")), TITLE_MAX);
  }

  private static boolean flag(JsonNode stream, String name) {
    JsonNode flag = stream.path("disposition").path(name);
    return flag.isNumber() && flag.doubleValue() == 1;
  }

  private static String name(JsonNode field) {
    String text = text(field);
    return NAME.matcher(text).matches() ? text : "";
  }

  /** Returns a number from 0 to a bound; 0 for any other value. */
  private static int whole(JsonNode field, int max) {
    double value = field.isNumber() ? field.doubleValue(Double.NaN) : Double.NaN;
    return value >= 0 && value <= max ? (int) value : 0;
  }

  private static int index(JsonNode field) {
    String text = field.isNumber() ? field.toString() : "";
    return INDEX.matcher(text).matches() ? Integer.parseInt(text) : -1;
  }

  private static double duration(JsonNode field) {
    try {
      double seconds = Double.parseDouble(text(field));
      return seconds > 0 && seconds <= DURATION_MAX ? seconds : 0;
    } catch (NumberFormatException _) {
      return 0;
    }
  }

  private static String text(JsonNode field) {
    return field.isString() ? field.stringValue() : "";
  }

  /** Returns the options by which ffprobe writes what is read here, and no more. */
  static List<String> options() {
    return List.of(
        "-v",
        "error",
        "-print_format",
        "json=compact=1",
        "-show_entries",
        "format=format_name,duration:format_tags=major_brand"
            + ":stream=index,codec_type,codec_name,profile,pix_fmt,width,height,avg_frame_rate,"
            + "channels:stream_disposition=default,attached_pic:stream_tags=language,title");
  }
}
