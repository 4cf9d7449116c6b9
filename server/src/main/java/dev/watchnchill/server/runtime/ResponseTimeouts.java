package dev.watchnchill.server.runtime;

import dev.watchnchill.server.runtime.port.Scheduler;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Gives requests a default answer when theirs takes too long. Nearly every answer comes within
 * milliseconds, so there is no timer for each, which would wake a thread twice: one periodic check
 * looks at all waiting requests.
 */
final class ResponseTimeouts {
  /** Interval of the check: the most that a default answer may be late. */
  static final long LOOK_MS = 50;

  private record Waiting<T>(CompletableFuture<T> answer, long untilMs, Supplier<T> otherwise) {
    /** Returns whether the request is answered. */
    boolean over(long nowMs) {
      if (!answer.isDone() && nowMs >= untilMs) {
        answer.complete(otherwise.get());
      }
      return answer.isDone();
    }
  }

  private final Queue<Waiting<?>> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean willLook = new AtomicBoolean();
  private final Scheduler scheduler;
  private final LongSupplier nowMs;

  /**
   * @param nowMs a clock that never goes back
   */
  ResponseTimeouts(Scheduler scheduler, LongSupplier nowMs) {
    this.scheduler = scheduler;
    this.nowMs = nowMs;
  }

  /** Returns an answer, or the default one when the given ms have passed. */
  <T> CompletableFuture<T> within(long leftMs, CompletableFuture<T> answer, Supplier<T> otherwise) {
    CompletableFuture<T> given = answer.copy();
    waiting.add(new Waiting<>(given, nowMs.getAsLong() + leftMs, otherwise));
    lookLater();
    return given;
  }

  private void lookLater() {
    if (!willLook.get() && willLook.compareAndSet(false, true)) {
      scheduler.after(LOOK_MS, this::look);
    }
  }

  private void look() {
    long now = nowMs.getAsLong();
    waiting.removeIf(one -> one.over(now));
    willLook.set(false);
    if (!waiting.isEmpty()) {
      lookLater();
    }
  }
}
