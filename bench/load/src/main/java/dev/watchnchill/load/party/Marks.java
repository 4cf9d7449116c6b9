package dev.watchnchill.load.party;

import dev.watchnchill.load.measure.Clock;
import dev.watchnchill.load.net.Bytes;
import java.util.Locale;

/**
 * When a command was due travels with it and comes back with every delivery: in a message's text,
 * as a film's position, or as the time of a host's report. So a delivery needs nothing but itself
 * to tell how long it took.
 */
public final class Marks {
  /** No mark was there. */
  public static final long NONE = -1;

  private static final double MICROS = 1e6;
  private static final double MICROS_PER_MS = 1e3;
  private static final byte[] IN_TEXT = Bytes.of("\"message\":\"@");
  private static final byte[] IN_POSITION = Bytes.of("\"currentTime\":");
  private static final byte[] IN_REPORT = Bytes.of("\"timestamp\":");
  private static final long WALL_ORIGIN_MS =
      System.currentTimeMillis() - Math.round(Clock.micros() / MICROS_PER_MS);

  private Marks() {}

  /** A message as people write them, some 40 characters, with its mark. */
  public static String text(long dueMicros) {
    return "@" + dueMicros + " did you see that? wait for it";
  }

  /** A position in a film, in seconds. */
  public static String position(long dueMicros) {
    return String.format(Locale.ROOT, "%d.%06d", dueMicros / 1_000_000, dueMicros % 1_000_000);
  }

  /** A time in ms since the epoch. */
  public static String timestamp(long dueMicros) {
    long ms = WALL_ORIGIN_MS + dueMicros / 1_000;
    return String.format(Locale.ROOT, "%d.%03d", ms, dueMicros % 1_000);
  }

  /** The mark of a {@code new-message}. */
  public static long ofText(byte[] in, int from, int to) {
    int at = Bytes.after(IN_TEXT, in, from, to);
    return at < 0 ? NONE : Bytes.number(in, at, to);
  }

  /** The mark of a {@code video-played}, {@code -paused} or {@code -seeked}. */
  public static long ofPosition(byte[] in, int from, int to) {
    int at = Bytes.after(IN_POSITION, in, from, to);
    return at < 0 ? NONE : rounded(Bytes.decimal(in, at, to) * MICROS);
  }

  /** The mark of a {@code sync-update} that a host has caused. */
  public static long ofTimestamp(byte[] in, int from, int to) {
    int at = Bytes.after(IN_REPORT, in, from, to);
    return at < 0 ? NONE : rounded((Bytes.decimal(in, at, to) - WALL_ORIGIN_MS) * MICROS_PER_MS);
  }

  private static long rounded(double micros) {
    return Double.isNaN(micros) ? NONE : Math.round(micros);
  }
}
