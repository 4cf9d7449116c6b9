package dev.watchnchill.server.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.Limits;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Several servers on one store, with everything that can go wrong between and within them; a seed
 * that fails names itself. {@code -Dsim.seeds=N} runs more, {@code -Dsim.seed=S} one, and tells
 * every word of it.
 */
final class InstancesSimulationTest {
  private static final int SEEDS = 3_000;
  private static final int PHASES = 2;
  private static final int STEPS = 30;

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

  /** Runs all seeds; the given events must have occurred, or the simulation tests nothing. */
  private static void run(Limits limits, String... events) {
    Long only = Long.getLong("sim.seed");
    if (only != null) {
      run(only, limits);
      return;
    }
    int seeds = Integer.getInteger("sim.seeds", SEEDS);
    var received = new HashSet<String>();
    var failed = new TreeMap<Long, AssertionError>();
    for (long seed = 0; seed < seeds; seed++) {
      try {
        received.addAll(run(seed, limits));
      } catch (AssertionError e) {
        failed.put(seed, e);
      }
    }
    if (!failed.isEmpty()) {
      throw new AssertionError(
          failed.size() + " of " + seeds + " seeds fail: " + failed.keySet(),
          failed.firstEntry().getValue());
    }
    assertThat(received).contains(events);
  }

  private static Set<String> run(long seed, Limits limits) {
    var world = new SimWorld(seed, limits);
    var chaos = new SimChaos(world);
    var checks = new SimChecks(world);
    try {
      for (int phase = 0; phase < PHASES; phase++) {
        chaos.rage(STEPS);
        chaos.quiet();
        checks.settled(chaos.excused());
      }
      world.note("-- all go");
      world.people.forEach(SimPerson::leave);
      world.time.advance(END_MS);
      checks.over();
      return world.received;
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError(
          "seed " + seed + " fails after:\n" + String.join("\n", world.diary), e);
    }
  }
}
