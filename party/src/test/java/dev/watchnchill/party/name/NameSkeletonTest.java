package dev.watchnchill.party.name;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.DisplayName;
import dev.watchnchill.party.generate.Choices;
import dev.watchnchill.party.generate.Generator;
import dev.watchnchill.party.generate.Generators;
import dev.watchnchill.party.generate.Property;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Rule RT23: names that a reader could take for each other are the same. */
class NameSkeletonTest {
  /**
   * The letters and digits of names by the skeleton that ICU gives them, where several share it.
   */
  private static final List<List<Integer>> LOOK_ALIKES = lookAlikes();

  private static List<List<Integer>> lookAlikes() {
    Map<String, List<Integer>> bySkeleton = new HashMap<>();
    for (int point = 0; point <= Character.MAX_CODE_POINT; point++) {
      String text = Character.toString(point);
      if (NameCharacters.isLetterOrDigit(point)
          && NameCharacters.allowed(text)
          && ConfusablesData.canOccur(point)) {
        bySkeleton
            .computeIfAbsent(ConfusablesData.skeleton(text), _ -> new ArrayList<>())
            .add(point);
      }
    }
    return bySkeleton.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(Map.Entry::getValue)
        .filter(alike -> alike.size() > 1)
        .toList();
  }

  private static boolean isAscii(String name) {
    return name.chars().allMatch(c -> c < 0x80);
  }

  @Test
  void RT23_copy_of_a_name_with_look_alikes_by_ICU_is_the_same() {
    assertThat(LOOK_ALIKES).hasSizeGreaterThan(500);
    Property.check(
        5_000,
        choices -> {
          var one = new StringBuilder();
          var other = new StringBuilder();
          for (int i = choices.below(5) + 2; i > 0; i--) {
            List<Integer> alike = LOOK_ALIKES.get(choices.below(LOOK_ALIKES.size()));
            one.appendCodePoint(any(choices, alike));
            other.appendCodePoint(any(choices, alike));
          }
          if (!isAscii(one + "" + other)) {
            areTheSame(one.toString(), other.toString());
          }
        });
  }

  private static int any(Choices choices, List<Integer> points) {
    return points.get(choices.below(points.size()));
  }

  @Test
  void RT23_full_width_copy_of_an_ASCII_name_is_the_same_in_any_case() {
    Generator<String> names = Generators.strings("abdlmiABDLMI019", 2, 6);
    Property.check(choices -> {
      String name = choices.draw(names);
      var wide = new StringBuilder();
      name.chars().forEach(c -> wide.append((char) (c + 0xFEE0)));

      areTheSame(name, wide.toString());
      areTheSame(name.toLowerCase(Locale.ROOT), wide.toString());
      areTheSame(name.toUpperCase(Locale.ROOT), wide.toString());
    });
  }

  @Test
  void RT23_names_without_letters_beyond_ASCII_are_compared_by_their_lower_case_alone() {
    Generator<String> names = Generators.strings("1lIi0Oomrn", 2, 3);
    Property.check(
        5_000,
        choices -> {
          String one = choices.draw(names);
          String other = choices.draw(names);
          boolean expected = one.toLowerCase(Locale.ROOT).equals(other.toLowerCase(Locale.ROOT));

          assertThat(new DisplayName(one).sameAs(new DisplayName(other))).isEqualTo(expected);
        });
  }

  @Test
  void RT23_every_name_is_the_same_as_itself_in_any_case() {
    Property.check(choices -> {
      var name = new StringBuilder("x");
      for (int i = choices.below(6) + 1; i > 0; i--) {
        name.appendCodePoint(any(choices, LOOK_ALIKES.get(choices.below(LOOK_ALIKES.size()))));
      }
      String text = name.toString();
      var capitals = new StringBuilder();
      text.codePoints().map(Character::toUpperCase).forEach(capitals::appendCodePoint);

      areTheSame(text, text);
      areTheSame(text, capitals.toString());
    });
  }

  @Test
  void RT23_gaps_and_joiners_count_as_little_as_in_other_names() {
    areTheSame("Анна  Б", "Аnna Б".replace("n", "н"));
    areTheSame("محمد\u200cرضا", "محمدرضا");
  }

  private static void areTheSame(String one, String other) {
    var left = new DisplayName(one);
    var right = new DisplayName(other);

    assertThat(left.sameAs(right)).as("%s, %s", one, other).isTrue();
    assertThat(right.sameAs(left)).as("%s, %s", other, one).isTrue();
  }
}
