package dev.watchnchill.server.redis.clock;

import java.util.List;

/**
 * A clock that slews a local counter towards the store's clock. Pure; not thread-safe.
 *
 * <p>It starts at a given time. Until it has been read, the first answer of the store sets it. From
 * then on it approaches the store's time by at most 500 ppm and never runs backwards. Only when it
 * is off by more than a second does it step, under a new epoch. Without answers it continues at the
 * last known rate.
 */
final class SlewedClock {
  /** The offset beyond which the clock steps instead of slewing. */
  static final double STEP_MS = 1_000;

  private final StoreClockEstimator estimator = new StoreClockEstimator();
  private SlewFunction slew;

  /** Creates a clock that starts at a time. */
  SlewedClock(long nowNanos, long startMs) {
    slew = new SlewFunction(startMs, nowNanos, startMs, 0, 0);
  }

  /** Returns the current mapping from the local counter to server time. */
  SlewFunction slew() {
    return slew;
  }

  /**
   * Adjusts the clock to a burst of samples.
   *
   * @param nowNanos the local counter now, not before the last answer
   * @param used whether the clock has been read, so that it must not jump
   */
  void update(List<TimeSample> burst, long nowNanos, boolean used) {
    StoreClockEstimator.Estimate estimate = estimator.update(burst);
    if (estimate == null) {
      return;
    }
    double storeMs = estimate.at(nowNanos);
    double aheadMs = slew.at(nowNanos) - storeMs;
    if (!used || Math.abs(aheadMs) > STEP_MS) {
      // Never an epoch that was used before, even when the store was set back.
      long epoch = Math.max((long) storeMs, used ? slew.epoch() + 1 : 0);
      slew = new SlewFunction(epoch, nowNanos, storeMs, estimate.drift(), 0);
    } else {
      slew = new SlewFunction(slew.epoch(), nowNanos, storeMs, estimate.drift(), aheadMs);
    }
  }

  /**
   * Returns whether the last sample was an outlier, so that the store should be polled again soon.
   */
  boolean hasOutlier() {
    return estimator.hasOutlier();
  }
}
