package dev.watchnchill.server.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.Limits;
import dev.watchnchill.party.generate.Property;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Simulations of one instance without faults, in virtual time. */
final class SimulationTest {
  private static final int RUNS = 8_000;
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
    Property.check(
        RUNS,
        choices -> {
          var simulation = new OneInstanceSimulation(choices, received, limits);
          try {
            simulation.run();
          } catch (AssertionError | RuntimeException e) {
            throw new AssertionError(String.join("\n", simulation.log) + "\n" + e.getMessage(), e);
          }
        });
    assertThat(received)
        .as("events of all simulations")
        .contains("ready", "deadline", "stall", "rate", "status", "waiting-set");
    return received;
  }
}
