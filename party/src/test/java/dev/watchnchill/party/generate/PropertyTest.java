package dev.watchnchill.party.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class PropertyTest {
  private static final Generator<List<Integer>> LISTS =
      Generators.lists(Generators.integers(0, 1000), 0, 40);

  @Test
  void a_property_that_holds_is_tried_as_often_as_asked() {
    var drawn = new ArrayList<List<Integer>>();

    Property.check(7, 300, choices -> drawn.add(choices.draw(LISTS)));

    assertThat(drawn).hasSize(300);
    assertThat(new HashSet<>(drawn)).hasSizeGreaterThan(250);
    assertThat(drawn).anyMatch(List::isEmpty).anyMatch(list -> list.size() == 40);
  }

  @Test
  void a_failure_names_the_seed_and_the_smallest_input() {
    assertThatThrownBy(() ->
            Property.check(
                7,
                1000,
                choices -> assertThat(choices.draw(LISTS)).noneMatch(number -> number >= 500)))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("seed 7")
        .hasMessageContaining("\n  [500]\n");
  }

  @Test
  void an_input_of_two_parts_that_belong_together_is_found() {
    assertThatThrownBy(() ->
            Property.check(
                1,
                1000,
                choices -> {
                  List<Integer> list = choices.draw(LISTS);
                  assertThat(list.contains(3) && list.stream().anyMatch(n -> n > 900)).isFalse();
                }))
        .hasMessageMatching("(?s).*\n  \\[(3, 901|901, 3)]\n.*");
  }

  @Test
  void the_same_seed_gives_the_same_inputs_and_another_one_others() {
    assertThat(inputs(1)).isEqualTo(inputs(1)).isNotEqualTo(inputs(2));
  }

  @Test
  void an_exception_of_the_code_under_test_is_a_failure() {
    assertThatThrownBy(() ->
            Property.check(
                1, 100, choices -> List.of().get(choices.draw(Generators.integers(1, 9)))))
        .hasMessageContaining("\n  1\n")
        .hasCauseInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void a_run_that_does_not_end_fails() {
    assertThatThrownBy(() ->
            Property.check(
                1,
                1,
                choices -> {
                  while (choices.below(3) < 3) {
                    choices.below(2);
                  }
                }))
        .hasMessageContaining("seed 1")
        .hasCauseInstanceOf(EndlessRunError.class);
  }

  @Test
  void a_run_that_does_not_end_fails_although_the_code_under_test_handles_it() {
    assertThatThrownBy(() ->
            Property.check(
                1,
                1,
                choices -> {
                  try {
                    while (true) {
                      choices.below(2);
                    }
                  } catch (EndlessRunError handled) {
                    assertThat(handled).hasMessageContaining("choices");
                  }
                }))
        .hasCauseInstanceOf(EndlessRunError.class);
  }

  @Test
  void a_failure_is_not_simplified_to_a_run_that_does_not_end() {
    assertThatThrownBy(() ->
            Property.check(
                1,
                1000,
                choices -> {
                  int number = choices.draw(Generators.integers(0, 1000));
                  while (number < 500) {
                    number += choices.below(2);
                  }
                  assertThat(number).isLessThan(700);
                }))
        .hasMessageContaining("\n  700\n");
  }

  @Test
  void tasks_that_repeat_without_a_delay_fail() {
    var clock = new VirtualClock(0);
    var task =
        new Runnable() {
          @Override
          public void run() {
            clock.after(0, this);
          }
        };
    clock.after(5, task);
    assertThatThrownBy(() -> clock.advance(10))
        .isInstanceOf(EndlessRunError.class)
        .hasMessageContaining("at one instant");
  }

  @Test
  void numbers_stay_within_their_bounds_and_reach_them() {
    var seen = new ArrayList<Double>();

    Property.check(
        1,
        2000,
        choices -> {
          double number = choices.draw(Generators.doubles(-1e6, 1e12));
          assertThat(number).isBetween(-1e6, 1e12);
          seen.add(number);
        });

    assertThat(seen).contains(-1e6, 1e12).anyMatch(number -> Math.abs(number) < 1e-9);
  }

  private static List<List<Integer>> inputs(long seed) {
    var drawn = new ArrayList<List<Integer>>();
    Property.check(seed, 50, choices -> drawn.add(choices.draw(LISTS)));
    return drawn;
  }
}
