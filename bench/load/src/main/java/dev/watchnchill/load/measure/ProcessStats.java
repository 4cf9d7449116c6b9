package dev.watchnchill.load.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads CPU time and memory of a process from Linux' /proc. */
public final class ProcessStats {
  /** The kernel's USER_HZ: 100 on every architecture that Java 25 runs on. */
  private static final double TICKS_PER_SECOND = 100;

  private static final int UTIME = 11;
  private static final int STIME = 12;

  private final Path directory;

  /**
   * Finds a process.
   *
   * @throws IllegalArgumentException when there is none
   */
  public ProcessStats(long pid) {
    this(Path.of("/proc", Long.toString(pid)));
    if (!Files.isDirectory(directory)) {
      throw new IllegalArgumentException("there is no process " + pid);
    }
  }

  ProcessStats(Path directory) {
    this.directory = directory;
  }

  /** Returns the CPU time of all its threads, ended ones included. */
  public Cpu cpu() {
    return cpu(read("stat"));
  }

  /** Returns its resident memory in KB. */
  public long rssKb() {
    return rssKb(read("status"));
  }

  static Cpu cpu(String stat) {
    // The second field is the program's name in parentheses, and may hold anything.
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).trim().split(" ", -1);
    long user = Long.parseLong(fields[UTIME]);
    long kernel = Long.parseLong(fields[STIME]);
    return new Cpu((user + kernel) / TICKS_PER_SECOND, user / TICKS_PER_SECOND);
  }

  static long rssKb(String status) {
    return status
        .lines()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
        .findFirst()
        .orElse(0);
  }

  private String read(String file) {
    try {
      return Files.readString(directory.resolve(file));
    } catch (IOException e) {
      throw new IllegalStateException("the process of " + directory + " has ended", e);
    }
  }

  /**
   * CPU time in seconds.
   *
   * @param all in user mode and in the kernel
   */
  public record Cpu(double all, double user) {
    /** Returns the CPU time since then. */
    public Cpu since(Cpu before) {
      return new Cpu(rounded(all - before.all), rounded(user - before.user));
    }

    private static double rounded(double seconds) {
      return Math.round(seconds * TICKS_PER_SECOND) / TICKS_PER_SECOND;
    }
  }
}
