package dev.watchnchill.server.redis.clock;

import java.util.List;

/**
 * Server time, made of a local counter and a store's clock; asks neither. Pure; not for several
 * threads.
 *
 * <p>It starts at a time that it is given. Until it was read, the first answer of the store sets
 * it. From then on it is led to the store's time by at most 500 ppm and never runs backwards; only
 * when it is off by more than a second it steps, and is another run of the clock. Without answers
 * it goes on as it went.
 */
final class ClockDiscipline {
  /** Further off than this it is set, not led. */
  static final double STEP_MS = 1_000;

  private final ClockFilter filter = new ClockFilter();
  private ClockTrajectory course;

  /** Begins at that time. */
  ClockDiscipline(long nowNanos, long startMs) {
    course = new ClockTrajectory(startMs, nowNanos, startMs, 0, 0);
  }

  /** How it runs now. */
  ClockTrajectory course() {
    return course;
  }

  /**
   * Learns from questions that were asked together.
   *
   * @param nowNanos the local counter now, not before the last answer
   * @param used whether anybody has seen the time, so that it may not jump
   */
  void learn(List<TimeSample> burst, long nowNanos, boolean used) {
    ClockFilter.Line line = filter.learn(burst);
    if (line == null) {
      return;
    }
    double storeMs = line.at(nowNanos);
    double aheadMs = course.at(nowNanos) - storeMs;
    if (!used || Math.abs(aheadMs) > STEP_MS) {
      // Another number than before, also when the store was set back.
      long epoch = Math.max((long) storeMs, used ? course.epoch() + 1 : 0);
      course = new ClockTrajectory(epoch, nowNanos, storeMs, line.drift(), 0);
    } else {
      course = new ClockTrajectory(course.epoch(), nowNanos, storeMs, line.drift(), aheadMs);
    }
  }

  /** Whether the store said something so strange that it should be asked again soon. */
  boolean doubtful() {
    return filter.doubtful();
  }
}
