package dev.watchnchill.socketio.limit;

/**
 * Rates and bursts of packets and bytes, for a token bucket each.
 *
 * @param packetsPerSecond packets in the long run; each frame, attachment and ping counts
 * @param packetsBurst packets at once
 * @param bytesPerSecond bytes in the long run
 * @param bytesBurst bytes at once; one payload of the allowed size always fits into a full bucket
 */
public record RateBudget(
    int packetsPerSecond, int packetsBurst, int bytesPerSecond, int bytesBurst) {
  /** Checks that each figure is at least 1. */
  public RateBudget {
    if (packetsPerSecond < 1 || packetsBurst < 1 || bytesPerSecond < 1 || bytesBurst < 1) {
      throw new IllegalArgumentException("a rate budget's figures must be at least 1");
    }
  }

  /** Returns this budget multiplied by a factor, at most 2^31 - 1 in each figure. */
  public RateBudget times(double factor) {
    return new RateBudget(
        times(packetsPerSecond, factor),
        times(packetsBurst, factor),
        times(bytesPerSecond, factor),
        times(bytesBurst, factor));
  }

  private static int times(int figure, double factor) {
    return (int) Math.clamp(Math.ceil(figure * factor), 1, Integer.MAX_VALUE);
  }
}
