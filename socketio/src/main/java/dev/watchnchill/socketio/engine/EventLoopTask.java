package dev.watchnchill.socketio.engine;

/** Task for the sessions of one event loop. */
@FunctionalInterface
public interface EventLoopTask {
  /** Runs the task on the event loop. */
  void run();

  /**
   * Releases what the task holds, because the event loop has ended and will not run the task. Any
   * thread.
   */
  default void discard() {}
}
