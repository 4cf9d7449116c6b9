package dev.watchnchill.server.redis.client;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one thread on which the state of all connections changes. Nothing on it may block. */
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

  /** Does that soon, after everything that came before; not at all when closed. */
  void execute(Runnable task) {
    later(0, task);
  }

  /** Does that after so many ms; not at all when closed by then. */
  void later(long delayMs, Runnable task) {
    try {
      var _ = executor.schedule(() -> guarded(task), delayMs, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException _) {
      // Closed: nobody is left to whom it would matter.
    }
  }

  /** Goes on here when that is done, well or not. */
  <T> void when(
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
