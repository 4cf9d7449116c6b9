package dev.watchnchill.server.redis.clock;

/**
 * How server time runs from some moment of the local counter on: along a target line, and from
 * where it was until then towards that line by as much as is allowed.
 *
 * @param epoch which run of the clock this is
 * @param sinceNanos of the local counter
 * @param targetMs server time at that moment, by the line
 * @param drift how much faster than the local counter the line is, such as 0.0001 for 100 ppm
 * @param aheadMs how far ahead of the line the clock was at that moment
 */
record ClockTrajectory(long epoch, long sinceNanos, double targetMs, double drift, double aheadMs) {
  /** A clock never runs faster or slower than the local counter by more than this. */
  static final double SLEW_MAX = 500e-6;

  /** A line steeper than this is not believed, so that there is always room to catch up. */
  static final double DRIFT_MAX = 400e-6;

  /**
   * Towards the line it goes by so much, if that is allowed: servers whose counters differ go there
   * side by side.
   */
  private static final double APPROACH = 350e-6;

  /** Server time at that moment of the local counter. */
  double at(long nanos) {
    double passed = (nanos - sinceNanos) / TimeSample.NANOS_PER_MS;
    double room = Math.min(APPROACH, aheadMs > 0 ? SLEW_MAX + drift : SLEW_MAX - drift);
    double left = Math.max(0, Math.abs(aheadMs) - Math.max(0, passed) * room);
    return targetMs + passed + passed * drift + Math.copySign(left, aheadMs);
  }
}
