package dev.watchnchill.server.redis.clock;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the store's clock behind a network: a line (offset and drift) through the questions that
 * came back quickest. Pure; not for several threads.
 *
 * <p>An answer that took long says little, so it is not let in while better ones are young enough.
 * An answer that cannot be true for the line, whatever its way took, is set aside; when the next
 * one says the same, the store is another one, or its clock was set, and all is learned anew.
 */
final class ClockFilter {
  /** So many answers make the line. */
  private static final int KEPT_MAX = 40;

  /** What is known of a clock gets worse by so much, once its drift is known. */
  private static final double WANDER = 10e-6;

  /** Two crystals differ by about so much. */
  private static final double DRIFT_USUAL = 60e-6;

  /** An answer may be off the line by so much more than its way explains. */
  private static final double SLACK_MS = 1;

  /** And by so much more the longer nobody has looked. */
  private static final double SLACK_DRIFT = 200e-6;

  /** What the quickest answer is wrong by at least. */
  private static final double ERROR_MIN_MS = 0.03;

  /**
   * Where the store's clock is.
   *
   * @param nanos of the local counter
   * @param storeMs the store's time then
   * @param drift how much faster than the local counter it runs
   */
  record Line(long nanos, double storeMs, double drift) {
    double at(long when) {
      double passed = (when - nanos) / TimeSample.NANOS_PER_MS;
      return storeMs + passed * (1 + drift);
    }
  }

  private final Deque<TimeSample> kept = new ArrayDeque<>();
  private @Nullable TimeSample aside;
  private @Nullable Line line;
  private double driftBefore;

  /** Learns from questions that were asked together; the line, or null while nothing is known. */
  @Nullable Line learn(List<TimeSample> burst) {
    TimeSample best =
        burst.stream()
            .filter(sample -> sample.receivedNanos() >= sample.sentNanos())
            .min(Comparator.comparingDouble(TimeSample::roundTripMs))
            .orElse(null);
    if (best == null) {
      return line;
    }
    Line known = line;
    if (known != null && !possible(best, known)) {
      if (aside == null || !agree(aside, best)) {
        aside = best;
        return known;
      }
      driftBefore = known.drift();
      kept.clear();
      kept.add(aside);
      aside = null;
      keep(best);
    } else {
      aside = null;
      if (!worthKeeping(best)) {
        return known;
      }
      keep(best);
    }
    line = fit();
    return line;
  }

  /** Whether an answer stands aside, so that it is good to ask again soon. */
  boolean doubtful() {
    return aside != null;
  }

  private void keep(TimeSample sample) {
    kept.add(sample);
    if (kept.size() > KEPT_MAX) {
      kept.remove();
    }
  }

  private boolean possible(TimeSample sample, Line known) {
    double ageMs = (sample.middleNanos() - kept.getLast().middleNanos()) / TimeSample.NANOS_PER_MS;
    double off = Math.abs(sample.storeMs() - known.at(sample.middleNanos()));
    return off <= sample.roundTripMs() / 2 + SLACK_MS + ageMs * SLACK_DRIFT;
  }

  private static boolean agree(TimeSample one, TimeSample other) {
    double passed = (other.middleNanos() - one.middleNanos()) / TimeSample.NANOS_PER_MS;
    double off = Math.abs(other.storeMs() - one.storeMs() - passed);
    return off <= (one.roundTripMs() + other.roundTripMs()) / 2 + SLACK_MS + passed * SLACK_DRIFT;
  }

  private boolean worthKeeping(TimeSample sample) {
    double bestMs = Double.POSITIVE_INFINITY;
    for (TimeSample old : kept) {
      bestMs = Math.min(bestMs, errorMs(old, sample.middleNanos()));
    }
    return errorMs(sample, sample.middleNanos()) <= 2 * bestMs + 0.25;
  }

  /** What that answer may be wrong by at that moment. */
  private static double errorMs(TimeSample sample, long nowNanos) {
    double ageMs = (nowNanos - sample.middleNanos()) / TimeSample.NANOS_PER_MS;
    return ERROR_MIN_MS + sample.roundTripMs() / 2 + ageMs * WANDER;
  }

  /** Weighted least squares, with what crystals usually do for a prejudice about the drift. */
  private Line fit() {
    long nowNanos = kept.getLast().middleNanos();
    double firstMs = kept.getLast().storeMs();
    List<double[]> points = new ArrayList<>(kept.size()); // passed, off, weight
    double weights = 0;
    double passedSum = 0;
    double offSum = 0;
    for (TimeSample sample : kept) {
      double passed = (sample.middleNanos() - nowNanos) / TimeSample.NANOS_PER_MS;
      double off = sample.storeMs() - firstMs - passed; // small, so that no digits are lost
      double error = errorMs(sample, nowNanos);
      double weight = 1 / (error * error);
      points.add(new double[] {passed, off, weight});
      weights += weight;
      passedSum += weight * passed;
      offSum += weight * off;
    }
    double passedMean = passedSum / weights;
    double offMean = offSum / weights;
    double prejudice = 1 / (DRIFT_USUAL * DRIFT_USUAL);
    double square = prejudice;
    double product = prejudice * driftBefore;
    for (double[] point : points) {
      square += point[2] * (point[0] - passedMean) * (point[0] - passedMean);
      product += point[2] * (point[0] - passedMean) * (point[1] - offMean);
    }
    double drift =
        Math.clamp(product / square, -ClockTrajectory.DRIFT_MAX, ClockTrajectory.DRIFT_MAX);
    return new Line(nowNanos, firstMs + offMean - passedMean * drift, drift);
  }
}
