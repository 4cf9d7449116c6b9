package dev.watchnchill.socketio.engine;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** Derives how many connections a process can hold from its limit of file descriptors. */
final class DescriptorLimit {
  private static final int RESERVE_MIN = 16;
  private static final int RESERVE_MAX = 1_024;
  private static final int CONNECTIONS_MIN = 16;
  private static final int CONNECTIONS_MAX = 10_000_000;

  private DescriptorLimit() {}

  /** Returns the limit, or the largest number where the system tells none. */
  static int connections() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
        ? connections(unix.getMaxFileDescriptorCount(), unix.getOpenFileDescriptorCount())
        : Integer.MAX_VALUE;
  }

  /**
   * Returns what is left of {@code max} descriptors when {@code open} are in use, less a reserve of
   * a sixteenth for files and connections of the program's own.
   */
  static int connections(long max, long open) {
    long reserve = Math.clamp(max / 16, RESERVE_MIN, RESERVE_MAX);
    return Math.clamp(max - open - reserve, CONNECTIONS_MIN, CONNECTIONS_MAX);
  }
}
