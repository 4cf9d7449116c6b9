package dev.watchnchill.server.async;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class SerialTasksTest {
  private final List<Throwable> failures = new ArrayList<>();
  private final SerialTasks tasks = new SerialTasks(failures::add);
  private final List<String> order = new ArrayList<>();

  private static CompletableFuture<?> ended(Runnable work) {
    work.run();
    return Futures.done();
  }

  @Test
  void AT1_tasks_of_many_threads_run_one_at_a_time_and_none_is_lost() throws Exception {
    var inside = new AtomicInteger();
    var done = new AtomicInteger();
    var overlaps = new AtomicInteger();
    try (var answers = Executors.newFixedThreadPool(2);
        var pool = Executors.newFixedThreadPool(8)) {
      for (int t = 0; t < 8; t++) {
        var _ =
            pool.submit(() -> {
              for (int i = 0; i < 2_000; i++) {
                boolean later = i % 3 == 0;
                tasks.submit(() -> {
                  overlaps.addAndGet(inside.getAndIncrement());
                  Runnable end =
                      () -> {
                        inside.decrementAndGet();
                        done.incrementAndGet();
                      };
                  return later ? CompletableFuture.runAsync(end, answers) : ended(end);
                });
              }
            });
      }
      pool.shutdown();
      await().until(() -> done.get() == 16_000);
    }
    assertThat(overlaps).hasValue(0);
  }

  @Test
  void AT1_task_submitted_by_a_task_runs_behind_it() {
    tasks.submit(() -> {
      order.add("first begins");
      tasks.submit(() -> ended(() -> order.add("second")));
      order.add("first ends");
      return Futures.done();
    });
    assertThat(order).containsExactly("first begins", "first ends", "second");
  }

  @Test
  void AT1_nothing_runs_while_a_task_waits_for_its_answer() {
    var answer = new CompletableFuture<Boolean>();
    tasks.submit(() -> {
      order.add("asks");
      return answer.thenAccept(_ -> order.add("answered"));
    });
    tasks.submit(() -> ended(() -> order.add("second")));
    assertThat(order).containsExactly("asks");
    answer.complete(true);
    assertThat(order).containsExactly("asks", "answered", "second");
  }

  @Test
  void RB1_tasks_behind_one_that_fails_run_all_the_same() {
    var answer = new CompletableFuture<Boolean>();
    tasks.submit(() -> {
      throw new IllegalStateException("on purpose, before it asks");
    });
    tasks.submit(() -> {
      throw new StackOverflowError("on purpose");
    });
    tasks.submit(() -> answer);
    tasks.submit(() -> ended(() -> order.add("last")));
    assertThat(order).isEmpty();
    answer.completeExceptionally(new IllegalStateException("on purpose, as its answer"));
    assertThat(order).containsExactly("last");
    assertThat(failures)
        .extracting(Throwable::getMessage)
        .containsExactly("on purpose, before it asks", "on purpose", "on purpose, as its answer");
  }
}
