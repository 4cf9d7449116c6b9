package dev.watchnchill.server.app;

import dev.watchnchill.server.runtime.ServerClock;

/**
 * Server time from one look at the wall clock and a monotonic counter from then on: a wall clock
 * that is set while the server runs moves no film (rule TL7).
 */
final class SystemClock implements ServerClock {
  private static final double NANOS_PER_MS = 1_000_000;

  private final long anchorMs = System.currentTimeMillis();
  private final long anchorNanos = System.nanoTime();

  @Override
  public long nowMs() {
    return (long) nowExactMs();
  }

  @Override
  public double nowExactMs() {
    return anchorMs + (System.nanoTime() - anchorNanos) / NANOS_PER_MS;
  }

  @Override
  public long clockEpoch() {
    return anchorMs;
  }
}
