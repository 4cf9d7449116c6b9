package dev.watchnchill.server.media.index;

import java.util.concurrent.atomic.AtomicInteger;

/** The progress of a scan: written by the thread that scans, read by others. */
public final class ScanProgress {
  private final AtomicInteger done = new AtomicInteger();
  private final AtomicInteger found = new AtomicInteger();

  void look() {
    done.incrementAndGet();
  }

  void find() {
    found.incrementAndGet();
  }

  /** Returns how many files and folders were looked at. */
  public int done() {
    return done.get();
  }

  /** Returns how many films are among them. */
  public int found() {
    return found.get();
  }
}
