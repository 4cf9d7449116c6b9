package dev.watchnchill.party.name;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class VisibleTextTest {
  private static Stream<Arguments> titles() {
    return Stream.of(
        Arguments.of("Big Buck Bunny", "Big Buck Bunny"),
        Arguments.of("  two \t\r\n lines\u2028here\u00a0 ", "two lines here"),
        Arguments.of("<b>&amp;</b>\u0000\u001b[31m", "<b>&amp;</b>[31m"),
        // Overrides, isolates and marks of direction; zero width characters; a soft hyphen.
        Arguments.of("a\u202eb\u2066c\u200ed\u200be\ufefff\u00adg", "abcdefg"),
        // Half a surrogate pair, private use, unassigned, tags.
        Arguments.of("a\ud800b\ue000c\u0378d\udb40\udc41e", "abcde"),
        // Letters that are drawn as nothing, and a blank that is a symbol.
        Arguments.of("a\u3164b\u115fc\u2800d", "abc d"),
        Arguments.of(
            "Amélie, 千と千尋, \u05e9\u05dc\u05d5\u05dd", "Amélie, 千と千尋, \u05e9\u05dc\u05d5\u05dd"),
        Arguments.of(
            "\ud83d\udc69\u200d\ud83d\ude80 \u2764\ufe0f",
            "\ud83d\udc69\u200d\ud83d\ude80 \u2764\ufe0f"),
        Arguments.of("a" + "\u0301".repeat(50) + "b", "a" + "\u0301".repeat(4) + "b"),
        Arguments.of(
            "a" + "\u0301\u200d\u0301\u200b".repeat(9), "a" + "\u0301\u200d\u0301".repeat(2)),
        Arguments.of("\u200d\u200d \u0301 \ufe0f", ""),
        Arguments.of("", ""));
  }

  @ParameterizedTest
  @MethodSource("titles")
  void MD14_title_keeps_what_is_visible(String text, String title) {
    assertThat(VisibleText.clean(text, 200)).isEqualTo(title);
  }

  @Test
  void MD14_title_is_cut_by_code_points_and_never_within_one_or_after_a_space() {
    assertThat(VisibleText.clean("abcdef", 3)).isEqualTo("abc");
    assertThat(VisibleText.clean("ab cd", 3)).isEqualTo("ab");
    assertThat(VisibleText.clean("ab cd", 4)).isEqualTo("ab c");
    assertThat(VisibleText.clean("\ud83d\ude80".repeat(9), 2)).isEqualTo("\ud83d\ude80".repeat(2));
  }

  @Test
  void MD14_result_is_a_title_of_a_room_and_cleaning_it_again_changes_nothing() {
    String all =
        java.util.stream.IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
    String title = VisibleText.clean(all, Integer.MAX_VALUE);
    assertThat(title.length()).isGreaterThan(100_000);
    assertThat(title.codePoints().allMatch(VisibleText::allows)).isTrue();
    assertThat(VisibleText.clean(title, Integer.MAX_VALUE)).isEqualTo(title);
  }
}
