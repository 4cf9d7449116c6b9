package dev.watchnchill.party;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.generate.Generators;
import dev.watchnchill.party.generate.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules FR1, FR9 and JN7: text is trimmed as the browser that sent it trims. */
class TrimTest {
  /** Every character that ECMA-262 calls white space or a line terminator. */
  private static final String SPACES =
      "\t\n\u000b\f\r \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009"
          + "\u200a\u2028\u2029\u202f\u205f\u3000\ufeff";

  @Test
  void FR1_exactly_the_spaces_of_ecmascript_are_spaces() {
    var found = new StringBuilder();
    for (int c = 0; c <= Character.MAX_VALUE; c++) {
      if (Trim.isSpace((char) c)) {
        found.append((char) c);
      }
    }
    assertThat(found.toString()).isEqualTo(SPACES);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\u00a0", "\ufeff\u3000\n", "\u2028\u2029"})
  void FR9_nothing_but_space_is_blank(String text) {
    assertThat(Trim.both(text)).isEmpty();
  }

  @Test
  void FR9_space_inside_stays() {
    assertThat(Trim.both("\u00a0a \u00a0 b\ufeff")).isEqualTo("a \u00a0 b");
  }

  @ParameterizedTest
  @ValueSource(chars = {'\u001c', '\u001f', '\u0085', '\u180e', '\u200b', '\u0000'})
  void FR9_characters_that_a_browser_keeps_are_kept(char kept) {
    assertThat(Trim.both(" " + kept + " ")).isEqualTo(String.valueOf(kept));
  }

  @Test
  void FR1_trimming_removes_spaces_at_both_ends_and_nothing_else() {
    Property.check(choices ->
        trimsOnlyTheEnds(choices.draw(Generators.strings("ab \u00a0\ufeff\t\u001c", 0, 60))));
  }

  private static void trimsOnlyTheEnds(String text) {
    String trimmed = Trim.both(text);

    assertThat(text).contains(trimmed);
    assertThat(Trim.both(trimmed)).isEqualTo(trimmed);
    assertThat(text.replaceAll("[" + SPACES + "]", ""))
        .isEqualTo(trimmed.replaceAll("[" + SPACES + "]", ""));
    if (!trimmed.isEmpty()) {
      assertThat(SPACES).doesNotContain(trimmed.substring(0, 1));
      assertThat(SPACES).doesNotContain(trimmed.substring(trimmed.length() - 1));
    }
  }
}
