package dev.watchnchill.server.media.hls;

import dev.watchnchill.server.media.tool.FilmTools;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The source of one rendition of a film, and the way it is made. */
sealed interface RenditionSource {
  /** Samples in a second of every sound that is sent. */
  int SOUND_RATE = 48_000;

  /** Samples in a frame of AAC. */
  int SOUND_FRAME = 1_024;

  /** AAC frames in one fragment of what ffmpeg writes. */
  int SOUND_FRAGMENT_FRAMES = 15;

  /** Length of a segment of sound, in samples: 6.08 s, exact in milliseconds and in AAC frames. */
  long SOUND_SEGMENT = 19L * SOUND_FRAGMENT_FRAMES * SOUND_FRAME;

  /** About how long a segment of encoded video is, s: short, since a viewer waits for the first. */
  double ENCODED_SECONDS = 3;

  /** Returns the times of its segments. */
  SegmentTimes times();

  /** Returns the name of its folder and playlist. */
  String name();

  /** Returns the options of ffmpeg between the input and the output, from a segment on. */
  List<String> options(int segment, double origin);

  /** Returns the place to seek to for a segment, s from the start of the film. */
  double seek(int segment);

  /** Returns how many segments are made before they are asked for. */
  int ahead();

  /** Returns whether making it takes a whole processor. */
  boolean heavy();

  /**
   * Video that is only put into another container; its segments begin at pictures that depend on no
   * earlier one.
   *
   * @param stream its number in the file
   */
  record CopiedVideo(int stream, SegmentTimes times) implements RenditionSource {
    @Override
    public String name() {
      return "video";
    }

    @Override
    public List<String> options(int segment, double origin) {
      return List.of("-map", "0:" + stream, "-c:v", "copy");
    }

    @Override
    public double seek(int segment) {
      return times.start(segment);
    }

    @Override
    public int ahead() {
      return 6;
    }

    @Override
    public boolean heavy() {
      return false;
    }
  }

  /**
   * Video that is encoded as H.264. All segments have the same number of frames.
   *
   * @param stream its number in the file
   * @param rate of the frames that are sent
   */
  record EncodedVideo(int stream, FrameRate rate, SegmentTimes times)
      implements RenditionSource {
    private static final int HEIGHT_MAX = 1_080;

    static EncodedVideo of(int stream, FrameRate rate, double end) {
      double length = (double) frames(rate) * rate.denominator() / rate.numerator();
      return new EncodedVideo(stream, rate, SegmentTimes.regular(length, end));
    }

    private static int frames(FrameRate rate) {
      return (int) Math.max(1, Math.round(ENCODED_SECONDS * rate.perSecond()));
    }

    @Override
    public String name() {
      return "video";
    }

    @Override
    public List<String> options(int segment, double origin) {
      String frames = Integer.toString(frames(rate));
      String filters =
          "yadif=deint=interlaced,setpts=PTS-%s/TB,fps=%s:start_time=%s:round=near,"
                  .formatted(exact(origin), rate, exact(seek(segment)))
              + "scale=-2:'min(%d,ceil(ih/2)*2)',format=yuv420p,tpad=stop=-1:stop_mode=clone"
                  .formatted(HEIGHT_MAX);
      return List.of(
          "-map",
          "0:" + stream,
          "-vf",
          filters,
          "-c:v",
          "libx264",
          "-preset",
          "veryfast",
          "-crf",
          "22",
          "-maxrate",
          "8M",
          "-bufsize",
          "16M",
          "-profile:v",
          "high",
          "-level",
          "4.1",
          "-bf",
          "0",
          "-g",
          frames,
          "-keyint_min",
          frames,
          "-sc_threshold",
          "0");
    }

    @Override
    public double seek(int segment) {
      return Math.max(0, times.start(segment) - 0.5 / rate.perSecond());
    }

    @Override
    public int ahead() {
      return 10;
    }

    @Override
    public boolean heavy() {
      return true;
    }
  }

  /**
   * A track of sound, encoded as AAC of two channels. Its segments are whole frames of AAC, so that
   * those of two runs of ffmpeg fit together.
   *
   * @param number among the tracks of sound of the film, from 0
   * @param stream its number in the file
   */
  record Sound(int number, int stream, SegmentTimes times) implements RenditionSource {
    static Sound of(int number, int stream, double end) {
      return new Sound(
          number, stream, SegmentTimes.regular((double) SOUND_SEGMENT / SOUND_RATE, end));
    }

    @Override
    public String name() {
      return "audio-" + number;
    }

    @Override
    public List<String> options(int segment, double origin) {
      // One fragment more in front: the first frame of an encoder has what is before the sound.
      long first = segment * SOUND_SEGMENT - (SOUND_FRAGMENT_FRAMES - 1) * SOUND_FRAME;
      // The first filter changes the rate: the second one counts in samples of what it reads.
      String filters =
          "asetpts=PTS-%s/TB,aresample=%d,aresample=%d:async=1000:first_pts=%d,apad"
              .formatted(exact(origin), SOUND_RATE, SOUND_RATE, first);
      return List.of(
          "-map",
          "0:" + stream,
          "-af",
          filters,
          "-ac",
          "2",
          "-c:a",
          "aac",
          "-b:a",
          "160k",
          "-frag_duration",
          Long.toString(SOUND_FRAGMENT_FRAMES * SOUND_FRAME * 1_000_000L / SOUND_RATE));
    }

    @Override
    public double seek(int segment) {
      return Math.max(0, times.start(segment) - 1);
    }

    @Override
    public int ahead() {
      return 6;
    }

    @Override
    public boolean heavy() {
      return false;
    }
  }

  /** Returns the arguments of ffmpeg that write this rendition to a pipe, from a segment on. */
  default List<String> arguments(Path input, double origin, int segment) {
    var all = new ArrayList<String>();
    all.addAll(List.of("-v", "quiet", "-nostdin", "-copyts"));
    if (segment > 0) {
      all.addAll(List.of("-ss", exact(origin + seek(segment))));
    }
    all.addAll(FilmTools.INPUT_LIMITS);
    all.addAll(List.of("-i", "file:" + input));
    all.addAll(options(segment, origin));
    all.addAll(
        List.of(
            "-map_metadata",
            "-1",
            "-map_chapters",
            "-1",
            "-avoid_negative_ts",
            "disabled",
            "-to",
            exact(end(origin)),
            "-f",
            "mp4",
            "-movflags",
            flags(),
            "pipe:1"));
    return all;
  }

  /** Returns the end of the film in the times of what is written, s. */
  private double end(double origin) {
    double end = times().start(times().count());
    return this instanceof CopiedVideo ? end + origin : end;
  }

  private String flags() {
    String all = "empty_moov+default_base_moof+frag_discont+negative_cts_offsets";
    return this instanceof Sound ? all : all + "+frag_keyframe";
  }

  private static String exact(double seconds) {
    return String.format(Locale.ROOT, "%.6f", seconds);
  }
}
