package dev.watchnchill.load;

import dev.watchnchill.load.measure.MicrosClock;
import java.util.Locale;

/** Prints progress to the error stream, because the output stream holds the result. */
public final class Progress {
  private Progress() {}

  /** Prints a line with the seconds since the start. */
  @SuppressWarnings("AnnotateFormatMethod") // for that alone, a library
  public static void print(String format, Object... values) {
    System.err.printf(
        Locale.ROOT, "%7.1f s  %s%n", MicrosClock.micros() / 1e6, format.formatted(values));
  }
}
