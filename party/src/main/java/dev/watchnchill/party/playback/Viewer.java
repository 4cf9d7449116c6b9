package dev.watchnchill.party.playback;

import org.jspecify.annotations.Nullable;

/**
 * What is known of one viewer's player right now; never stored.
 *
 * @param report what it said last, or null
 * @param reportedAtMs when that came
 * @param readySeq the last change of the timeline for which it is not awaited any more; 0 for none
 * @param stalledSinceMs since when it stands still for want of data, or null
 * @param strikes how often the room has waited for it in this film (rule WT2)
 * @param mute whether it let a deadline pass and has not been heard of since (rule TL9)
 */
public record Viewer(
    @Nullable ViewerReport report,
    long reportedAtMs,
    long readySeq,
    @Nullable Long stalledSinceMs,
    int strikes,
    boolean mute) {
  /** Somebody who has said nothing yet. */
  public static final Viewer UNKNOWN = new Viewer(null, 0, 0, null, 0, false);

  /** Whether it says that it does not follow the film, so that waiting for it is in vain (TL9). */
  boolean standsAside() {
    return report != null && report.state() != null && report.state().standsAside();
  }

  /** It has told how it does. */
  Viewer reporting(ViewerReport next, long nowMs) {
    return new Viewer(next, nowMs, readySeq, stalledSinceMs, strikes, false);
  }

  /** It has been heard of. */
  Viewer heard() {
    return new Viewer(report, reportedAtMs, readySeq, stalledSinceMs, strikes, false);
  }

  /** It can start at that change of the timeline; what is older goes for nothing. */
  Viewer ready(long seq) {
    return new Viewer(report, reportedAtMs, Math.max(readySeq, seq), null, strikes, false);
  }

  /** It has run dry, at that time when it had not before. */
  Viewer stalled(long nowMs) {
    Long since = stalledSinceMs == null ? (Long) nowMs : stalledSinceMs;
    return new Viewer(report, reportedAtMs, readySeq, since, strikes, mute);
  }

  /** It plays again. */
  Viewer recovered() {
    return new Viewer(report, reportedAtMs, readySeq, null, strikes, false);
  }

  /** The room waits for it. */
  Viewer withStrike() {
    return new Viewer(report, reportedAtMs, readySeq, stalledSinceMs, strikes + 1, mute);
  }

  /** It let a deadline pass. */
  Viewer muted() {
    return new Viewer(report, reportedAtMs, readySeq, stalledSinceMs, strikes, true);
  }

  /** Its connection is lost: of the next one nothing is known, but it had its strikes. */
  Viewer lost(long seq) {
    return new Viewer(null, 0, Math.max(readySeq, seq), null, strikes, false);
  }

  /** There is another film. */
  Viewer atNextFilm() {
    return new Viewer(report, reportedAtMs, readySeq, null, 0, mute);
  }
}
