package dev.watchnchill.server.runtime.port;

/**
 * Receives measurements of how well viewers are synchronised. Called from any thread, also within a
 * room's tasks: an implementation never waits and never throws.
 */
public interface PlaybackMetrics {

  /** Drops all measurements. */
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
   * @param deadline whether time ran out before all viewers were ready
   */
  default void prepared(String reason, double waitedMs, boolean deadline) {}

  /** A viewer's player stalled. */
  default void stalled() {}

  /**
   * A viewer sought to get back to its target.
   *
   * @param seeks how many times since the last report
   */
  default void corrected(long seeks) {}
}
