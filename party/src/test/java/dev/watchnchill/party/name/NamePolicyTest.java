package dev.watchnchill.party.name;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibm.icu.text.BreakIterator;
import dev.watchnchill.party.DisplayName;
import dev.watchnchill.party.Trim;
import dev.watchnchill.party.generate.Generator;
import dev.watchnchill.party.generate.Generators;
import dev.watchnchill.party.generate.Property;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rules FR1 and RT20 to RT22; further examples are in {@code testdata/names.json}. */
class NamePolicyTest {
  private static final Pattern BASE_NAME = Pattern.compile("[a-zA-Z0-9 \\-_.!?]+");

  /** Texts in one script, with the marks and joiners that belong to it. */
  private static Generator<String> inOneScript() {
    return choices -> {
      int block = SCRIPTS[choices.below(SCRIPTS.length)];
      var text = new StringBuilder();
      int length = choices.below(8) == 0 ? 60 : choices.below(8);
      for (int i = 0; i < length; i++) {
        text.appendCodePoint(
            switch (choices.below(10)) {
              case 0 -> ' ';
              case 1 -> 0x200C + choices.below(2);
              case 2 -> 0x300 + choices.below(0x70);
              case 3 -> choices.below(0x250);
              default -> block + choices.below(0x80);
            });
      }
      return text.toString();
    };
  }

  private static final int[] SCRIPTS = {
    0x00C0, 0x0370, 0x0400, 0x0530, 0x0590, 0x0600, 0x0700, 0x0900, 0x0980, 0x0A00, 0x0A80, 0x0B00,
    0x0B80, 0x0C00, 0x0C80, 0x0D00, 0x0D80, 0x0E00, 0x0E80, 0x0F00, 0x0F80, 0x1000, 0x1100, 0x1180,
    0x1200, 0x13A0, 0x1780, 0x1800, 0x1A20, 0x1B00, 0x1E00, 0x1F00, 0x3040, 0x30A0, 0x4E00, 0xA980,
    0xAA00, 0xAC00, 0xFB00, 0xFE70, 0xFF00, 0x11000, 0x11080, 0x11100, 0x11180, 0x11680, 0x1D400,
    0x1E900, 0x20000
  };

  @Test
  void RT21_accepted_name_is_in_its_normal_form_and_within_all_bounds() {
    Property.check(
        20_000,
        choices -> {
          String raw = choices.draw(inOneScript());
          if (NamePolicy.UNICODE.check(raw) instanceof NameCheck.Accepted(DisplayName name)) {
            String value = name.value();
            assertThat(Normalizer.isNormalized(value, Normalizer.Form.NFC)).isTrue();
            assertThat(value)
                .isEqualTo(Trim.both(value))
                .doesNotContainPattern("[^\\PC\\u200c\\u200d]");
            assertThat(value.length()).isBetween(2, 200);
            assertThat(clustersByIcu(value)).isBetween(2, 50);
            assertThat(NamePolicy.UNICODE.check(value)).isEqualTo(new NameCheck.Accepted(name));
          }
        });
  }

  // The JDK differs from ICU in what no name can have (unassigned code points), and in two vowels
  // of Ahom (U+11720, U+11721), which count with their letter.
  @Test
  void RT21_characters_of_names_make_as_many_grapheme_clusters_as_ICU_counts() {
    Property.check(
        20_000,
        choices -> {
          String text = choices.draw(inOneScript());
          if (text.codePoints().allMatch(NamePolicyTest::isOfSomeName)) {
            assertThat(GraphemeClusters.count(text)).isEqualTo(clustersByIcu(text));
          }
        });
  }

  private static boolean isOfSomeName(int point) {
    return NameCharacters.allowed(Character.toString(point)) || point == 0x200C || point == 0x200D;
  }

  private static int clustersByIcu(String text) {
    BreakIterator clusters = BreakIterator.getCharacterInstance(Locale.ROOT);
    clusters.setText(text);
    int count = 0;
    while (clusters.next() != BreakIterator.DONE) {
      count++;
    }
    return count;
  }

  @Test
  void RT21_name_that_FR1_allows_with_spaces_alone_is_allowed_and_stays_as_it_is() {
    Generator<String> names = Generators.strings("abzAZ09 -_.!?", 0, 52);
    Property.check(choices -> {
      String raw = choices.draw(names);
      NameCheck base = NamePolicy.BASE.check(raw);
      if (base instanceof NameCheck.Accepted) {
        assertThat(NamePolicy.UNICODE.check(raw)).isEqualTo(base);
      }
    });
  }

  @Test
  void FR1_base_policy_is_the_pattern_of_the_contract() {
    Generator<String> names =
        Generators.weighted(
            new Generators.Weighted<>(3, Generators.strings("aZ0 -_.!?é'", 0, 53)),
            new Generators.Weighted<>(1, Generators.anyStrings(4)));
    Property.check(choices -> {
      String raw = choices.draw(names);
      String name = Trim.both(raw);
      boolean expected =
          name.length() >= 2
              && raw.length() <= 50
              && name.codePoints().allMatch(NamePolicyTest::isOfBaseName);

      assertThat(NamePolicy.BASE.check(raw) instanceof NameCheck.Accepted).isEqualTo(expected);
    });
  }

  private static boolean isOfBaseName(int point) {
    return BASE_NAME.matcher(Character.toString(point)).matches()
        || (point < 0x10000 && Trim.isSpace((char) point));
  }

  @ParameterizedTest
  @EnumSource(NamePolicy.class)
  void RT22_no_text_makes_the_check_fail(NamePolicy policy) {
    Property.check(choices -> {
      String raw = choices.draw(Generators.anyStrings(60));
      switch (policy.check(raw)) {
        case NameCheck.Accepted(DisplayName name) -> assertThat(name.value()).isNotEmpty();
        case NameCheck.Rejected(List<String> problems) ->
            assertThat(problems).isNotEmpty().doesNotHaveDuplicates();
      }
    });
  }

  @Test
  void RT22_name_holds_four_marks_in_a_row_and_no_fifth() {
    String four = "a\u0315\u0300\u0316\u0301b";

    assertThat(NamePolicy.UNICODE.check(four)).isInstanceOf(NameCheck.Accepted.class);
    assertThat(NamePolicy.UNICODE.check(four.replace("b", "\u0302b")))
        .isEqualTo(
            new NameCheck.Rejected(
                List.of(
                    "Name can only have marks on a letter or number, at most 4 different ones")));
  }
}
