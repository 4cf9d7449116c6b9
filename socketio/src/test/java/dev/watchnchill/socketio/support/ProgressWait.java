package dev.watchnchill.socketio.support;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/** Waits for the end of a long operation for as long as the operation makes progress. */
public final class ProgressWait {
  private static final Duration STALL_MAX = Duration.ofSeconds(30);

  private ProgressWait() {}

  /**
   * Returns when the operation is done. Fails when its progress does not change for 30 seconds, so
   * that the duration of the whole operation may depend on the machine.
   */
  public static void until(BooleanSupplier done, LongSupplier progress) {
    while (!done.getAsBoolean()) {
      long before = progress.getAsLong();
      await("progress")
          .atMost(STALL_MAX)
          .until(() -> done.getAsBoolean() || progress.getAsLong() != before);
    }
  }
}
