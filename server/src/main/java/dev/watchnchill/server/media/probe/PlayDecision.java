package dev.watchnchill.server.media.probe;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The decision how browsers get a film (rule LB10): the file itself when Chromium, Firefox and
 * Safari all play it, else a conversion.
 *
 * @param reason null for {@link Play#DIRECT}
 */
public record PlayDecision(Play play, @Nullable Reason reason) {
  /** The way in which a film is sent. */
  public enum Play {
    /** The file itself. */
    DIRECT,
    /** Converted while it is watched. */
    CONVERT,
    /** Not at all. */
    NO;

    /** Returns its name on the wire. */
    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The part that has to be converted, or the cause why nothing can be sent. */
  public enum Reason {
    /** The streams are copied into another container. */
    CONTAINER,
    /** The picture is encoded anew. */
    VIDEO,
    /** The sound is encoded anew. */
    AUDIO,
    /** Browsers cannot choose one of several audio tracks in a file. */
    TRACKS,
    /** The film has to be converted, and the server cannot. */
    NO_FFMPEG,
    /** The file cannot be read. */
    UNREADABLE,
    /** The file has neither picture nor sound. */
    NO_TRACKS;

    /** Returns its name on the wire. */
    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The decision for a film that browsers play as it is. */
  public static final PlayDecision DIRECT = new PlayDecision(Play.DIRECT, null);

  /** The names of files that browsers play, as far as a name can say it. */
  private static final Set<String> PLAYED_ENDINGS =
      Set.of("mp4", "m4v", "webm", "ogv", "mp3", "m4a", "ogg", "oga", "opus", "wav", "flac", "aac");

  /**
   * The names of files that are sent with the content type of their container. Matroska and WebM
   * have the same reader; browsers know the one by its name.
   */
  private static final Map<String, Set<String>> ENDINGS =
      Map.of(
          "mp4", Set.of("mp4", "m4v", "m4a"),
          "matroska,webm", Set.of("webm"),
          "ogg", Set.of("ogg", "oga", "opus", "ogv"),
          "mp3", Set.of("mp3"),
          "flac", Set.of("flac"),
          "aac", Set.of("aac"),
          "wav", Set.of("wav"));

  /** Pixel formats with 8 bits and a quarter of the colours, which every decoder has. */
  private static final Set<String> PLAIN_PIXELS = Set.of("yuv420p", "yuvj420p");

  private static final Set<String> PCM = Set.of("pcm_s16le", "pcm_u8", "pcm_s24le", "pcm_f32le");

  /** Returns the decision not to play a film. */
  public static PlayDecision no(Reason reason) {
    return new PlayDecision(Play.NO, reason);
  }

  /** Returns the decision by the name of a file, on a server without ffprobe. */
  public static PlayDecision ofName(String fileName) {
    return PLAYED_ENDINGS.contains(ending(fileName)) ? DIRECT : no(Reason.NO_FFMPEG);
  }

  /** Returns the decision for the streams of a film. */
  public static PlayDecision of(FilmStreams streams, String fileName) {
    FilmStreams.Video video = streams.video();
    List<FilmStreams.Audio> audio = streams.audio();
    if (video == null && audio.isEmpty()) {
      return no(Reason.NO_TRACKS);
    }
    if (isDirect(streams, ending(fileName))) {
      return DIRECT;
    }
    return new PlayDecision(
        Play.CONVERT,
        video != null && !copiesVideo(video)
            ? Reason.VIDEO
            : !audio.stream().allMatch(PlayDecision::copiesAudio)
                ? Reason.AUDIO
                : audio.size() > 1 ? Reason.TRACKS : Reason.CONTAINER);
  }

  /** Whether all browsers play a picture when it is copied into another container. */
  public static boolean copiesVideo(FilmStreams.Video video) {
    return switch (video.codec()) {
      case "h264", "vp9", "av1" -> PLAIN_PIXELS.contains(video.pixelFormat());
      default -> false;
    };
  }

  /** Whether all browsers play a sound when it is copied into another container. */
  public static boolean copiesAudio(FilmStreams.Audio audio) {
    return audio.codec().equals("aac");
  }

  private static boolean isDirect(FilmStreams streams, String ending) {
    FilmStreams.Video video = streams.video();
    List<FilmStreams.Audio> audio = streams.audio();
    if (audio.size() > 1 || !ENDINGS.getOrDefault(streams.container(), Set.of()).contains(ending)) {
      return false;
    }
    String sound = audio.isEmpty() ? null : audio.getFirst().codec();
    boolean plain = video != null && PLAIN_PIXELS.contains(video.pixelFormat());
    String picture = video == null ? "" : video.codec();
    return switch (streams.container()) {
      case "mp4" ->
          video == null
              ? isOneOf(sound, "aac", "mp3", "flac", "opus")
              : plain
                  && (picture.equals("h264")
                      ? isOneOf(sound, null, "aac", "mp3")
                      : isOneOf(picture, "av1", "vp9") && isOneOf(sound, null, "aac", "opus"));
      case "matroska,webm" ->
          (video == null || (plain && isOneOf(picture, "vp8", "vp9", "av1")))
              && isOneOf(sound, video == null ? "opus" : null, "opus", "vorbis");
      case "ogg" -> video == null && isOneOf(sound, "vorbis", "opus", "flac");
      case "mp3", "flac", "aac" -> video == null && streams.container().equals(sound);
      case "wav" -> video == null && sound != null && PCM.contains(sound);
      default -> false;
    };
  }

  private static boolean isOneOf(@Nullable String codec, @Nullable String... codecs) {
    for (String each : codecs) {
      if (codec == null ? each == null : codec.equals(each)) {
        return true;
      }
    }
    return false;
  }

  private static String ending(String fileName) {
    return fileName.substring(fileName.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
  }
}
