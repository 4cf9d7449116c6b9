package dev.watchnchill.server.media.hls;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Bounds the runs of ffmpeg. When all places are taken, the one that nobody has needed for longest
 * gives way.
 */
final class JobSlots {
  /** A job that was needed within this time keeps its place. */
  private static final long NEEDED_MS = 8_000;

  /** Runs that only copy or that make sound are cheap. */
  private static final int LIGHT_FOR_EACH = 4;

  private final int heavyMax;
  private final LongSupplier nowMs;
  private final List<Slot> taken = new ArrayList<>();
  private long failures;

  /** A place that is taken. */
  static final class Slot {
    private final boolean heavy;
    private final Runnable stop;
    private long neededMs;

    private Slot(boolean heavy, Runnable stop, long neededMs) {
      this.heavy = heavy;
      this.stop = stop;
      this.neededMs = neededMs;
    }
  }

  /**
   * @param heavyMax runs that encode video at once
   */
  JobSlots(int heavyMax, LongSupplier nowMs) {
    this.heavyMax = heavyMax;
    this.nowMs = nowMs;
  }

  /**
   * Takes a place, if need be from a job that rests.
   *
   * @param needed whether it keeps its place for a time
   * @param stop ends the job when another takes its place
   * @return null when all jobs are needed
   */
  @Nullable Slot take(boolean heavy, boolean needed, Runnable stop) {
    Slot resting = null;
    Slot slot;
    synchronized (this) {
      long now = nowMs.getAsLong();
      List<Slot> alike = taken.stream().filter(each -> each.heavy == heavy).toList();
      if (alike.size() >= max(heavy)) {
        for (Slot each : alike) {
          if (now - each.neededMs >= NEEDED_MS
              && (resting == null || each.neededMs < resting.neededMs)) {
            resting = each;
          }
        }
        if (resting == null) {
          return null;
        }
        taken.remove(resting);
      }
      slot = new Slot(heavy, stop, needed ? now : now - NEEDED_MS);
      taken.add(slot);
    }
    if (resting != null) {
      resting.stop.run();
    }
    return slot;
  }

  /** Returns whether another job could take a place. */
  synchronized boolean hasPlace(boolean heavy) {
    long until = nowMs.getAsLong() - NEEDED_MS;
    List<Slot> alike = taken.stream().filter(each -> each.heavy == heavy).toList();
    return alike.size() < max(heavy) || alike.stream().anyMatch(each -> each.neededMs <= until);
  }

  private int max(boolean heavy) {
    return heavy ? heavyMax : heavyMax * LIGHT_FOR_EACH;
  }

  /** Returns whether one job was needed longer ago than another. */
  synchronized boolean isOlder(Slot one, Slot other) {
    return one.neededMs < other.neededMs;
  }

  /** Notes that somebody needs what a job makes. */
  synchronized void need(Slot slot) {
    slot.neededMs = nowMs.getAsLong();
  }

  synchronized void giveBack(Slot slot) {
    taken.remove(slot);
  }

  /** Ends the jobs that nobody has needed for a time. */
  void stopResting(long restMs) {
    List<Slot> resting;
    synchronized (this) {
      long until = nowMs.getAsLong() - restMs;
      resting = taken.stream().filter(each -> each.neededMs <= until).toList();
    }
    resting.forEach(each -> each.stop.run());
  }

  synchronized void countFailure() {
    failures++;
  }

  /** Returns how many jobs have failed. */
  synchronized long failures() {
    return failures;
  }

  /** Returns how many jobs run. */
  synchronized int running() {
    return taken.size();
  }
}
