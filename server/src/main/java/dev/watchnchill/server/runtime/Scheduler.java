package dev.watchnchill.server.runtime;

/** Calls things later; injected, so that simulations move time by hand. */
public interface Scheduler {
  /** Something that was to be called. */
  interface Timer {
    /** Does not call it, if it was not called yet. */
    void cancel();
  }

  /** Calls that task once, after that many ms, on a thread that must not block. */
  Timer after(long delayMs, Runnable task);
}
