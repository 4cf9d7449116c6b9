package dev.watchnchill.socketio.limit;

import java.time.Duration;

/** Range checks of settings. The message of a failed check names the setting. */
public final class RangeChecks {
  private static final long DURATION_DAYS_MAX = 365;

  private RangeChecks() {}

  /** Throws when a value is outside of its range. */
  public static void within(String name, long value, long min, long max) {
    if (value < min || value > max) {
      throw new IllegalArgumentException(
          name + " must be " + min + " to " + max + ", not " + value);
    }
  }

  /** Throws when a duration is shorter than {@code minMs} or longer than 365 days. */
  public static void atLeast(String name, Duration value, long minMs) {
    if (value.toMillis() < minMs || value.toDays() > DURATION_DAYS_MAX) {
      throw new IllegalArgumentException(
          name + " must be " + minMs + " ms to 365 days, not " + value.toMillis() + " ms");
    }
  }
}
