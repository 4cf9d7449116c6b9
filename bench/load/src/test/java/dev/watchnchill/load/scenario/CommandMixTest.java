package dev.watchnchill.load.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CommandMixTest {
  private static List<String> first(int count, Map<String, Double> weights) {
    CommandMix<String> mix = new CommandMix<>(new String[] {"a", "b", "c"}, weights::get);
    return Stream.generate(mix::next).limit(count).toList();
  }

  @Test
  void each_kind_comes_as_often_as_its_weight_says() {
    List<String> kinds = first(566, Map.of("a", 8.0, "b", 58.0, "c", 500.0));
    assertThat(kinds).hasSize(566);
    assertThat(Collections.frequency(kinds, "a")).isEqualTo(8);
    assertThat(Collections.frequency(kinds, "b")).isEqualTo(58);
    assertThat(Collections.frequency(kinds.subList(0, 71), "a")).isEqualTo(1);
  }

  @Test
  void kind_of_no_weight_never_comes() {
    assertThat(first(20, Map.of("a", 0.0, "b", 1.0, "c", 0.0))).containsOnly("b");
  }
}
