package dev.watchnchill.party.generate;

import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * Time that passes only when a test advances it, and the tasks that are due at some of its times.
 */
public final class VirtualClock {
  /** Most tasks of one instant: a task that repeats itself without a delay never ends. */
  private static final int TASKS_PER_INSTANT_MAX = 20_000;

  private record Due(long atMs, long order, Runnable task) {}

  private final PriorityQueue<Due> due =
      new PriorityQueue<>(Comparator.comparingLong(Due::atMs).thenComparingLong(Due::order));
  private long nowMs;
  private long order;

  /**
   * @param startMs the first time, ms since the epoch
   */
  public VirtualClock(long startMs) {
    nowMs = startMs;
  }

  /** Returns the time, ms since the epoch. */
  public synchronized long nowMs() {
    return nowMs;
  }

  /** Schedules a task; tasks of one time run in the order of these calls. Returns its canceller. */
  public synchronized Runnable after(long delayMs, Runnable task) {
    var timer = new Due(nowMs + delayMs, order++, task);
    due.add(timer);
    return () -> cancel(timer);
  }

  private synchronized void cancel(Due timer) {
    due.remove(timer);
  }

  /** Returns the number of tasks that are due at some time. */
  public synchronized int timers() {
    return due.size();
  }

  /** Returns when the next task is due, or the far future. */
  public synchronized long nextMs() {
    Due next = due.peek();
    return next == null ? Long.MAX_VALUE : next.atMs();
  }

  /** Takes the next task and advances to its time. */
  public synchronized Runnable takeNext() {
    Due next = due.remove();
    nowMs = Math.max(nowMs, next.atMs());
    return next.task();
  }

  /** Advances without running tasks. */
  public synchronized void skipTo(long ms) {
    nowMs = ms;
  }

  /**
   * Advances, and runs every task when it is due.
   *
   * @throws EndlessRunError when tasks go on and on while no time passes
   */
  public void advance(long ms) {
    long until = nowMs() + ms;
    long instant = nowMs();
    int tasks = 0;
    while (nextMs() <= until) {
      takeNext().run();
      if (nowMs() != instant) {
        instant = nowMs();
        tasks = 0;
      } else if (++tasks > TASKS_PER_INSTANT_MAX) {
        throw new EndlessRunError("more than " + TASKS_PER_INSTANT_MAX + " tasks at one instant");
      }
    }
    skipTo(until);
  }
}
