package dev.watchnchill.server.runtime;

import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Answers in time for whoever does not. Nearly every answer comes within milliseconds, so there is
 * no timer for each, which would wake a thread twice: all that wait are looked at now and then.
 */
final class ResponseTimeouts {
  /** How often it looks: an answer in place of another is late by so much at most. */
  static final long LOOK_MS = 50;

  private record Waiting<T>(CompletableFuture<T> answer, long untilMs, Supplier<T> otherwise) {
    /** Whether nothing is to be done about it any more. */
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

  /** Gives that answer, or the other one when so many ms have passed. */
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
