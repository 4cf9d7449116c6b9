package dev.watchnchill.server.async;

import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs tasks one after the other, in the order they were submitted. Any thread may submit.
 *
 * <p>A task ends when its future completes; until then no other task begins, and no thread waits. A
 * task runs on the thread that submitted it when nothing else was under way, else on the one that
 * completed the task before it.
 */
public final class SerialTasks {
  /** A task. An exception that it throws counts as its future's failure. */
  @FunctionalInterface
  public interface Task {
    /** Begins the task, and returns a future that completes when the task has ended. */
    CompletableFuture<?> start();
  }

  private final Queue<Task> tasks = new ConcurrentLinkedQueue<>();
  private final AtomicInteger pending = new AtomicInteger();
  private final Consumer<Throwable> onFailure;

  /**
   * @param onFailure called with each task's failure; later tasks run nevertheless
   */
  public SerialTasks(Consumer<Throwable> onFailure) {
    this.onFailure = onFailure;
  }

  /** Runs a task when all submitted before it have ended. */
  public void submit(Task task) {
    tasks.add(task);
    if (pending.getAndIncrement() == 0) {
      runAll();
    }
  }

  private void runAll() {
    do {
      CompletableFuture<?> task = start(tasks.remove());
      if (!task.isDone()) {
        var _ = task.whenComplete((_, failure) -> ended(failure));
        return;
      }
      if (task.isCompletedExceptionally()) {
        onFailure.accept(Futures.cause(task.exceptionNow()));
      }
    } while (pending.decrementAndGet() > 0);
  }

  private void ended(@Nullable Throwable failure) {
    if (failure != null) {
      onFailure.accept(Futures.cause(failure));
    }
    if (pending.decrementAndGet() > 0) {
      runAll();
    }
  }

  private static CompletableFuture<?> start(Task task) {
    try {
      return task.start();
    } catch (RuntimeException | Error e) { // an Error must not stop the tasks behind it
      return CompletableFuture.failedFuture(e);
    }
  }
}
