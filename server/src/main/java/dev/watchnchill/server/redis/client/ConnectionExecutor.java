package dev.watchnchill.server.redis.client;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The single thread on which the state of all connections changes. Tasks must not block. */
final class ConnectionExecutor implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ConnectionExecutor.class);

  private final ScheduledThreadPoolExecutor executor;

  ConnectionExecutor() {
    executor =
        new ScheduledThreadPoolExecutor(
            1, task -> Thread.ofPlatform().name("redis-link").daemon().unstarted(task));
    executor.setRemoveOnCancelPolicy(true);
    executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  /** Runs a task after all earlier ones; drops it when the executor is closed. */
  void execute(Runnable task) {
    schedule(0, task);
  }

  /** Runs a task after a delay; drops it when the executor is closed by then. */
  void schedule(long delayMs, Runnable task) {
    try {
      var _ = executor.schedule(() -> guarded(task), delayMs, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException _) {
      // Closed: nothing waits for the task.
    }
  }

  /** Runs a continuation on this executor when a stage has completed, also exceptionally. */
  <T> void onCompletion(
      CompletionStage<T> stage, BiConsumer<@Nullable T, @Nullable Throwable> continuation) {
    stage.whenComplete((value, failure) -> execute(() -> continuation.accept(value, failure)));
  }

  private static void guarded(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      log.error("The connection to Redis met an error of ours", e);
    }
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
