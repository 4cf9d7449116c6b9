package dev.watchnchill.server.media.hls;

/**
 * The frames of a video in a second, as a fraction.
 *
 * @param numerator more than 0
 * @param denominator more than 0
 */
public record FrameRate(int numerator, int denominator) {
  private static final double PER_SECOND_MIN = 5;
  private static final double PER_SECOND_MAX = 60;

  /** The rate of a video that does not say its own, or an odd one. */
  static final FrameRate USUAL = new FrameRate(25, 1);

  /** Throws when a part is not more than 0. */
  public FrameRate {
    if (numerator <= 0 || denominator <= 0) {
      throw new IllegalArgumentException(numerator + "/" + denominator);
    }
  }

  /** Returns this rate, or one that is sent in its place because it is odd. */
  FrameRate sent() {
    double rate = perSecond();
    if (rate > PER_SECOND_MAX && rate <= 2 * PER_SECOND_MAX + 1) {
      return new FrameRate(numerator, Math.multiplyExact(denominator, 2));
    }
    return rate >= PER_SECOND_MIN && rate <= PER_SECOND_MAX ? this : USUAL;
  }

  double perSecond() {
    return (double) numerator / denominator;
  }

  @Override
  public String toString() {
    return numerator + "/" + denominator;
  }
}
