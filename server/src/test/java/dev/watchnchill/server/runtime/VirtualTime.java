package dev.watchnchill.server.runtime;

import dev.watchnchill.party.generate.VirtualClock;
import dev.watchnchill.server.runtime.port.Scheduler;
import dev.watchnchill.server.runtime.port.ServerClock;

/** A {@link VirtualClock} as the clock and the scheduler of instances. */
public final class VirtualTime implements ServerClock, Scheduler {
  private final VirtualClock clock = new VirtualClock(1_700_000_000_000L);

  @Override
  public long nowMs() {
    return clock.nowMs();
  }

  @Override
  public double nowExactMs() {
    return clock.nowMs();
  }

  @Override
  public long clockEpoch() {
    return 1;
  }

  @Override
  public Timer after(long delayMs, Runnable task) {
    return clock.after(delayMs, task)::run;
  }

  /** Returns the number of tasks that are due at some time. */
  public int timers() {
    return clock.timers();
  }

  /** Advances, and runs every task when it is due. */
  public void advance(long ms) {
    clock.advance(ms);
  }
}
