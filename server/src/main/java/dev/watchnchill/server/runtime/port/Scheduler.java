package dev.watchnchill.server.runtime.port;

/** Runs tasks later; injected, so that simulations move time by hand. */
public interface Scheduler {
  /** A scheduled task. */
  interface Timer {
    /** Cancels the task, if it has not run yet. */
    void cancel();
  }

  /** Runs a task once, after the given ms, on a thread that must not block. */
  Timer after(long delayMs, Runnable task);
}
