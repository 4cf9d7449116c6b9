package dev.watchnchill.socketio.engine;

/** Work for the sessions of one event loop. */
@FunctionalInterface
public interface LaneTask {
  /** Does it, on the event loop. */
  void run();

  /**
   * Gives up instead, because the event loop has ended: releases what the task holds. Any thread.
   */
  default void discard() {}
}
