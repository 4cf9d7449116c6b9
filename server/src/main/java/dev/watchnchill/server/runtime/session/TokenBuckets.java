package dev.watchnchill.server.runtime.session;

import dev.watchnchill.server.wire.EventClass;
import org.jspecify.annotations.Nullable;

/**
 * Token buckets, one for each class of events: those of one connection (rule RL5), or those of one
 * client address (rule RL23). Used by one thread at a time.
 */
final class TokenBuckets {
  private static final int CLASSES = EventClass.values().length;

  private final double scale;
  // Created late: a socket that only watches needs none.
  private double @Nullable [] tokens;
  private long @Nullable [] filledAtMs;

  /**
   * @param scale multiplies burst and rate
   */
  TokenBuckets(double scale) {
    this.scale = scale;
  }

  /**
   * Takes tokens; false, and none is taken, when there are too few.
   *
   * @param count how many; more than half of the burst count as half of it
   */
  boolean take(EventClass eventClass, int count, long nowMs) {
    double[] left = tokens;
    long[] filled = filledAtMs;
    if (left == null || filled == null) {
      left = new double[CLASSES];
      filled = new long[CLASSES];
      for (EventClass each : EventClass.values()) {
        left[each.index()] = each.burst() * scale;
        filled[each.index()] = nowMs;
      }
      tokens = left;
      filledAtMs = filled;
    }
    int i = eventClass.index();
    double gained = Math.max(0, nowMs - filled[i]) * eventClass.perSecond() * scale / 1000;
    double burst = eventClass.burst() * scale;
    left[i] = Math.min(burst, left[i] + gained);
    filled[i] = nowMs;
    // An event of many tokens has to be possible whatever the scale is.
    double taken = Math.min(count, Math.max(1, burst / 2));
    if (left[i] < taken) {
      return false;
    }
    left[i] -= taken;
    return true;
  }
}
