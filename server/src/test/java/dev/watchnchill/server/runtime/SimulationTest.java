package dev.watchnchill.server.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.Limits;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Whole simulations of the real runtime in virtual time; a seed that fails names itself. */
final class SimulationTest {
  private static final int SEEDS = 8_000;
  static final Limits LIMITS =
      Limits.DEFAULT.withSizes(6, 5).withGraces(3_000, 10_000).withRoomLife(60_000);

  @Test
  void AT1_SQ1_RS6_every_view_equals_the_room_and_nothing_is_left_behind() {
    assertThat(simulate(LIMITS)).doesNotContain("presence");
  }

  @Test
  void PS1_PS4_every_view_equals_the_room_when_rooms_grow_large_and_small_again() {
    assertThat(simulate(LIMITS.withPresenceEach(2))).contains("presence", "not large any more");
  }

  private static Set<String> simulate(Limits limits) {
    var received = new HashSet<String>();
    for (long seed = 0; seed < SEEDS; seed++) {
      var simulation = new OneInstanceSimulation(seed, received, limits);
      try {
        simulation.run();
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError(
            "seed " + seed + " fails after:\n" + String.join("\n", simulation.log), e);
      }
    }
    assertThat(received)
        .as("events of all simulations")
        .contains("ready", "deadline", "stall", "rate", "status", "waiting-set");
    return received;
  }
}
