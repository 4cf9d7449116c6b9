package dev.watchnchill.server.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.Limits;
import org.junit.jupiter.api.Test;

/** Simulations of one instance with a store of its own, without faults. */
final class OneInstanceSimulationTest {
  private static final int RUNS = 7_500;
  private static final Limits LIMITS =
      Limits.DEFAULT.withSizes(6, 5).withGraces(3_000, 10_000).withRoomLife(60_000).withVoice(2);

  @Test
  void AT1_SQ1_RS6_every_view_equals_the_room_and_nothing_is_left_behind() {
    assertThat(simulate(LIMITS).received).doesNotContain("presence");
  }

  @Test
  void PS1_PS4_every_view_equals_the_room_when_rooms_grow_large_and_small_again() {
    assertThat(simulate(LIMITS.withPresenceEach(2)).received).contains("presence", "small again");
  }

  private static Simulation simulate(Limits limits) {
    var simulation = new Simulation(limits);
    simulation.ofOneInstance(RUNS);
    assertThat(simulation.received)
        .as("events of all simulations")
        .contains("ready", "deadline", "stall", "rate", "status", "waiting-set", "room-closed")
        .contains("queue-changed", "next", "ended")
        .contains("voice-state", "voice-signal", "voice-speaking");
    return simulation;
  }
}
