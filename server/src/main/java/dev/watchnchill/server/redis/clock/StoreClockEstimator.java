package dev.watchnchill.server.redis.clock;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Estimates the store's clock across a network: a line (offset and drift) through the samples with
 * the shortest round trips. Pure; not thread-safe.
 *
 * <p>A sample with a long round trip says little, and is ignored while better ones are young
 * enough. A sample that contradicts the line, whatever its round trip, is an outlier and set aside.
 * When the next sample agrees with it, the store or its clock has changed, and the estimate starts
 * again.
 */
final class StoreClockEstimator {
  /** The maximum number of samples that the line is fitted to. */
  private static final int SAMPLES_MAX = 40;

  /** The rate at which the error of a sample grows with its age, once the drift is known. */
  private static final double ERROR_GROWTH = 10e-6;

  /** The typical drift between two crystals. */
  private static final double TYPICAL_DRIFT = 60e-6;

  /** The tolerance of a sample around the line, beyond its round trip. */
  private static final double SLACK_MS = 1;

  /** The growth of that tolerance with the time since the last sample. */
  private static final double SLACK_DRIFT = 200e-6;

  /** The minimum error of a sample. */
  private static final double ERROR_MIN_MS = 0.03;

  /**
   * An estimate of the store's clock.
   *
   * @param nanos a moment of the local counter
   * @param storeMs the store's time then
   * @param drift how much faster than the local counter it runs
   */
  record Estimate(long nanos, double storeMs, double drift) {
    double at(long when) {
      double passed = (when - nanos) / TimeSample.NANOS_PER_MS;
      return storeMs + passed * (1 + drift);
    }
  }

  private final Deque<TimeSample> samples = new ArrayDeque<>();
  private @Nullable TimeSample outlier;
  private @Nullable Estimate estimate;
  private double driftBefore;

  /** Adds the best sample of a burst; returns the estimate, or null while there is none. */
  @Nullable Estimate update(List<TimeSample> burst) {
    TimeSample best =
        burst.stream()
            .filter(sample -> sample.receivedNanos() >= sample.sentNanos())
            .min(Comparator.comparingDouble(TimeSample::roundTripMs))
            .orElse(null);
    if (best == null) {
      return estimate;
    }
    Estimate known = estimate;
    if (known != null && !plausible(best, known)) {
      if (outlier == null || !agree(outlier, best)) {
        outlier = best;
        return known;
      }
      driftBefore = known.drift();
      samples.clear();
      samples.add(outlier);
      outlier = null;
      add(best);
    } else {
      outlier = null;
      if (!preciseEnough(best)) {
        return known;
      }
      add(best);
    }
    estimate = fit();
    return estimate;
  }

  /** Returns whether an outlier is set aside, so that the store should be polled again soon. */
  boolean hasOutlier() {
    return outlier != null;
  }

  private void add(TimeSample sample) {
    samples.add(sample);
    if (samples.size() > SAMPLES_MAX) {
      samples.remove();
    }
  }

  private boolean plausible(TimeSample sample, Estimate known) {
    double ageMs =
        (sample.middleNanos() - samples.getLast().middleNanos()) / TimeSample.NANOS_PER_MS;
    double off = Math.abs(sample.storeMs() - known.at(sample.middleNanos()));
    return off <= sample.roundTripMs() / 2 + SLACK_MS + ageMs * SLACK_DRIFT;
  }

  private static boolean agree(TimeSample one, TimeSample other) {
    double passed = (other.middleNanos() - one.middleNanos()) / TimeSample.NANOS_PER_MS;
    double off = Math.abs(other.storeMs() - one.storeMs() - passed);
    return off <= (one.roundTripMs() + other.roundTripMs()) / 2 + SLACK_MS + passed * SLACK_DRIFT;
  }

  private boolean preciseEnough(TimeSample sample) {
    double bestMs = Double.POSITIVE_INFINITY;
    for (TimeSample old : samples) {
      bestMs = Math.min(bestMs, errorMs(old, sample.middleNanos()));
    }
    return errorMs(sample, sample.middleNanos()) <= 2 * bestMs + 0.25;
  }

  /** Returns the possible error of a sample at a moment. */
  private static double errorMs(TimeSample sample, long nowNanos) {
    double ageMs = (nowNanos - sample.middleNanos()) / TimeSample.NANOS_PER_MS;
    return ERROR_MIN_MS + sample.roundTripMs() / 2 + ageMs * ERROR_GROWTH;
  }

  /** Fits a line by weighted least squares, with the typical drift as prior. */
  private Estimate fit() {
    long nowNanos = samples.getLast().middleNanos();
    double firstMs = samples.getLast().storeMs();
    List<double[]> points = new ArrayList<>(samples.size()); // elapsed, offset, weight
    double weights = 0;
    double passedSum = 0;
    double offSum = 0;
    for (TimeSample sample : samples) {
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
    double prior = 1 / (TYPICAL_DRIFT * TYPICAL_DRIFT);
    double square = prior;
    double product = prior * driftBefore;
    for (double[] point : points) {
      square += point[2] * (point[0] - passedMean) * (point[0] - passedMean);
      product += point[2] * (point[0] - passedMean) * (point[1] - offMean);
    }
    double drift = Math.clamp(product / square, -SlewFunction.DRIFT_MAX, SlewFunction.DRIFT_MAX);
    return new Estimate(nowNanos, firstMs + offMean - passedMean * drift, drift);
  }
}
