package dev.watchnchill.server.media.hls;

import dev.watchnchill.server.media.tool.FilmTools;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Finds the pictures of a video at which a segment can begin. The film is not read from end to end:
 * ffprobe seeks to a grid of times, and reports the picture that each seek leads to.
 */
final class Keyframes {
  /** Distance of the grid, s; segments are at least so long. */
  private static final double GRID = 4;

  private static final int PLACES_MAX = 10_000;
  private static final int LINE_CHARACTERS_MAX = 200;
  private static final long SECONDS_MAX = 20;

  /** Longest segment: a longer one takes too long to load. */
  private static final double LENGTH_MAX = 20;

  private Keyframes() {}

  /**
   * The beginnings of the segments of a video.
   *
   * @param origin time of its first picture in the file, s
   */
  record Found(double origin, SegmentTimes times) {}

  /**
   * Reads the pictures of a video stream; waits for the disk.
   *
   * @param duration of the film, s
   * @return null when it has none that segments can begin at, or when the search takes too long
   */
  static @Nullable Found find(
      FilmTools tools, Path ffprobe, Path input, int stream, double duration)
      throws IOException, InterruptedException {
    int places = (int) Math.min(PLACES_MAX, Math.ceil(duration / GRID) + 1);
    var intervals = new StringBuilder("0%+#1");
    for (int k = 1; k < places; k++) {
      intervals.append(String.format(Locale.ROOT, ",%.0f%%+#1", k * GRID));
    }
    var arguments = new ArrayList<String>(List.of("-v", "quiet"));
    arguments.addAll(FilmTools.INPUT_LIMITS);
    arguments.addAll(
        List.of(
            "-select_streams",
            Integer.toString(stream),
            "-show_entries",
            "packet=pts_time,flags",
            "-read_intervals",
            intervals.toString(),
            "-of",
            "csv=p=0",
            "file:" + input));
    Process process =
        new ProcessBuilder(tools.conversionCommand(ffprobe, arguments))
            .redirectError(Redirect.DISCARD)
            .start();
    // The end of the time ends the program, and with it the reading.
    var timer =
        CompletableFuture.runAsync(
            process::destroyForcibly,
            CompletableFuture.delayedExecutor(SECONDS_MAX, TimeUnit.SECONDS));
    try (var lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.ISO_8859_1))) {
      process.getOutputStream().close();
      SortedSet<Double> times = read(lines, places);
      return process.waitFor() == 0 ? found(times, duration) : null;
    } finally {
      timer.cancel(false);
      process.destroyForcibly();
    }
  }

  private static SortedSet<Double> read(BufferedReader lines, int places) throws IOException {
    var times = new TreeSet<Double>();
    String line = lines.readLine();
    for (int count = 0; line != null && count <= 2 * places; count++) {
      String[] fields = line.split(",", 3);
      if (line.length() <= LINE_CHARACTERS_MAX && fields.length >= 2 && fields[1].startsWith("K")) {
        double time = seconds(fields[0]);
        if (Double.isFinite(time)) {
          times.add(time);
        }
      }
      line = lines.readLine();
    }
    return times;
  }

  private static double seconds(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException _) {
      return Double.NaN; // a container without these times says N/A
    }
  }

  /** Returns the segments, or null when there is no first picture, or a segment is too long. */
  static @Nullable Found found(SortedSet<Double> times, double duration) {
    if (times.isEmpty()) {
      return null;
    }
    double origin = times.first();
    var starts = new ArrayList<Double>();
    for (double time : times) {
      if (starts.isEmpty() || time - origin - starts.getLast() >= GRID / 2) {
        starts.add(time - origin);
      }
    }
    SegmentTimes segments =
        SegmentTimes.at(
            starts.stream().mapToDouble(Double::doubleValue).toArray(), duration - origin);
    return segments.longest() > LENGTH_MAX ? null : new Found(origin, segments);
  }
}
