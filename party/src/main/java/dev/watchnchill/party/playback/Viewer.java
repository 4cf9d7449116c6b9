package dev.watchnchill.party.playback;

import org.jspecify.annotations.Nullable;

/**
 * The known state of one viewer's player; never stored.
 *
 * @param report the last report of the player, or null
 * @param reportedAtMs when the report arrived
 * @param readySeq the last change of the timeline for which the player is no longer awaited; 0 for
 *     none
 * @param stalledSinceMs since when the player is stalled for want of data, or null
 * @param strikes how often the room has waited for a stall of this player in this film (rule WT2)
 * @param unresponsive whether the player let a deadline pass and has sent nothing since (rule TL9)
 */
public record Viewer(
    @Nullable ViewerReport report,
    long reportedAtMs,
    long readySeq,
    @Nullable Long stalledSinceMs,
    int strikes,
    boolean unresponsive) {
  /** The state of a player that has reported nothing yet. */
  public static final Viewer UNKNOWN = new Viewer(null, 0, 0, null, 0, false);

  /**
   * Returns whether the player reports that it does not follow the film; it is not awaited (TL9).
   */
  boolean detached() {
    return report != null && report.state() != null && report.state().detached();
  }

  /** Returns this player after a report. */
  Viewer withReport(ViewerReport next, long nowMs) {
    return new Viewer(next, nowMs, readySeq, stalledSinceMs, strikes, false);
  }

  /** Returns this player after it has sent something. */
  Viewer asResponsive() {
    return new Viewer(report, reportedAtMs, readySeq, stalledSinceMs, strikes, false);
  }

  /** Returns this player as ready for a change of the timeline; an older change has no effect. */
  Viewer ready(long seq) {
    return new Viewer(report, reportedAtMs, Math.max(readySeq, seq), null, strikes, false);
  }

  /** Returns this player as stalled, since the given time when it was not stalled before. */
  Viewer stalled(long nowMs) {
    Long since = stalledSinceMs == null ? (Long) nowMs : stalledSinceMs;
    return new Viewer(report, reportedAtMs, readySeq, since, strikes, unresponsive);
  }

  /** Returns this player as playing again. */
  Viewer recovered() {
    return new Viewer(report, reportedAtMs, readySeq, null, strikes, false);
  }

  /** Returns this player with one more wait of the room for its stalls. */
  Viewer withStrike() {
    return new Viewer(report, reportedAtMs, readySeq, stalledSinceMs, strikes + 1, unresponsive);
  }

  /** Returns this player after it let a deadline pass. */
  Viewer asUnresponsive() {
    return new Viewer(report, reportedAtMs, readySeq, stalledSinceMs, strikes, true);
  }

  /** Returns this player after its connection was lost: only the strikes are kept. */
  Viewer lost(long seq) {
    return new Viewer(null, 0, Math.max(readySeq, seq), null, strikes, false);
  }

  /** Returns this player after another film was set. */
  Viewer atNextFilm() {
    return new Viewer(report, reportedAtMs, readySeq, null, 0, unresponsive);
  }
}
