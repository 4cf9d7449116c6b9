package dev.watchnchill.load.measure;

/** Microseconds since the start of the generator, small enough for the position of a video. */
public final class MicrosClock {
  private static final long ORIGIN = System.nanoTime();
  private static final long NANOS = 1_000;

  private MicrosClock() {}

  /** Returns the current time. */
  public static long micros() {
    return (System.nanoTime() - ORIGIN) / NANOS;
  }

  /** Converts a time to the clock of {@link System#nanoTime()}. */
  public static long nanoTime(long micros) {
    return ORIGIN + micros * NANOS;
  }
}
