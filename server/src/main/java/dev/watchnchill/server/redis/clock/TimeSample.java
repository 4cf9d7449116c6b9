package dev.watchnchill.server.redis.clock;

/**
 * The store was asked for its time once.
 *
 * @param sentNanos of the local counter, when the question went out
 * @param storeMs what the store said, ms since the epoch with fractions
 * @param receivedNanos of the local counter, when the answer was there
 */
public record TimeSample(long sentNanos, double storeMs, long receivedNanos) {
  static final double NANOS_PER_MS = 1_000_000;

  /** How long it took, in ms: the answer is wrong by half of it at most. */
  public double roundTripMs() {
    return (receivedNanos - sentNanos) / NANOS_PER_MS;
  }

  /** The moment of the local counter that the answer belongs to, if both ways took as long. */
  long middleNanos() {
    return sentNanos + (receivedNanos - sentNanos) / 2;
  }
}
