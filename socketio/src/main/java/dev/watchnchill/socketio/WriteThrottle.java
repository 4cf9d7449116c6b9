package dev.watchnchill.socketio;

/** Spaces the writes of throttled events to one room. */
final class WriteThrottle {
  private boolean begun;
  private long nextNanos;

  /** Whether an event waits for {@link #nextNanos}, so that there is a write at that time. */
  private boolean awaited;

  /** Returns how long an event that is sent now has to wait; 0 for not at all. */
  long waitNanos(long nowNanos, long throttleNanos) {
    if (begun && awaited && nextNanos - nowNanos <= 0) {
      nextNanos += throttleNanos;
      awaited = false;
    }
    if (begun && nextNanos - nowNanos > 0) {
      awaited = true;
      return nextNanos - nowNanos;
    }
    begun = true;
    nextNanos = nowNanos + throttleNanos;
    return 0;
  }
}
