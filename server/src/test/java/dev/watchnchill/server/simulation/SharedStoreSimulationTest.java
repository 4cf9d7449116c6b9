package dev.watchnchill.server.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.Limits;
import org.junit.jupiter.api.Test;

/** Simulations of one or several instances on a shared store, with faults of every kind. */
final class SharedStoreSimulationTest {
  private static final int RUNS = 3_000;
  private static final int ENTRY_RUNS = 2_000;
  private static final String[] ENTRY_EVENTS = {
    "settings-changed",
    "user-demoted",
    "room-transferred",
    "member-muted",
    "knock",
    "knock-closed",
    "entry-refused",
    "invites-changed",
    "bans-changed",
    "host-token-issued",
    "room-closed"
  };
  static final Limits LIMITS =
      Limits.DEFAULT.withSizes(8, 20).withGraces(3_000, 10_000).withRoomLife(600_000).withVoice(2);

  @Test
  void IN1_IN8_all_instances_and_all_clients_agree_with_the_store() {
    simulate(LIMITS, "user-joined", "user-left");
  }

  @Test
  void PS1_PS4_all_agree_when_rooms_grow_large_and_small_again() {
    simulate(LIMITS.withPresenceEach(2), "user-joined", "presence", "small again");
  }

  @Test
  void EN1_EN13_RT1_RT6_rights_and_entry_hold_on_all_instances() {
    simulate(LIMITS, ENTRY_RUNS, true, ENTRY_EVENTS);
  }

  @Test
  void EN1_EN13_PS1_PS4_rights_and_entry_hold_when_rooms_grow_large_and_small_again() {
    simulate(LIMITS.withPresenceEach(2), ENTRY_RUNS, true, ENTRY_EVENTS);
  }

  private static void simulate(Limits limits, String... events) {
    simulate(limits, RUNS, false, events);
  }

  private static void simulate(Limits limits, int runs, boolean entryControl, String... events) {
    var simulation = new Simulation(limits);
    simulation.ofSharedStore(runs, entryControl);
    assertThat(simulation.received)
        .as("events of all simulations")
        .contains(events)
        .contains("new-message", "timeline", "video-played", "waiting-set", "stream-position")
        .contains("queue-changed", "next", "ended")
        .contains("voice-state", "voice-signal", "voice-speaking");
    assertThat(simulation.faults)
        .as("faults of all simulations")
        .containsExactlyInAnyOrder(FaultSchedule.Fault.values());
  }
}
