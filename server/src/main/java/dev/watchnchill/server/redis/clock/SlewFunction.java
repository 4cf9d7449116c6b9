package dev.watchnchill.server.redis.clock;

/**
 * Maps the local counter to server time: a target line, and an offset from it that shrinks at a
 * limited rate.
 *
 * @param epoch the run of the clock; a step begins another one
 * @param sinceNanos the local counter at the start of the function
 * @param targetMs server time at that moment, by the target line
 * @param drift how much faster than the local counter the line is, such as 0.0001 for 100 ppm
 * @param aheadMs how far ahead of the line the clock was at that moment
 */
record SlewFunction(long epoch, long sinceNanos, double targetMs, double drift, double aheadMs) {
  /** The maximum difference between the rates of the clock and the local counter. */
  static final double SLEW_MAX = 500e-6;

  /** The maximum drift of a target line, which leaves some rate to catch up with it. */
  static final double DRIFT_MAX = 400e-6;

  /**
   * The usual rate towards the line, if {@link #SLEW_MAX} allows it: instances whose counters
   * differ approach it side by side.
   */
  private static final double SLEW_USUAL = 350e-6;

  /** Returns server time at a moment of the local counter. */
  double at(long nanos) {
    double elapsedMs = (nanos - sinceNanos) / TimeSample.NANOS_PER_MS;
    double slew = Math.min(SLEW_USUAL, aheadMs > 0 ? SLEW_MAX + drift : SLEW_MAX - drift);
    double remainingMs = Math.max(0, Math.abs(aheadMs) - Math.max(0, elapsedMs) * slew);
    return targetMs + elapsedMs + elapsedMs * drift + Math.copySign(remainingMs, aheadMs);
  }
}
