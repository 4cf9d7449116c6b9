package dev.watchnchill.server;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/**
 * Measures the processor time of the current thread, to compare the cost of small and large inputs.
 */
public final class ProcessorTime {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final int RUNS = 5;

  private ProcessorTime() {}

  /**
   * Returns the least processor time of several runs, in ns.
   *
   * @param floorNanos least result: below it, measuring itself dominates
   */
  public static long leastNanos(Runnable work, long floorNanos) {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < RUNS; i++) {
      long before = THREADS.getCurrentThreadCpuTime();
      work.run();
      least = Math.min(least, THREADS.getCurrentThreadCpuTime() - before);
    }
    return Math.max(floorNanos, least);
  }
}
