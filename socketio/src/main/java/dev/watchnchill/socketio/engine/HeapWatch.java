package dev.watchnchill.socketio.engine;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.Comparator;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether the heap is short: how full the pool of old objects was after its last collection.
 *
 * <p>What that says holds for ten seconds. A heap that is really short is collected over and over;
 * when no collection has come for so long, there is room again.
 */
final class HeapWatch {
  /** The result of the last check. */
  enum Finding {
    ENOUGH,
    /** A collection since the last look has left too much. */
    SHORT_ANEW,
    /** A collection has left too much, less than ten seconds ago. */
    STILL_SHORT
  }

  /** A pool of objects that have outlived several collections, after its last collection. */
  interface Pool {
    /** Returns the bytes that were in use then; changes with each collection. */
    long usedAfterCollection();

    /** Returns the most bytes that it may hold. */
    long max();
  }

  private static final long HOLDS_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final int percentMax;
  private volatile @Nullable Pool pool;
  private long lastUsed = -1;
  private boolean over;
  private long overSinceNanos;

  /**
   * A watch that finds enough until it has a pool to look at.
   *
   * @param percentMax share of the pool that may be in use; 100 for no limit
   */
  HeapWatch(int percentMax) {
    this.percentMax = percentMax;
  }

  /** Looks at that pool from now on. */
  void watch(@Nullable Pool watched) {
    pool = percentMax == 100 ? null : watched;
  }

  /** Finds the heap's own pool. That takes a while at first, so a thread of its own does it. */
  void begin() {
    Thread.ofPlatform().daemon().name("heap-watch").start(() -> watch(oldObjects()));
  }

  /** Looks; one thread at a time. */
  Finding look(long nowNanos) {
    Pool watched = pool;
    if (watched == null) {
      return Finding.ENOUGH;
    }
    long used = watched.usedAfterCollection();
    if (used != lastUsed) {
      lastUsed = used;
      over = used > watched.max() / 100 * percentMax;
      overSinceNanos = nowNanos;
      return over ? Finding.SHORT_ANEW : Finding.ENOUGH;
    }
    over &= nowNanos - overSinceNanos < HOLDS_NANOS;
    return over ? Finding.STILL_SHORT : Finding.ENOUGH;
  }

  /** The largest heap pool that tells its usage after collections: the old one, if there is one. */
  static @Nullable Pool oldObjects() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP && pool.getCollectionUsage() != null)
        .filter(pool -> max(pool) > 0 && pool.isUsageThresholdSupported())
        .max(Comparator.comparingLong(HeapWatch::max))
        .map(HeapWatch::of)
        .orElse(null);
  }

  private static long max(MemoryPoolMXBean pool) {
    return pool.getUsage().getMax();
  }

  private static Pool of(MemoryPoolMXBean pool) {
    return new Pool() {
      @Override
      public long usedAfterCollection() {
        MemoryUsage after = pool.getCollectionUsage();
        return after == null ? 0 : after.getUsed();
      }

      @Override
      public long max() {
        return HeapWatch.max(pool);
      }
    };
  }
}
