package dev.watchnchill.socketio.limit;

/**
 * Parameters of token buckets. The state of a bucket is one number that the caller keeps: the time
 * at which the bucket will be full again. So one instance serves any number of buckets.
 */
public final class TokenBucket {
  private final double nanosPerUnit;
  private final long burstNanos;

  TokenBucket(int unitsPerSecond, int burst) {
    this.nanosPerUnit = 1e9 / unitsPerSecond;
    this.burstNanos = (long) (burst * nanosPerUnit);
  }

  /** Returns the new state of a bucket after units are taken. */
  public long take(long fullAtNanos, long nowNanos, long units) {
    long from = fullAtNanos - nowNanos > 0 ? fullAtNanos : nowNanos;
    return from + (long) (units * nanosPerUnit);
  }

  /** Returns whether more was taken than the bucket holds. */
  public boolean isOverdrawn(long fullAtNanos, long nowNanos) {
    return fullAtNanos - nowNanos > burstNanos;
  }

  /** Returns whether more than half of the bucket is taken. */
  public boolean isBelowHalf(long fullAtNanos, long nowNanos) {
    return fullAtNanos - nowNanos > burstNanos / 2;
  }

  /** Returns the state of an empty bucket, to which an overdrawn one is set. */
  long emptyFullAtNanos(long nowNanos) {
    return nowNanos + burstNanos;
  }
}
