package dev.watchnchill.load.measure;

/** Microseconds since the generator started: small enough to travel as a position in a film. */
public final class Clock {
  private static final long ORIGIN = System.nanoTime();
  private static final long NANOS = 1_000;

  private Clock() {}

  /** Now. */
  public static long micros() {
    return (System.nanoTime() - ORIGIN) / NANOS;
  }

  /** That time by the clock of {@link System#nanoTime()}. */
  public static long nanoTime(long micros) {
    return ORIGIN + micros * NANOS;
  }
}
