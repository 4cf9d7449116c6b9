package dev.watchnchill.socketio.engine;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches over the memory of all connections together. While it is short no session is opened, and
 * the event loops close the newest sessions that are not kept.
 *
 * <p>Two things make it short. Unfinished input is counted to the byte: half-received frames,
 * messages and bodies, and packets that wait. Everything else, such as output and what the
 * embedding program holds, shows in the heap after a collection ({@link HeapWatch}). JSON that is
 * being parsed is counted by neither: an event loop parses one packet at a time, and the limits of
 * one packet bound it.
 */
public final class MemoryGuard {
  private static final Logger log = LoggerFactory.getLogger(MemoryGuard.class);
  private static final long LOG_NANOS = TimeUnit.MINUTES.toNanos(1);
  private static final long HEAP_LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** Asks every event loop to close sessions. */
  interface Relief {
    /**
     * Does so.
     *
     * @param heap whether for the heap: a part of the sessions then goes, whatever they buffer
     */
    void ask(boolean heap);
  }

  private final long bufferedMax;
  private final HeapWatch heap;
  private final Relief relief;
  private final AtomicLong buffered = new AtomicLong();
  private final AtomicBoolean bufferedShort = new AtomicBoolean();
  private volatile boolean heapShort;
  private boolean logged;
  private boolean loggedBefore;
  private long nextLogNanos;
  private long nextHeapLookNanos;
  private boolean lookedAtHeap;

  MemoryGuard(long bufferedMax, HeapWatch heap, Relief relief) {
    this.bufferedMax = bufferedMax;
    this.heap = heap;
    this.relief = relief;
  }

  /** Whether memory is short. Any thread. */
  public boolean isShort() {
    return bufferedShort.get() || heapShort;
  }

  /** Returns the bytes of unfinished input. Any thread. */
  public long bufferedBytes() {
    return buffered.get();
  }

  /** Counts unfinished input that has come, or gone when it is negative. Any thread. */
  void add(long bytes) {
    long now = buffered.addAndGet(bytes);
    if (bytes > 0 && now > bufferedMax && bufferedShort.compareAndSet(false, true)) {
      relief.ask(false);
    }
  }

  /** Whether unfinished input takes more than it should when sessions are closed for it. */
  boolean wantsBuffersBack() {
    return buffered.get() > bufferedMax / 2;
  }

  /** Looks at what has changed. One thread at a time, several times a second. */
  void tick(long nowNanos) {
    report(nowNanos);
    if (bufferedShort.get()) {
      if (wantsBuffersBack()) {
        relief.ask(false);
      } else {
        bufferedShort.set(false);
      }
    }
    if (!lookedAtHeap || nextHeapLookNanos - nowNanos <= 0) {
      lookedAtHeap = true;
      nextHeapLookNanos = nowNanos + HEAP_LOOK_NANOS;
      HeapWatch.Finding finding = heap.look(nowNanos);
      heapShort = finding != HeapWatch.Finding.ENOUGH;
      if (finding == HeapWatch.Finding.SHORT_ANEW) {
        relief.ask(true);
      }
    }
  }

  /** An attack that goes on must not fill the log: one line a minute, and one for its end. */
  private void report(long nowNanos) {
    boolean now = isShort();
    if (now && !logged && (!loggedBefore || nextLogNanos - nowNanos <= 0)) {
      log.warn(
          "Memory is short ({}): no session is opened, and the newest that can go are closed",
          heapShort ? "heap" : "unfinished input");
      logged = true;
      loggedBefore = true;
      nextLogNanos = nowNanos + LOG_NANOS;
    } else if (!now && logged) {
      log.info("Memory is enough again: sessions are opened");
      logged = false;
    }
  }
}
