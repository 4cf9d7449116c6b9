package dev.watchnchill.server.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class ResponseTimeoutsTest {
  private final Queue<Runnable> due = new ArrayDeque<>();
  private long nowMs = 1_000;
  private final ResponseTimeouts timeouts =
      new ResponseTimeouts(
          (_, task) -> {
            due.add(task);
            return () -> due.remove(task);
          },
          () -> nowMs);

  private void look() {
    due.remove().run();
  }

  @Test
  void IN6_an_answer_that_comes_in_time_is_the_answer() {
    var answer = new CompletableFuture<String>();
    CompletableFuture<String> given = timeouts.within(100, answer, () -> "late");
    nowMs += 99;
    look();
    assertThat(given).isNotDone();
    answer.complete("answer");
    assertThat(given).isCompletedWithValue("answer");
  }

  @Test
  void IN6_default_answer_replaces_a_late_one() {
    var answer = new CompletableFuture<String>();
    CompletableFuture<String> given = timeouts.within(100, answer, () -> "late");
    nowMs += 100;
    look();
    answer.complete("answer");
    assertThat(given).isCompletedWithValue("late");
  }

  @Test
  void many_wait_with_one_timer_and_none_is_left_behind() {
    var first = timeouts.within(100, new CompletableFuture<String>(), () -> "first");
    var second = timeouts.within(60, new CompletableFuture<String>(), () -> "second");
    assertThat(due).hasSize(1);
    nowMs += 60;
    look();
    assertThat(first).isNotDone();
    assertThat(second).isCompletedWithValue("second");
    assertThat(due).hasSize(1);
    nowMs += 40;
    look();
    assertThat(first).isCompletedWithValue("first");
    assertThat(due).isEmpty();
    var _ = timeouts.within(100, new CompletableFuture<String>(), () -> "third");
    assertThat(due).hasSize(1);
  }
}
