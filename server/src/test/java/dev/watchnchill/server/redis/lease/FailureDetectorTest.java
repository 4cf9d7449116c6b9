package dev.watchnchill.server.redis.lease;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.InstanceId;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** With a lease of 4. */
final class FailureDetectorTest {
  private static final InstanceId ANN = new InstanceId("ann");
  private static final InstanceId BOB = new InstanceId("bob");
  private static final Set<InstanceId> BOTH = Set.of(ANN, BOB);

  private final FailureDetector detector = new FailureDetector(4);

  private void seen(long now, InstanceId... alive) {
    detector.renewalSucceeded(now, true, Set.of(alive), Set.of());
  }

  @Test
  void IN2_nobody_is_dead_before_a_whole_lease_was_watched() {
    assertThat(detector.dead(BOTH, 0)).isEmpty();
    for (int now = 10; now < 14; now++) {
      seen(now, ANN);
      assertThat(detector.dead(BOTH, now)).isEmpty();
      assertThat(detector.canJudge(now)).isFalse();
    }
    seen(14, ANN);
    assertThat(detector.canJudge(14)).isTrue();
    assertThat(detector.dead(BOTH, 14)).containsExactly(BOB);
  }

  @Test
  void IN2_who_was_seen_is_dead_a_lease_later_and_alive_when_it_comes_back() {
    for (int now = 10; now < 20; now++) {
      seen(now, ANN, BOB);
    }
    for (int now = 20; now < 23; now++) {
      seen(now, ANN);
      assertThat(detector.dead(BOTH, now)).isEmpty();
    }
    seen(23, ANN);
    assertThat(detector.dead(BOTH, 23)).containsExactly(BOB);
    seen(24, ANN, BOB);
    assertThat(detector.dead(BOTH, 24)).isEmpty();
  }

  @Test
  void IN2_who_is_taken_over_is_dead_at_once_and_stays_so() {
    seen(10, ANN, BOB);
    detector.renewalSucceeded(11, true, Set.of(ANN), Set.of(BOB));
    assertThat(detector.dead(BOTH, 11)).containsExactly(BOB);
    seen(12, ANN); // and forgotten
    assertThat(detector.dead(BOTH, 12)).containsExactly(BOB);
  }

  @Test
  void IN3_after_the_store_was_away_or_forgot_or_this_server_was_stopped_a_lease_passes_first() {
    for (String trouble : new String[] {"away", "forgot", "stopped"}) {
      for (int now = 100; now < 110; now++) {
        seen(now);
      }
      assertThat(detector.dead(BOTH, 109)).containsExactlyInAnyOrder(ANN, BOB);
      long now = 110;
      switch (trouble) {
        case "away" -> detector.renewalFailed();
        case "forgot" -> detector.renewalSucceeded(now, false, Set.of(), Set.of());
        default -> {
          now = 200;
          assertThat(detector.dead(BOTH, now)).as("nothing is known of now").isEmpty();
        }
      }
      assertThat(detector.dead(BOTH, now)).as(trouble).isEmpty();
      long back = trouble.equals("forgot") ? now : now + 1;
      for (long later = back; later < back + 4; later++) {
        if (later > now) {
          seen(later);
        }
        assertThat(detector.dead(BOTH, later)).as(trouble).isEmpty();
      }
      seen(back + 4);
      assertThat(detector.dead(BOTH, back + 4)).as(trouble).hasSize(2);
      detector.renewalFailed();
    }
  }
}
