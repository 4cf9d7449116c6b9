package dev.watchnchill.server.redis.clock;

import dev.watchnchill.server.runtime.port.ServerClock;
import java.util.List;
import java.util.concurrent.locks.StampedLock;
import java.util.function.LongSupplier;

/**
 * Server time that follows the store's clock (rule TL7): instances that share a store have the same
 * time, whatever their wall clocks show. {@link ClockPoller} feeds it.
 */
public final class SharedClock implements ServerClock {
  private final LongSupplier nanos;
  private final LongSupplier wallMs;
  private final StampedLock lock = new StampedLock();
  private final SlewedClock slewedClock;
  private volatile SlewFunction slew;
  private volatile boolean used;
  private volatile double roundTripMs = Double.NaN;

  /**
   * @param nanos a counter that never runs backwards
   * @param wallMs the wall clock: the start before the store has answered, and what {@link
   *     #aheadOfWallMs} compares with
   */
  public SharedClock(LongSupplier nanos, LongSupplier wallMs) {
    this.nanos = nanos;
    this.wallMs = wallMs;
    slewedClock = new SlewedClock(nanos.getAsLong(), wallMs.getAsLong());
    slew = slewedClock.slew();
  }

  @Override
  public long nowMs() {
    return (long) nowExactMs();
  }

  @Override
  public double nowExactMs() {
    if (!used) {
      used = true;
    }
    return read();
  }

  private double read() {
    // Counter and function are read on the same side of an update, or time could go back.
    long stamp = lock.tryOptimisticRead();
    double now = slew.at(nanos.getAsLong());
    if (lock.validate(stamp)) {
      return now;
    }
    stamp = lock.readLock();
    try {
      return slew.at(nanos.getAsLong());
    } finally {
      lock.unlockRead(stamp);
    }
  }

  @Override
  public long clockEpoch() {
    used = true;
    return slew.epoch();
  }

  /**
   * Adjusts the clock to a burst of samples.
   *
   * @return whether the store should be polled again soon
   */
  boolean update(List<TimeSample> burst) {
    long stamp = lock.writeLock();
    try {
      slewedClock.update(burst, nanos.getAsLong(), used);
      slew = slewedClock.slew();
      burst.stream()
          .mapToDouble(TimeSample::roundTripMs)
          .min()
          .ifPresent(best -> roundTripMs = best);
      return slewedClock.hasOutlier();
    } finally {
      lock.unlockWrite(stamp);
    }
  }

  long nanos() {
    return nanos.getAsLong();
  }

  /** Returns how far server time is ahead of the wall clock, in ms; for metrics. */
  public double aheadOfWallMs() {
    return read() - wallMs.getAsLong();
  }

  /**
   * Returns the shortest round trip of the last burst, in ms, or NaN before the first; for metrics.
   */
  public double roundTripMs() {
    return roundTripMs;
  }
}
