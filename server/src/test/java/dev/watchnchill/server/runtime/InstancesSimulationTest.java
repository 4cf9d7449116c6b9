package dev.watchnchill.server.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.Limits;
import dev.watchnchill.party.generate.Choices;
import dev.watchnchill.party.generate.Property;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Several instances on one store, with everything that can go wrong between and within them. */
final class InstancesSimulationTest {
  private static final int RUNS = 3_000;
  private static final int PHASES = 2;
  private static final int ACTIONS = 30;

  /** Long enough for all users to leave and for every grace period to pass. */
  private static final long END_MS = 60_000;

  @Test
  void IN1_IN8_all_instances_and_all_clients_agree_with_the_store() {
    run(SimWorld.LIMITS, "user-joined", "user-left", "new-message", "timeline");
  }

  @Test
  void PS1_PS4_all_agree_when_rooms_grow_large_and_small_again() {
    run(SimWorld.LIMITS.withPresenceEach(2), "user-joined", "presence", "new-message");
  }

  /** Runs the simulation; the given events must have occurred, or it tests nothing. */
  private static void run(Limits limits, String... events) {
    var received = new HashSet<String>();
    Property.check(RUNS, choices -> received.addAll(run(choices, limits)));
    assertThat(received).contains(events);
  }

  private static Set<String> run(Choices choices, Limits limits) {
    var world = new SimWorld(choices, limits);
    var chaos = new SimChaos(world);
    var checks = new SimChecks(world);
    try {
      for (int phase = 0; phase < PHASES; phase++) {
        chaos.rage(ACTIONS);
        chaos.quiet();
        checks.settled(chaos.excused());
      }
      world.note("-- all leave");
      world.people.forEach(SimPerson::leave);
      world.time.advance(END_MS);
      checks.over();
      return world.received;
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError(String.join("\n", world.diary) + "\n" + e.getMessage(), e);
    }
  }
}
