package dev.watchnchill.load.scenario;

import java.math.BigDecimal;

/** What phases are called. */
final class Steps {
  private Steps() {}

  /** A rate without a needless fraction. */
  static String perSecond(double rate) {
    return BigDecimal.valueOf(rate).stripTrailingZeros().toPlainString() + "/s";
  }
}
