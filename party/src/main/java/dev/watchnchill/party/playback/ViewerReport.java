package dev.watchnchill.party.playback;

import org.jspecify.annotations.Nullable;

/**
 * What a viewer's player says of itself with a clock question (rule TL7). Every part may be
 * missing.
 *
 * @param rtt90 round trip that 9 of 10 stay below, ms
 * @param start how long the player takes from the call to moving, ms
 * @param startDev by how much that differs from time to time, ms
 * @param seek how long a seek takes, ms
 * @param drift how far the player is behind its target, ms; negative when it is ahead
 * @param bound how far its notion of server time may be off, ms
 * @param state how it does
 * @param seeks how often it had to seek to get back to its target, since its page was opened
 */
public record ViewerReport(
    @Nullable Double rtt90,
    @Nullable Double start,
    @Nullable Double startDev,
    @Nullable Double seek,
    @Nullable Double drift,
    @Nullable Double bound,
    @Nullable State state,
    @Nullable Long seeks) {

  /** Nothing but that it is there. */
  public static final ViewerReport EMPTY =
      new ViewerReport(null, null, null, null, null, null, null, null);

  /** How a player does. */
  public enum State {
    /** There is no film. */
    NONE,
    /** The film is being fetched. */
    LOADING,
    /** It stands where it should and can start. */
    READY,
    /** It keeps to its target. */
    SYNCED,
    /** It is on its way to its target. */
    CORRECTING,
    /** It has run dry. */
    BUFFERING,
    /** The browser lets it start only after a click. */
    BLOCKED,
    /** Its viewer wants it left alone. */
    FREE,
    /** It cannot play this film. */
    FAILED,
    /** The player plays the film and cannot get to its target (rule VF1). */
    STUCK,
    /** The film is a live broadcast, which plays at its own edge (rule VF2). */
    LIVE;

    /** Whether such a player does not follow the film. */
    boolean standsAside() {
      return switch (this) {
        case NONE, BLOCKED, FREE, FAILED, STUCK, LIVE -> true;
        case LOADING, READY, SYNCED, CORRECTING, BUFFERING -> false;
      };
    }
  }
}
