package dev.watchnchill.server.runtime.memory;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The estimated bytes of all live rooms of this instance, and their bound (rule RL11). May be used
 * from any thread.
 */
public final class RoomMemory {
  private final AtomicLong bytes = new AtomicLong();
  private final long bytesMax;

  /**
   * @param bytesMax the estimate from which no room is created
   */
  public RoomMemory(long bytesMax) {
    this.bytesMax = bytesMax;
  }

  /** Creates one without a bound. */
  public static RoomMemory unlimited() {
    return new RoomMemory(Long.MAX_VALUE / 2);
  }

  void add(long difference) {
    bytes.addAndGet(difference);
  }

  /** Returns the estimate for all live rooms. */
  public long bytes() {
    return bytes.get();
  }

  /** Returns the estimate from which no room is created. */
  public long bytesMax() {
    return bytesMax;
  }

  /** Returns whether no room is created, and rooms that change keep a short event history. */
  public boolean full() {
    return bytes.get() >= bytesMax;
  }

  /** Returns whether rooms may not grow either: a quarter over the bound. */
  public boolean exhausted() {
    return bytes.get() >= bytesMax + bytesMax / 4;
  }
}
