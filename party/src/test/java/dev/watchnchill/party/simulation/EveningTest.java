package dev.watchnchill.party.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Thousands of simulated evenings (rules RS2 to RS7, LV2 to LV5, LF2, TL9, TL10, WT2).
 *
 * <p>A failing one prints its seed; {@code -Dtest=EveningTest -Devening.seed=N} plays it alone.
 */
class EveningTest {
  private static final long SEEDS = 4_000;

  @Test
  void RS3_TL9_WT2_nobody_lost_anything_and_nobody_waited_in_vain_on_any_evening() {
    Long only = Long.getLong("evening.seed");
    long first = only == null ? 1 : only;
    long last = only == null ? SEEDS : only;
    Map<Stage.Happening, Integer> seen = new EnumMap<>(Stage.Happening.class);
    for (long seed = first; seed <= last; seed++) {
      var evening = new Evening(seed);
      try {
        evening.play();
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError(
            "evening "
                + seed
                + " went wrong; play it alone with: mvn -pl party test -Dtest=EveningTest"
                + " -Devening.seed="
                + seed
                + "\n"
                + String.join("\n", evening.diary()),
            e);
      }
      evening.happenings().forEach((what, times) -> seen.merge(what, times, Integer::sum));
    }
    if (only == null) {
      assertThat(seen).containsOnlyKeys(Stage.Happening.values());
    }
  }
}
