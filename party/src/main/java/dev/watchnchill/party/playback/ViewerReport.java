package dev.watchnchill.party.playback;

import org.jspecify.annotations.Nullable;

/**
 * The figures and the state of a viewer's player, sent with a clock request (rule TL7). Every part
 * may be missing.
 *
 * @param rtt90 90th percentile of the round-trip time, ms
 * @param start how long the player takes to start, ms
 * @param startDev deviation of the start time, ms
 * @param seek how long a seek takes, ms
 * @param drift how far the player is behind its target, ms; negative when it is ahead
 * @param bound largest error of its estimate of server time, ms
 * @param state the state of the player
 * @param seeks number of corrections by a seek since the page was opened
 * @param duration length of the film in seconds, as the player knows it (rule QU9)
 * @param item the film that the state and the length are about, counted as in {@link Timeline#item}
 */
public record ViewerReport(
    @Nullable Double rtt90,
    @Nullable Double start,
    @Nullable Double startDev,
    @Nullable Double seek,
    @Nullable Double drift,
    @Nullable Double bound,
    @Nullable State state,
    @Nullable Long seeks,
    @Nullable Double duration,
    @Nullable Integer item) {

  /** A report without figures and state. */
  public static final ViewerReport EMPTY =
      new ViewerReport(null, null, null, null, null, null, null, null);

  /** Creates a report that names neither a film nor its length. */
  public ViewerReport(
      @Nullable Double rtt90,
      @Nullable Double start,
      @Nullable Double startDev,
      @Nullable Double seek,
      @Nullable Double drift,
      @Nullable Double bound,
      @Nullable State state,
      @Nullable Long seeks) {
    this(rtt90, start, startDev, seek, drift, bound, state, seeks, null, null);
  }

  /** The state of a player. */
  public enum State {
    /** There is no film. */
    NONE,
    /** The film is loading. */
    LOADING,
    /** The player is at its target and can start. */
    READY,
    /** The player keeps to its target. */
    SYNCED,
    /** The player corrects its position. */
    CORRECTING,
    /** The player has stalled for want of data. */
    BUFFERING,
    /** The browser lets the player start only after a click. */
    BLOCKED,
    /** The viewer has turned synchronisation off. */
    FREE,
    /** The player cannot play this film. */
    FAILED,
    /** The player plays the film and cannot reach its target (rule VF1). */
    STUCK,
    /** The film is a live broadcast, which plays at its live edge (rule VF2). */
    LIVE,
    /** The player is at the end of the film (rule QU9). */
    ENDED,
    /** The viewer has not chosen its copy of the film (rule OC4). */
    NO_COPY;

    /** Returns whether a player in this state follows no film at all until its viewer acts. */
    boolean heldBack() {
      return this == BLOCKED || this == FREE;
    }

    /** Returns whether a player in this state does not follow the film. */
    boolean detached() {
      return switch (this) {
        case NONE, BLOCKED, FREE, FAILED, STUCK, LIVE, NO_COPY -> true;
        case LOADING, READY, SYNCED, CORRECTING, BUFFERING, ENDED -> false;
      };
    }
  }
}
