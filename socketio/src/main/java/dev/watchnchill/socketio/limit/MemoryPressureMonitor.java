package dev.watchnchill.socketio.limit;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Monitors the memory of all connections together. While memory is short no session is opened, and
 * the event loops close the newest sessions that are not kept.
 *
 * <p>Memory is short in two cases. Incomplete input is counted exactly: frames, messages, request
 * bodies, and packets that wait. Everything else, such as output and the application's objects, is
 * seen in the heap after a collection ({@link HeapMonitor}). JSON that is being parsed is not
 * counted: an event loop parses one packet at a time, within the limits of one packet.
 */
public final class MemoryPressureMonitor {
  private static final Logger log = LoggerFactory.getLogger(MemoryPressureMonitor.class);
  private static final long LOG_NANOS = TimeUnit.MINUTES.toNanos(1);
  private static final long HEAP_CHECK_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** Asks every event loop to close sessions. */
  public interface SessionShedder {
    /**
     * Closes sessions.
     *
     * @param heap whether the heap is short: then a share of the sessions is closed, whatever they
     *     buffer
     */
    void shed(boolean heap);
  }

  private final long bufferedMax;
  private final HeapMonitor heap;
  private final SessionShedder shedder;
  private final AtomicLong buffered = new AtomicLong();
  private final AtomicBoolean bufferedShort = new AtomicBoolean();
  private volatile boolean heapShort;
  private boolean logged;
  private boolean loggedBefore;
  private long nextLogNanos;
  private long nextHeapCheckNanos;
  private boolean heapChecked;

  /**
   * Creates a monitor.
   *
   * @param bufferedMax bytes of incomplete input above which memory is short
   */
  public MemoryPressureMonitor(long bufferedMax, HeapMonitor heap, SessionShedder shedder) {
    this.bufferedMax = bufferedMax;
    this.heap = heap;
    this.shedder = shedder;
  }

  /** Returns whether memory is short. Any thread. */
  public boolean isShort() {
    return bufferedShort.get() || heapShort;
  }

  /** Returns the bytes of incomplete input. Any thread. */
  public long bufferedBytes() {
    return buffered.get();
  }

  /** Counts bytes of incomplete input; negative for bytes that were released. Any thread. */
  public void add(long bytes) {
    long now = buffered.addAndGet(bytes);
    if (bytes > 0 && now > bufferedMax && bufferedShort.compareAndSet(false, true)) {
      shedder.shed(false);
    }
  }

  /**
   * Returns whether incomplete input takes more than half of its limit, which is the level at which
   * closing sessions stops.
   */
  public boolean shouldShedBuffers() {
    return buffered.get() > bufferedMax / 2;
  }

  /** Checks the memory. Called several times a second, on one thread at a time. */
  public void tick(long nowNanos) {
    report(nowNanos);
    if (bufferedShort.get()) {
      if (shouldShedBuffers()) {
        shedder.shed(false);
      } else {
        bufferedShort.set(false);
      }
    }
    if (!heapChecked || nextHeapCheckNanos - nowNanos <= 0) {
      heapChecked = true;
      nextHeapCheckNanos = nowNanos + HEAP_CHECK_NANOS;
      HeapMonitor.Level level = heap.check(nowNanos);
      heapShort = level != HeapMonitor.Level.SUFFICIENT;
      if (level == HeapMonitor.Level.NEWLY_SHORT) {
        shedder.shed(true);
      }
    }
  }

  /**
   * Logs a shortage once a minute at most and its end once, so that an attack does not fill the
   * log.
   */
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
