package dev.watchnchill.server.socket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.server.limit.AddressLeases;
import dev.watchnchill.server.limit.ClientKey;
import dev.watchnchill.server.limit.MemoryAddressLeases;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

final class SocketAdmissionTest {
  private final MemoryAddressLeases limit = new MemoryAddressLeases(1);
  private final Queue<Runnable> loop = new ArrayDeque<>();
  private final List<String> done = new ArrayList<>();
  private final CompletableFuture<Optional<AddressLeases.Lease>> answer = new CompletableFuture<>();
  private final SocketAdmission admission = new SocketAdmission();

  private void decide() {
    admission.decide(answer, loop::add, () -> done.add("admitted"), () -> done.add("rejected"));
  }

  private void grant() {
    answer.complete(Optional.ofNullable(limit.acquire(new ClientKey("a"))));
  }

  private void runLoop() {
    Runnable task;
    while ((task = loop.poll()) != null) {
      task.run();
    }
  }

  private boolean submit(String what) {
    return admission.submit(() -> done.add(what));
  }

  @Test
  void TR8_events_before_the_decision_run_after_it_in_order() {
    decide();
    assertThat(submit("one")).isTrue();
    assertThat(submit("two")).isTrue();
    assertThat(done).isEmpty();
    grant();
    assertThat(done).as("off the loop nothing happens").isEmpty();
    runLoop();
    assertThat(submit("three")).isTrue();
    assertThat(done).containsExactly("admitted", "one", "two", "three");
    assertThat(limit.open()).isEqualTo(1);
    assertThat(admission.close()).isTrue();
    assertThat(limit.open()).isZero();
  }

  @Test
  void RL2_rejected_socket_is_ended_without_an_answer_to_anything() {
    MemoryAddressLeases.Lease other = limit.acquire(new ClientKey("a"));
    decide();
    assertThat(submit("one")).isTrue();
    grant();
    runLoop();
    assertThat(submit("two")).isTrue();
    assertThat(done).containsExactly("rejected");
    assertThat(admission.close()).isFalse();
    assertThat(other).isNotNull();
    assertThat(limit.open()).isEqualTo(1);
  }

  @Test
  void RL3_socket_that_closes_before_the_answer_leaves_no_count() {
    decide();
    assertThat(submit("one")).isTrue();
    assertThat(admission.close()).isFalse();
    grant();
    assertThat(limit.open()).isEqualTo(1);
    runLoop();
    assertThat(limit.open()).isZero();
    assertThat(done).isEmpty();
  }

  @Test
  void RL3_answer_after_the_loops_have_ended_leaves_no_count() {
    admission.decide(
        answer,
        _ -> {
          throw new RejectedExecutionException("ended");
        },
        () -> done.add("admitted"),
        () -> done.add("rejected"));
    grant();
    assertThat(limit.open()).isZero();
    assertThat(done).isEmpty();
  }

  @Test
  void RL2_count_that_fails_rejects() {
    decide();
    answer.completeExceptionally(new IllegalStateException("no count"));
    runLoop();
    assertThat(done).containsExactly("rejected");
  }

  @Test
  void RL2_events_over_a_burst_before_the_answer_are_rejected_and_the_rest_is_handled() {
    decide();
    for (int i = 0; i < SocketAdmission.HELD_MAX; i++) {
      assertThat(submit("event")).isTrue();
    }
    assertThat(submit("one too many")).isFalse();
    grant();
    runLoop();
    assertThat(done).hasSize(1 + SocketAdmission.HELD_MAX).doesNotContain("one too many");
  }
}
