package dev.watchnchill.load.member;

import dev.watchnchill.load.measure.MicrosClock;
import dev.watchnchill.load.net.JsonScanner;
import java.util.Locale;

/**
 * Writes the due time of a command into the command, and reads it from each delivery: in the text
 * of a message, as the position of the video, or as the timestamp of a host's report.
 */
public final class DueTimes {
  /** The value when there is no due time. */
  public static final long NONE = -1;

  private static final double MICROS = 1e6;
  private static final double MICROS_PER_MS = 1e3;
  private static final byte[] IN_TEXT = JsonScanner.of("\"message\":\"@");
  private static final byte[] IN_POSITION = JsonScanner.of("\"currentTime\":");
  private static final byte[] IN_REPORT = JsonScanner.of("\"timestamp\":");
  private static final long WALL_ORIGIN_MS =
      System.currentTimeMillis() - Math.round(MicrosClock.micros() / MICROS_PER_MS);

  private DueTimes() {}

  /** Returns a message of usual length with a due time. */
  public static String text(long dueMicros) {
    return "@" + dueMicros + " did you see that? wait for it";
  }

  /** Returns a due time as a position in a video, in seconds. */
  public static String position(long dueMicros) {
    return String.format(Locale.ROOT, "%d.%06d", dueMicros / 1_000_000, dueMicros % 1_000_000);
  }

  /** Returns a due time as milliseconds since the epoch. */
  public static String timestamp(long dueMicros) {
    long ms = WALL_ORIGIN_MS + dueMicros / 1_000;
    return String.format(Locale.ROOT, "%d.%03d", ms, dueMicros % 1_000);
  }

  /** Returns the due time of a {@code new-message}. */
  public static long ofText(byte[] in, int from, int to) {
    int at = JsonScanner.after(IN_TEXT, in, from, to);
    return at < 0 ? NONE : JsonScanner.number(in, at, to);
  }

  /** Returns the due time of a {@code video-played}, {@code -paused} or {@code -seeked}. */
  public static long ofPosition(byte[] in, int from, int to) {
    int at = JsonScanner.after(IN_POSITION, in, from, to);
    return at < 0 ? NONE : rounded(JsonScanner.decimal(in, at, to) * MICROS);
  }

  /** Returns the due time of a {@code sync-update}. */
  public static long ofTimestamp(byte[] in, int from, int to) {
    int at = JsonScanner.after(IN_REPORT, in, from, to);
    return at < 0
        ? NONE
        : rounded((JsonScanner.decimal(in, at, to) - WALL_ORIGIN_MS) * MICROS_PER_MS);
  }

  private static long rounded(double micros) {
    return Double.isNaN(micros) ? NONE : Math.round(micros);
  }
}
