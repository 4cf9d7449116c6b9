package dev.watchnchill.server.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class RoomMailboxTest {
  @Test
  void AT1_tasks_of_many_threads_run_one_at_a_time_and_none_is_lost() throws Exception {
    var mailbox = new RoomMailbox(Runnable::run);
    var inside = new AtomicInteger();
    var done = new AtomicInteger();
    var overlaps = new AtomicInteger();
    try (var pool = Executors.newFixedThreadPool(8)) {
      for (int t = 0; t < 8; t++) {
        var _ =
            pool.submit(() -> {
              for (int i = 0; i < 2_000; i++) {
                mailbox.submit(() -> {
                  overlaps.addAndGet(inside.getAndIncrement());
                  inside.decrementAndGet();
                  done.incrementAndGet();
                });
              }
            });
      }
    }
    await().until(() -> done.get() == 16_000);
    assertThat(overlaps).hasValue(0);
  }

  @Test
  void AT1_task_submitted_by_a_task_runs_behind_it() {
    var mailbox = new RoomMailbox(Runnable::run);
    List<String> order = new ArrayList<>();
    mailbox.submit(() -> {
      order.add("first begins");
      assertThat(mailbox.isCurrent()).isTrue();
      mailbox.submit(() -> order.add("second"));
      order.add("first ends");
    });
    assertThat(order).containsExactly("first begins", "first ends", "second");
    assertThat(mailbox.isCurrent()).isFalse();
  }

  @Test
  void RB1_task_that_fails_stops_nobody() {
    var mailbox = new RoomMailbox(Runnable::run);
    var done = new AtomicInteger();
    mailbox.submit(() -> {
      throw new IllegalStateException("a task that fails on purpose");
    });
    mailbox.submit(done::incrementAndGet);
    assertThat(done).hasValue(1);
  }

  @Test
  void RB1_task_that_overflows_the_stack_stops_nobody() {
    var mailbox = new RoomMailbox(Runnable::run);
    var done = new AtomicInteger();
    mailbox.submit(() -> {
      throw new StackOverflowError("on purpose");
    });
    mailbox.submit(done::incrementAndGet);
    assertThat(done).hasValue(1);
  }

  @Test
  void AT1_while_a_quick_way_is_under_way_nothing_else_is_done() {
    var mailbox = new RoomMailbox(Runnable::run);
    List<String> order = new ArrayList<>();
    var answer = new CompletableFuture<Boolean>();
    mailbox.submit(
        () -> {
          order.add("asks");
          return answer.thenApply(done -> {
            order.add("hears");
            return done;
          });
        },
        () -> order.add("never"));
    mailbox.submit(() -> order.add("second"));
    mailbox.submit(
        () -> {
          order.add("third");
          return RoomMailbox.DONE;
        },
        () -> order.add("never"));
    assertThat(order).containsExactly("asks");
    answer.complete(true);
    assertThat(order).containsExactly("asks", "hears", "second", "third");
  }

  @Test
  void AT1_what_cannot_be_done_quickly_keeps_its_place() {
    List<Runnable> threads = new ArrayList<>();
    var mailbox = new RoomMailbox(threads::add);
    List<String> order = new ArrayList<>();
    var answer = new CompletableFuture<Boolean>();
    mailbox.submit(() -> RoomMailbox.NOT_QUICKLY, () -> order.add("first"));
    mailbox.submit(() -> answer, () -> order.add("second"));
    mailbox.submit(
        () -> {
          order.add("third");
          return RoomMailbox.DONE;
        },
        () -> order.add("never"));
    assertThat(order).as("this thread is not to be kept waiting").isEmpty();
    threads.removeFirst().run();
    assertThat(order).containsExactly("first");
    answer.complete(false);
    assertThat(order).as("nor is who brings the answer").containsExactly("first");
    threads.removeFirst().run();
    assertThat(order).containsExactly("first", "second", "third");
    assertThat(threads).isEmpty();
  }

  @Test
  void RB1_quick_way_that_fails_stops_nobody() {
    var mailbox = new RoomMailbox(Runnable::run);
    var done = new AtomicInteger();
    var answer = new CompletableFuture<Boolean>();
    mailbox.submit(
        () -> {
          throw new IllegalStateException("on purpose, before it asks");
        },
        done::incrementAndGet);
    mailbox.submit(() -> answer, done::incrementAndGet);
    mailbox.submit(done::incrementAndGet);
    answer.completeExceptionally(new IllegalStateException("on purpose, while it hears"));
    assertThat(done).as("whatever fails may have been done, and is not done again").hasValue(1);
  }
}
