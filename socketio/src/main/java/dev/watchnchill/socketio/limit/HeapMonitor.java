package dev.watchnchill.socketio.limit;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.Comparator;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Detects a shortage of heap from the usage of the old generation after its last collection.
 *
 * <p>A result is valid for ten seconds. A heap that is really short is collected again and again;
 * when no collection has happened for ten seconds, there is room.
 */
public final class HeapMonitor {
  /** Result of a check. */
  enum Level {
    SUFFICIENT,
    /** A collection since the last check has left too much in use. */
    NEWLY_SHORT,
    /** A collection less than ten seconds ago has left too much in use. */
    STILL_SHORT
  }

  /** Pool of objects that have outlived several collections. */
  interface MemoryPool {
    /** Returns the bytes in use after the last collection; changes with each collection. */
    long usedAfterCollection();

    /** Returns the maximum size in bytes. */
    long max();
  }

  private static final long LEVEL_VALID_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final int percentMax;
  private volatile @Nullable MemoryPool pool;
  private long lastUsed = -1;
  private boolean overLimit;
  private long overLimitSinceNanos;

  /**
   * Creates a monitor that reports a sufficient heap until it has a pool.
   *
   * @param percentMax share of the pool that may be in use; 100 for no limit
   */
  public HeapMonitor(int percentMax) {
    this.percentMax = percentMax;
  }

  /** Sets the pool to check. */
  void monitorPool(@Nullable MemoryPool monitored) {
    pool = percentMax == 100 ? null : monitored;
  }

  /**
   * Finds the old generation of this virtual machine, on a thread of its own because the first
   * lookup is slow.
   */
  public void start() {
    Thread.ofPlatform().daemon().name("heap-monitor").start(() -> monitorPool(oldGenerationPool()));
  }

  /** Checks the pool; one thread at a time. */
  Level check(long nowNanos) {
    MemoryPool monitored = pool;
    if (monitored == null) {
      return Level.SUFFICIENT;
    }
    long used = monitored.usedAfterCollection();
    if (used != lastUsed) {
      lastUsed = used;
      overLimit = used > monitored.max() / 100 * percentMax;
      overLimitSinceNanos = nowNanos;
      return overLimit ? Level.NEWLY_SHORT : Level.SUFFICIENT;
    }
    overLimit &= nowNanos - overLimitSinceNanos < LEVEL_VALID_NANOS;
    return overLimit ? Level.STILL_SHORT : Level.SUFFICIENT;
  }

  /**
   * Returns the largest heap pool that reports its usage after collections, which is the old
   * generation if there is one.
   */
  static @Nullable MemoryPool oldGenerationPool() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP && pool.getCollectionUsage() != null)
        .filter(pool -> max(pool) > 0 && pool.isUsageThresholdSupported())
        .max(Comparator.comparingLong(HeapMonitor::max))
        .map(HeapMonitor::of)
        .orElse(null);
  }

  private static long max(MemoryPoolMXBean pool) {
    return pool.getUsage().getMax();
  }

  private static MemoryPool of(MemoryPoolMXBean pool) {
    return new MemoryPool() {
      @Override
      public long usedAfterCollection() {
        MemoryUsage after = pool.getCollectionUsage();
        return after == null ? 0 : after.getUsed();
      }

      @Override
      public long max() {
        return HeapMonitor.max(pool);
      }
    };
  }
}
