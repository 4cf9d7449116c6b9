package dev.watchnchill.party.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.generate.Property;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Thousands of simulated scenarios of a room (rules RS2 to RS7, LV2 to LV5, LF2, TL9, TL10, WT2).
 */
class RoomScenarioTest {
  private static final int SCENARIOS = 4_000;

  @Test
  void RS3_TL9_WT2_acknowledged_results_hold_and_no_wait_is_in_vain_in_any_scenario() {
    Map<ScenarioContext.Situation, Integer> seen = new EnumMap<>(ScenarioContext.Situation.class);
    Property.check(
        SCENARIOS,
        choices -> {
          var scenario = new RoomScenario(choices);
          try {
            scenario.play();
          } catch (AssertionError | RuntimeException e) {
            throw new AssertionError(String.join("\n", scenario.log()) + "\n" + e.getMessage(), e);
          }
          scenario.situations().forEach((what, times) -> seen.merge(what, times, Integer::sum));
        });
    assertThat(seen).containsOnlyKeys(ScenarioContext.Situation.values());
  }
}
