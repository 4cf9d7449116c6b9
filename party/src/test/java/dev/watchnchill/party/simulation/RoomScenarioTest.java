package dev.watchnchill.party.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Thousands of simulated scenarios of a room (rules RS2 to RS7, LV2 to LV5, LF2, TL9, TL10, WT2).
 *
 * <p>A failing one prints its seed; {@code -Dtest=RoomScenarioTest -Dscenario.seed=N} runs it
 * alone.
 */
class RoomScenarioTest {
  private static final long SEEDS = 4_000;

  @Test
  void RS3_TL9_WT2_acknowledged_results_hold_and_no_wait_is_in_vain_in_any_scenario() {
    Long only = Long.getLong("scenario.seed");
    long first = only == null ? 1 : only;
    long last = only == null ? SEEDS : only;
    Map<ScenarioWorld.Happening, Integer> seen = new EnumMap<>(ScenarioWorld.Happening.class);
    for (long seed = first; seed <= last; seed++) {
      var scenario = new RoomScenario(seed);
      try {
        scenario.play();
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError(
            "scenario "
                + seed
                + " fails; run it alone with: mvn -pl party test -Dtest=RoomScenarioTest"
                + " -Dscenario.seed="
                + seed
                + "\n"
                + String.join("\n", scenario.log()),
            e);
      }
      scenario.happenings().forEach((what, times) -> seen.merge(what, times, Integer::sum));
    }
    if (only == null) {
      assertThat(seen).containsOnlyKeys(ScenarioWorld.Happening.values());
    }
  }
}
