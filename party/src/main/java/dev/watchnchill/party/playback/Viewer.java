package dev.watchnchill.party.playback;

import dev.watchnchill.party.playback.ViewerReport.State;
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
 * @param stateSinceMs since when the player reports this state of this film
 * @param earlierFilm whether the report is about a film before the present one
 */
public record Viewer(
    @Nullable ViewerReport report,
    long reportedAtMs,
    long readySeq,
    @Nullable Long stalledSinceMs,
    int strikes,
    boolean unresponsive,
    long stateSinceMs,
    boolean earlierFilm) {
  /** The state of a player that has reported nothing yet. */
  public static final Viewer UNKNOWN = new Viewer(null, 0, 0, null, 0, false, 0, false);

  private Viewer with(long ready, @Nullable Long stalledSince, int strikeCount, boolean mute) {
    return new Viewer(
        report, reportedAtMs, ready, stalledSince, strikeCount, mute, stateSinceMs, earlierFilm);
  }

  /**
   * Returns whether the player reports that it does not follow the film; it is not awaited (TL9).
   * After a report about an earlier film, only what holds for every film counts (rule QU10).
   */
  boolean detached() {
    State state = filmState();
    return heldBack() || (state != null && state.detached());
  }

  /** Returns whether the player follows no film at all until its viewer acts. */
  boolean heldBack() {
    State state = report == null ? null : report.state();
    return state != null && state.heldBack();
  }

  /** Returns the state of the player within the present film, or null while unknown. */
  @Nullable State filmState() {
    return report == null || earlierFilm ? null : report.state();
  }

  /** Returns whether the player reports that it is at the end of the present film (rule QU9). */
  boolean endedFilm() {
    return filmState() == State.ENDED && report != null && report.item() != null;
  }

  /** Returns whether the player is at the end of the present film, or cannot play it. */
  boolean stopsFilm() {
    return filmState() == State.ENDED || filmState() == State.FAILED;
  }

  /** Returns whether the player reports the length of the present film (rule QU9). */
  boolean knowsLength() {
    return report != null && !earlierFilm && report.item() != null && report.duration() != null;
  }

  /**
   * Returns the length of the present film as the player knows it, in seconds: infinite when it
   * knows none, NaN when it does not count (rule QU9).
   */
  double filmLength() {
    State state = filmState();
    if (state == null || report == null || state == State.NONE || state == State.FAILED) {
      return Double.NaN;
    }
    Double duration = knowsLength() ? report.duration() : null;
    if (state == State.LIVE || duration == null) {
      return state == State.BLOCKED ? Double.NaN : Double.POSITIVE_INFINITY;
    }
    return duration;
  }

  /**
   * Returns this player after a report.
   *
   * @param timeline the present timeline
   */
  Viewer withReport(ViewerReport next, Timeline timeline, long nowMs) {
    boolean earlier = next.item() != null && next.item() != timeline.item();
    boolean same = !earlier && next.state() != null && next.state() == filmState();
    if (next.state() == State.ENDED && reportedAtMs < timeline.atMs()) {
      same = false; // the end that it reported before was another one: the film was moved since
    }
    return new Viewer(
        next,
        nowMs,
        readySeq,
        stalledSinceMs,
        strikes,
        false,
        same ? stateSinceMs : nowMs,
        earlier);
  }

  /** Returns this player after it has sent something. */
  Viewer asResponsive() {
    return with(readySeq, stalledSinceMs, strikes, false);
  }

  /** Returns this player as ready for a change of the timeline; an older change has no effect. */
  Viewer ready(long seq) {
    return with(Math.max(readySeq, seq), null, strikes, false);
  }

  /** Returns this player as stalled, since the given time when it was not stalled before. */
  Viewer stalled(long nowMs) {
    Long since = stalledSinceMs == null ? (Long) nowMs : stalledSinceMs;
    return with(readySeq, since, strikes, unresponsive);
  }

  /** Returns this player as playing again. */
  Viewer recovered() {
    return with(readySeq, null, strikes, false);
  }

  /** Returns this player with one more wait of the room for its stalls. */
  Viewer withStrike() {
    return with(readySeq, stalledSinceMs, strikes + 1, unresponsive);
  }

  /** Returns this player after it let a deadline pass. */
  Viewer asUnresponsive() {
    return with(readySeq, stalledSinceMs, strikes, true);
  }

  /** Returns this player after its connection was lost: only the strikes are kept. */
  Viewer lost(long seq) {
    return new Viewer(null, 0, Math.max(readySeq, seq), null, strikes, false, 0, false);
  }

  /** Returns this player after another film was set. */
  Viewer atNextFilm() {
    return new Viewer(
        report, reportedAtMs, readySeq, null, 0, unresponsive, stateSinceMs, report != null);
  }
}
