package dev.watchnchill.socketio.limit;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** Derives how many connections the process can hold from its limit of file descriptors. */
public final class FileDescriptorLimit {
  private static final int RESERVE_MIN = 16;
  private static final int RESERVE_MAX = 1_024;
  private static final int CONNECTIONS_MIN = 16;
  private static final int CONNECTIONS_MAX = 10_000_000;

  private FileDescriptorLimit() {}

  /** Returns the limit, or the largest number when the system does not report one. */
  public static int connections() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
        ? connections(unix.getMaxFileDescriptorCount(), unix.getOpenFileDescriptorCount())
        : Integer.MAX_VALUE;
  }

  /**
   * Returns what {@code max} descriptors leave when {@code open} are in use, less a reserve of a
   * sixteenth for files and connections of the application.
   */
  static int connections(long max, long open) {
    long reserve = Math.clamp(max / 16, RESERVE_MIN, RESERVE_MAX);
    return Math.clamp(max - open - reserve, CONNECTIONS_MIN, CONNECTIONS_MAX);
  }
}
