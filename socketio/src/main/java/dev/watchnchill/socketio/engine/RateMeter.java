package dev.watchnchill.socketio.engine;

/**
 * A token bucket whose state is one number: the time at which it will be full again. Stateless
 * itself, so that one meter serves any number of buckets.
 */
final class RateMeter {
  private final double nanosPerUnit;
  private final long burstNanos;

  RateMeter(int unitsPerSecond, int burst) {
    this.nanosPerUnit = 1e9 / unitsPerSecond;
    this.burstNanos = (long) (burst * nanosPerUnit);
  }

  /** Returns when a bucket is full again from which that many units are taken now. */
  long take(long fullAtNanos, long nowNanos, long units) {
    long from = fullAtNanos - nowNanos > 0 ? fullAtNanos : nowNanos;
    return from + (long) (units * nanosPerUnit);
  }

  /** Whether more was taken than the bucket holds. */
  boolean isOverdrawn(long fullAtNanos, long nowNanos) {
    return fullAtNanos - nowNanos > burstNanos;
  }

  /** Whether more than half of the bucket is taken. */
  boolean isBelowHalf(long fullAtNanos, long nowNanos) {
    return fullAtNanos - nowNanos > burstNanos / 2;
  }

  /** Returns the time for an empty bucket: a client's debt does not grow beyond it. */
  long emptiest(long nowNanos) {
    return nowNanos + burstNanos;
  }
}
