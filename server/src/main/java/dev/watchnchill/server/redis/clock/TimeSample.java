package dev.watchnchill.server.redis.clock;

/**
 * One reading of the store's clock.
 *
 * @param sentNanos the local counter when the request was sent
 * @param storeMs the store's time, ms since the epoch with fractions
 * @param receivedNanos the local counter when the answer was received
 */
public record TimeSample(long sentNanos, double storeMs, long receivedNanos) {
  static final double NANOS_PER_MS = 1_000_000;

  /** Returns the round trip in ms: the reading is wrong by at most half of it. */
  public double roundTripMs() {
    return (receivedNanos - sentNanos) / NANOS_PER_MS;
  }

  /**
   * Returns the middle of the round trip, to which the reading belongs if both directions took
   * equally long.
   */
  long middleNanos() {
    return sentNanos + (receivedNanos - sentNanos) / 2;
  }
}
