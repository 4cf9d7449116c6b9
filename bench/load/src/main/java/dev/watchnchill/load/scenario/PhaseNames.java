package dev.watchnchill.load.scenario;

import java.math.BigDecimal;

/** The names of phases. */
final class PhaseNames {
  private PhaseNames() {}

  /** Returns a rate without a needless fraction. */
  static String perSecond(double rate) {
    return BigDecimal.valueOf(rate).stripTrailingZeros().toPlainString() + "/s";
  }
}
