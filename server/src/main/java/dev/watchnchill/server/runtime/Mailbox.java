package dev.watchnchill.server.runtime;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs tasks one after the other, in the order they came, on whatever thread the executor gives.
 *
 * <p>With an executor that runs at once, whoever finds the mailbox idle works it off, the others
 * only leave their task.
 */
final class Mailbox {
  private static final Logger log = LoggerFactory.getLogger(Mailbox.class);

  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final AtomicInteger pending = new AtomicInteger();
  private final Executor executor;
  private volatile @Nullable Thread worker;

  Mailbox(Executor executor) {
    this.executor = executor;
  }

  void submit(Runnable task) {
    tasks.add(task);
    if (pending.getAndIncrement() == 0) {
      executor.execute(this::workOff);
    }
  }

  /** Whether the caller is one of the tasks. */
  boolean isCurrent() {
    return worker == Thread.currentThread();
  }

  private void workOff() {
    do {
      Runnable task = tasks.remove();
      worker = Thread.currentThread();
      try {
        task.run();
      } catch (RuntimeException | Error e) { // an Error must not stop the room for good
        log.error("A task of a room failed; the room goes on", e);
      } finally {
        worker = null;
      }
    } while (pending.decrementAndGet() > 0);
  }
}
