package dev.watchnchill.server.runtime;

/**
 * What the rooms tell about how well they keep together. Called from any thread, also while a room
 * is at work: an implementation never waits and never throws.
 */
public interface PlaybackMetrics {

  /** Nobody listens. */
  PlaybackMetrics NONE = new PlaybackMetrics() {};

  /**
   * A viewer reported its drift.
   *
   * @param driftAbsMs how far the viewer is off its target, without sign; milliseconds
   * @param boundMs how far the viewer's estimate of server time may be off; milliseconds
   * @param state the reported state, one of the closed list that the wire allows
   */
  default void viewer(double driftAbsMs, double boundMs, String state) {}

  /**
   * A common start was scheduled.
   *
   * @param ms time between the command and the start; milliseconds
   */
  default void lead(double ms) {}

  /**
   * A room stopped waiting for its viewers.
   *
   * @param reason why it waited, {@code seek} or {@code stall}
   * @param waitedMs how long it waited; milliseconds
   * @param deadline whether time ran out before everybody was ready
   */
  default void prepared(String reason, double waitedMs, boolean deadline) {}

  /** A viewer's player stalled. */
  default void stalled() {}

  /**
   * Viewers had to seek to get back to their target.
   *
   * @param seeks how many times since the last report
   */
  default void corrected(long seeks) {}
}
