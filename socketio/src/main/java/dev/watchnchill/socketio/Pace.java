package dev.watchnchill.socketio;

/** When the sockets of a room may be written to for the sake of what can wait. */
final class Pace {
  private boolean begun;
  private long nextNanos;

  // Whether something waits for that moment, which is a write then.
  private boolean awaited;

  /** How long an event that comes now has to wait; 0: it goes now. */
  long waitNanos(long nowNanos, long gapNanos) {
    if (begun && awaited && nextNanos - nowNanos <= 0) {
      nextNanos += gapNanos;
      awaited = false;
    }
    if (begun && nextNanos - nowNanos > 0) {
      awaited = true;
      return nextNanos - nowNanos;
    }
    begun = true;
    nextNanos = nowNanos + gapNanos;
    return 0;
  }
}
