package dev.watchnchill.server.redis.lease;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.InstanceId;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Tests with a lease of 4 ns. */
final class FailureDetectorTest {
  private static final InstanceId ANN = new InstanceId("ann");
  private static final InstanceId BOB = new InstanceId("bob");
  private static final Set<InstanceId> BOTH = Set.of(ANN, BOB);

  private final FailureDetector detector = new FailureDetector(4);

  private void renew(long now, InstanceId... alive) {
    detector.renewalSucceeded(now, true, Set.of(alive), Set.of());
  }

  @Test
  void IN2_no_instance_is_dead_before_a_whole_lease_was_watched() {
    assertThat(detector.dead(BOTH, 0)).isEmpty();
    for (int now = 10; now < 14; now++) {
      renew(now, ANN);
      assertThat(detector.dead(BOTH, now)).isEmpty();
      assertThat(detector.canJudge(now)).isFalse();
    }
    renew(14, ANN);
    assertThat(detector.canJudge(14)).isTrue();
    assertThat(detector.dead(BOTH, 14)).containsExactly(BOB);
  }

  @Test
  void IN3_renewal_that_completes_a_whole_lease_may_claim_the_dead() {
    assertThat(detector.canJudgeAfterRenewal(10)).isFalse();
    for (int now = 10; now < 14; now++) {
      renew(now, ANN);
      assertThat(detector.canJudgeAfterRenewal(now)).isFalse();
    }
    assertThat(detector.canJudgeAfterRenewal(14)).isTrue();
    detector.renewalFailed();
    assertThat(detector.canJudgeAfterRenewal(14)).isFalse();
  }

  @Test
  void IN3_renewal_after_a_pause_of_more_than_a_lease_claims_nobody() {
    for (int now = 10; now < 15; now++) {
      renew(now, ANN);
    }
    assertThat(detector.canJudgeAfterRenewal(18)).isTrue();
    assertThat(detector.canJudgeAfterRenewal(19)).isFalse();
  }

  @Test
  void IN2_instance_is_dead_a_lease_after_it_was_seen_and_alive_when_it_returns() {
    for (int now = 10; now < 20; now++) {
      renew(now, ANN, BOB);
    }
    for (int now = 20; now < 23; now++) {
      renew(now, ANN);
      assertThat(detector.dead(BOTH, now)).isEmpty();
    }
    renew(23, ANN);
    assertThat(detector.dead(BOTH, 23)).containsExactly(BOB);
    renew(24, ANN, BOB);
    assertThat(detector.dead(BOTH, 24)).isEmpty();
  }

  @Test
  void IN2_claimed_instance_is_dead_at_once_and_stays_dead() {
    renew(10, ANN, BOB);
    detector.renewalSucceeded(11, true, Set.of(ANN), Set.of(BOB));
    assertThat(detector.dead(BOTH, 11)).containsExactly(BOB);
    renew(12, ANN); // and forgotten
    assertThat(detector.dead(BOTH, 12)).containsExactly(BOB);
  }

  @Test
  void EN12_alive_are_those_seen_within_a_lease() {
    renew(10, ANN, BOB);
    assertThat(detector.alive(10)).isEqualTo(BOTH);
    renew(12, ANN);
    assertThat(detector.alive(14)).isEqualTo(BOTH);
    assertThat(detector.alive(15)).containsExactly(ANN);
    detector.renewalSucceeded(15, true, Set.of(BOB), Set.of(ANN));
    assertThat(detector.alive(15)).containsExactly(BOB);
    detector.renewalFailed();
    assertThat(detector.alive(15)).isEmpty();
  }

  @Test
  void IN3_no_instance_is_dead_until_a_lease_after_an_outage_data_loss_or_pause() {
    for (String cause : new String[] {"away", "forgot", "stopped"}) {
      for (int now = 100; now < 110; now++) {
        renew(now);
      }
      assertThat(detector.dead(BOTH, 109)).containsExactlyInAnyOrder(ANN, BOB);
      long now = 110;
      switch (cause) {
        case "away" -> detector.renewalFailed();
        case "forgot" -> detector.renewalSucceeded(now, false, Set.of(), Set.of());
        default -> {
          now = 200;
          assertThat(detector.dead(BOTH, now)).as("nothing is known of now").isEmpty();
        }
      }
      assertThat(detector.dead(BOTH, now)).as(cause).isEmpty();
      long back = cause.equals("forgot") ? now : now + 1;
      for (long later = back; later < back + 4; later++) {
        if (later > now) {
          renew(later);
        }
        assertThat(detector.dead(BOTH, later)).as(cause).isEmpty();
      }
      renew(back + 4);
      assertThat(detector.dead(BOTH, back + 4)).as(cause).hasSize(2);
      detector.renewalFailed();
    }
  }
}
