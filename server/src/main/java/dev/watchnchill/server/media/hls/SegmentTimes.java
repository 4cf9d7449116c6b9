package dev.watchnchill.server.media.hls;

import java.util.Arrays;

/**
 * The times at which the segments of a rendition begin, from 0 to the end of the film. They are
 * exact: a player takes the time of the first segment that it reads as the one of the playlist, so
 * an error here would put two viewers apart.
 */
final class SegmentTimes {
  /** Bound of the number of segments: a day of segments of three seconds. */
  static final int COUNT_MAX = 28_800;

  private final double[] starts;
  private final double end;

  private SegmentTimes(double[] starts, double end) {
    this.starts = starts;
    this.end = end;
  }

  /**
   * Returns segments of one length; the last one ends with the film.
   *
   * @param length s, exact
   * @param end of the film, s
   */
  static SegmentTimes regular(double length, double end) {
    int count = Math.clamp((long) Math.ceil(end / length), 1, COUNT_MAX);
    var starts = new double[count];
    // Multiplied and not summed up, so that no error grows.
    Arrays.setAll(starts, k -> k * length);
    return new SegmentTimes(starts, Math.max(end, starts[count - 1] + Math.min(length, 0.001)));
  }

  /**
   * Returns segments that begin at given times.
   *
   * @param starts s, growing, the first one 0
   * @param end of the film, s
   */
  static SegmentTimes at(double[] starts, double end) {
    if (starts.length == 0 || starts.length > COUNT_MAX || starts[0] != 0) {
      throw new IllegalArgumentException(starts.length + " segments");
    }
    for (int k = 1; k < starts.length; k++) {
      if (!(starts[k] > starts[k - 1])) {
        throw new IllegalArgumentException("segment " + k + " begins before the one before it");
      }
    }
    return new SegmentTimes(starts.clone(), Math.max(end, starts[starts.length - 1] + 0.001));
  }

  int count() {
    return starts.length;
  }

  /** Returns when a segment begins, s; after the last one the end of the film. */
  double start(int segment) {
    return segment < starts.length ? starts[segment] : end;
  }

  double length(int segment) {
    return start(segment + 1) - start(segment);
  }

  /** Returns the length of the longest segment, s. */
  double longest() {
    double longest = 0;
    for (int k = 0; k < starts.length; k++) {
      longest = Math.max(longest, length(k));
    }
    return longest;
  }

  /**
   * Returns the segment that a picture or sound is in.
   *
   * @param time s
   * @param slack s, by which a time may be before the start of its segment
   */
  int segmentAt(double time, double slack) {
    int found = Arrays.binarySearch(starts, time + slack);
    return found >= 0 ? found : -found - 2;
  }
}
