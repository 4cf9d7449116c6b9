package dev.watchnchill.server.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.server.store.StoreUnavailableException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Rule IN3: the members of an instance that has died, while the store has failures. */
final class DeadInstanceRecoveryTest {
  private final RuntimeHarness harness = new RuntimeHarness();
  private final RuntimeHarness.Instance server = harness.new Instance();

  private static RuntimeException away() {
    return new StoreUnavailableException("away");
  }

  @Test
  void IN3_members_of_a_dead_instance_are_marked_away_after_a_change_that_failed() {
    server.client(true).create("Ann");
    server.store.fail(away(), FaultyStore.Call.values()); // it is dead, and takes no seat back
    RuntimeHarness.Instance successor = harness.new Instance();
    successor.store.failCommits(2, away());
    CompletableFuture<?> recovery = successor.service.recover(harness.time.nowMs());
    harness.time.advance(2_000);
    assertThat(recovery).isCompleted();
    assertThat(harness.room().members().list()).allMatch(member -> member.away());
  }

  @Test
  void IN3_members_of_a_dead_instance_wait_while_the_store_stays_away() {
    server.client(true).create("Ann");
    RuntimeHarness.Instance successor = harness.new Instance();
    successor.store.fail(away(), FaultyStore.Call.COMMIT);
    CompletableFuture<?> recovery = successor.service.recover(harness.time.nowMs());
    harness.time.advance(2_000);
    assertThat(recovery).isCompletedExceptionally();
    assertThat(harness.room().members().list()).noneMatch(member -> member.away());
  }
}
