package dev.watchnchill.server.async;

import java.util.ArrayList;
import java.util.List;
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

  /** Runs several items as one task. */
  public interface BatchRunner<T> {
    /** Returns the most items of one task. */
    int itemsMax();

    /** Begins the items, and returns a future that completes when all have ended. */
    CompletableFuture<?> start(List<T> items);
  }

  private record Item<T>(BatchRunner<T> runner, T value) implements Task {
    @Override
    public CompletableFuture<?> start() {
      return runner.start(List.of(value));
    }
  }

  private final Queue<Task> tasks = new ConcurrentLinkedQueue<>();
  private final AtomicInteger pending = new AtomicInteger();
  private final Consumer<Throwable> onFailure;

  // How many submissions the task under way holds.
  private int running;

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

  /**
   * Runs an item when all submitted before it have ended, together with the items for the same
   * runner that wait right behind it.
   */
  public <T> void submit(BatchRunner<T> runner, T item) {
    submit(new Item<>(runner, item));
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
    } while (pending.addAndGet(-running) > 0);
  }

  private void ended(@Nullable Throwable failure) {
    if (failure != null) {
      onFailure.accept(Futures.cause(failure));
    }
    if (pending.addAndGet(-running) > 0) {
      runAll();
    }
  }

  private CompletableFuture<?> start(Task task) {
    running = 1;
    try {
      return task instanceof Item<?> first && tasks.peek() instanceof Item<?>
          ? startTogether(first)
          : task.start();
    } catch (RuntimeException | Error e) { // an Error must not stop the tasks behind it
      return CompletableFuture.failedFuture(e);
    }
  }

  @SuppressWarnings("unchecked") // items for the same runner are of the same type
  private <T> CompletableFuture<?> startTogether(Item<T> first) {
    BatchRunner<T> runner = first.runner();
    var items = new ArrayList<T>();
    items.add(first.value());
    // An item may be taken before its submitter has counted it. The count is then too low for a
    // moment, and the submission that finds it at zero continues.
    while (items.size() < runner.itemsMax()
        && tasks.peek() instanceof Item<?> next
        && next.runner().equals(runner)) {
      items.add(((Item<T>) tasks.remove()).value());
    }
    running = items.size();
    return runner.start(items);
  }
}
