package dev.watchnchill.server.async;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
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

  /** Notes the items of each task. */
  private static final class NotingRunner implements SerialTasks.BatchRunner<Integer> {
    private final List<List<Integer>> batches = new ArrayList<>();

    @Override
    public int itemsMax() {
      return 3;
    }

    @Override
    public CompletableFuture<?> start(List<Integer> items) {
      batches.add(List.copyOf(items));
      return Futures.done();
    }
  }

  @Test
  void AT2_items_that_wait_right_behind_each_other_are_one_task_of_bounded_size() {
    var first = new NotingRunner();
    var second = new NotingRunner();
    var busy = new CompletableFuture<Void>();
    tasks.submit(() -> busy);
    for (int item = 1; item <= 4; item++) {
      tasks.submit(first, item);
    }
    tasks.submit(() -> ended(() -> order.add("between after " + first.batches.size())));
    tasks.submit(first, 5);
    tasks.submit(second, 6);
    tasks.submit(first, 7);
    busy.complete(null);
    assertThat(first.batches).containsExactly(List.of(1, 2, 3), List.of(4), List.of(5), List.of(7));
    assertThat(second.batches).containsExactly(List.of(6));
    assertThat(order).containsExactly("between after 2");
    tasks.submit(first, 8);
    assertThat(first.batches.getLast()).containsExactly(8);
  }

  @Test
  void AT2_items_of_many_threads_run_one_batch_at_a_time_and_in_order() throws Exception {
    var inside = new AtomicInteger();
    var overlaps = new AtomicInteger();
    var seen = new ConcurrentLinkedQueue<Integer>();
    var last = new int[8];
    var disorder = new AtomicInteger();
    var runner =
        new SerialTasks.BatchRunner<Integer>() {
          @Override
          public int itemsMax() {
            return 5;
          }

          @Override
          public CompletableFuture<?> start(List<Integer> items) {
            overlaps.addAndGet(inside.getAndIncrement());
            for (int item : items) {
              disorder.addAndGet(last[item % 8] < item ? 0 : 1);
              last[item % 8] = item;
            }
            seen.addAll(items);
            inside.decrementAndGet();
            return Futures.done();
          }
        };
    try (var pool = Executors.newFixedThreadPool(8)) {
      for (int t = 0; t < 8; t++) {
        int thread = t;
        var _ =
            pool.submit(() -> {
              for (int i = 1; i <= 2_000; i++) {
                tasks.submit(runner, i * 8 + thread);
              }
            });
      }
    }
    await().until(() -> seen.size() == 16_000);
    assertThat(overlaps).hasValue(0);
    assertThat(disorder).hasValue(0);
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
