package dev.watchnchill.server.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.Limits;
import org.junit.jupiter.api.Test;

/** Simulations of one or several instances on a shared store, with faults of every kind. */
final class SharedStoreSimulationTest {
  private static final int RUNS = 3_000;
  static final Limits LIMITS =
      Limits.DEFAULT.withSizes(8, 20).withGraces(3_000, 10_000).withRoomLife(600_000);

  @Test
  void IN1_IN8_all_instances_and_all_clients_agree_with_the_store() {
    simulate(LIMITS, "user-joined", "user-left");
  }

  @Test
  void PS1_PS4_all_agree_when_rooms_grow_large_and_small_again() {
    simulate(LIMITS.withPresenceEach(2), "user-joined", "presence", "small again");
  }

  private static void simulate(Limits limits, String... events) {
    var simulation = new Simulation(limits);
    simulation.ofSharedStore(RUNS);
    assertThat(simulation.received)
        .as("events of all simulations")
        .contains(events)
        .contains("new-message", "timeline", "video-played", "waiting-set", "stream-position");
    assertThat(simulation.faults)
        .as("faults of all simulations")
        .containsExactlyInAnyOrder(FaultSchedule.Fault.values());
  }
}
