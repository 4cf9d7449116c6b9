package dev.watchnchill.server.runtime;

import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs tasks one after the other, in the order they came.
 *
 * <p>A task that may wait runs on a thread that the executor gives. One that has a quick way, which
 * never waits, takes that on whatever thread is at hand: of whoever finds the mailbox idle, or of
 * whoever has brought the answer that the task before it was out for. So a task that asks a store
 * and goes on with the answer wakes no thread of its own.
 */
final class RoomMailbox {
  private static final Logger log = LoggerFactory.getLogger(RoomMailbox.class);

  /** A way to do a task without ever waiting. */
  @FunctionalInterface
  interface Quick {
    /**
     * Whether the task is done by that; if not, nothing has come of it, and it is to be done the
     * other way. While that is not known, nothing else is done.
     */
    CompletableFuture<Boolean> attempt();
  }

  /** It is done. */
  static final CompletableFuture<Boolean> DONE = CompletableFuture.completedFuture(true);

  /** It cannot be done the quick way. */
  static final CompletableFuture<Boolean> NOT_QUICKLY = CompletableFuture.completedFuture(false);

  private record Entry(@Nullable Quick quick, Runnable task) {}

  private final Queue<Entry> entries = new ConcurrentLinkedQueue<>();
  private final AtomicInteger pending = new AtomicInteger();
  private final Executor executor;
  private volatile @Nullable Thread worker;

  /**
   * @param executor gives threads that may be kept waiting, or runs at once where no task waits
   */
  RoomMailbox(Executor executor) {
    this.executor = executor;
  }

  /** Does that task, which may wait. */
  void submit(Runnable task) {
    add(new Entry(null, task));
  }

  /** Does that the quick way if that can be, else by that task. */
  void submit(Quick quick, Runnable task) {
    add(new Entry(quick, task));
  }

  private void add(Entry entry) {
    entries.add(entry);
    if (pending.getAndIncrement() == 0) {
      workOff(false);
    }
  }

  /** Whether the caller is one of the tasks. */
  boolean isCurrent() {
    return worker == Thread.currentThread();
  }

  private void workOff(boolean mayWait) {
    boolean here = true;
    while (here) {
      here = dealWith(entries.remove(), mayWait) && pending.decrementAndGet() > 0;
    }
  }

  /** Whether that is done with; if not, another thread is at it, and goes on from there. */
  private boolean dealWith(Entry entry, boolean mayWait) {
    CompletableFuture<Boolean> done = entry.quick() == null ? NOT_QUICKLY : attempt(entry.quick());
    if (!done.isDone()) {
      var _ = done.whenComplete((is, failure) -> goOn(entry, is, failure));
      return false;
    }
    if (done.isCompletedExceptionally()) {
      failed(done.exceptionNow());
    } else if (!done.join()) {
      if (!mayWait) {
        executor.execute(() -> waitFor(entry));
        return false;
      }
      run(entry.task());
    }
    return true;
  }

  private void goOn(Entry entry, @Nullable Boolean done, @Nullable Throwable failure) {
    if (failure == null && done != null && !done) {
      executor.execute(() -> waitFor(entry));
      return;
    }
    if (failure != null) {
      failed(failure);
    }
    if (pending.decrementAndGet() > 0) {
      workOff(false);
    }
  }

  private void waitFor(Entry entry) {
    run(entry.task());
    if (pending.decrementAndGet() > 0) {
      workOff(true);
    }
  }

  private CompletableFuture<Boolean> attempt(Quick quick) {
    worker = Thread.currentThread();
    try {
      return quick.attempt();
    } catch (RuntimeException | Error e) { // an Error must not stop the room for good
      return CompletableFuture.failedFuture(e);
    } finally {
      worker = null;
    }
  }

  private void run(Runnable task) {
    worker = Thread.currentThread();
    try {
      task.run();
    } catch (RuntimeException | Error e) { // as above
      failed(e);
    } finally {
      worker = null;
    }
  }

  private static void failed(Throwable failure) {
    log.error("A task of a room failed; the room goes on", failure);
  }
}
