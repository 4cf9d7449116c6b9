package dev.watchnchill.load;

import dev.watchnchill.load.measure.Clock;
import java.util.Locale;

/** What people read while it runs: on the error stream, because the other holds the result. */
public final class Progress {
  private Progress() {}

  /** A line. */
  @SuppressWarnings("AnnotateFormatMethod") // for that alone, a library
  public static void say(String format, Object... values) {
    System.err.printf(Locale.ROOT, "%7.1f s  %s%n", Clock.micros() / 1e6, format.formatted(values));
  }
}
