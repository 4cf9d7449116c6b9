package dev.watchnchill.server.app;

import dev.watchnchill.server.runtime.port.ServerClock;

/**
 * Server time from one reading of the wall clock and a monotonic counter from then on, so that
 * setting the wall clock moves no film (rule TL7).
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
