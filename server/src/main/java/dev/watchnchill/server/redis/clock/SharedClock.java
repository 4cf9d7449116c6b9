package dev.watchnchill.server.redis.clock;

import dev.watchnchill.server.runtime.ServerClock;
import java.util.List;
import java.util.concurrent.locks.StampedLock;
import java.util.function.LongSupplier;

/**
 * Server time as the store's clock has it (rule TL7): servers that share a store show one time,
 * whatever their own wall clocks say. {@link ClockPoller} keeps it right.
 */
public final class SharedClock implements ServerClock {
  private final LongSupplier nanos;
  private final LongSupplier wallMs;
  private final StampedLock lock = new StampedLock();
  private final ClockDiscipline discipline;
  private volatile ClockTrajectory course;
  private volatile boolean used;
  private volatile double roundTripMs = Double.NaN;

  /**
   * @param nanos a counter that never runs backwards
   * @param wallMs the wall clock: where it starts before the store has answered, and what {@link
   *     #aheadOfWallMs} compares with
   */
  public SharedClock(LongSupplier nanos, LongSupplier wallMs) {
    this.nanos = nanos;
    this.wallMs = wallMs;
    discipline = new ClockDiscipline(nanos.getAsLong(), wallMs.getAsLong());
    course = discipline.course();
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
    // Counter and course are read on one side of a change, or somebody could see time go back.
    long stamp = lock.tryOptimisticRead();
    double now = course.at(nanos.getAsLong());
    if (lock.validate(stamp)) {
      return now;
    }
    stamp = lock.readLock();
    try {
      return course.at(nanos.getAsLong());
    } finally {
      lock.unlockRead(stamp);
    }
  }

  @Override
  public long clockEpoch() {
    used = true;
    return course.epoch();
  }

  /**
   * Learns from questions to the store that were asked together.
   *
   * @return whether it should be asked again soon
   */
  boolean learn(List<TimeSample> burst) {
    long stamp = lock.writeLock();
    try {
      discipline.learn(burst, nanos.getAsLong(), used);
      course = discipline.course();
      burst.stream()
          .mapToDouble(TimeSample::roundTripMs)
          .min()
          .ifPresent(best -> roundTripMs = best);
      return discipline.doubtful();
    } finally {
      lock.unlockWrite(stamp);
    }
  }

  long nanos() {
    return nanos.getAsLong();
  }

  /** For metrics: how far server time is ahead of this machine's wall clock, in ms. */
  public double aheadOfWallMs() {
    return read() - wallMs.getAsLong();
  }

  /** For metrics: how long the store took to tell its time when last asked, in ms; NaN at first. */
  public double roundTripMs() {
    return roundTripMs;
  }
}
