package dev.watchnchill.party.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.generate.Generators;
import dev.watchnchill.party.generate.Property;
import dev.watchnchill.party.name.GraphemeClusters;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rule CH9: what counts as one emoji. */
class EmojiTest {
  private static final int[] POINTS = {
    0x1F600, 0x2764, 0xFE0F, 0xFE0E, 0x200D, 0x1F3FD, 0x1F44D, 0x1F468, 0x1F469, 0x1F1E9, 0x1F1EA,
    0x1F3F4, 0xE0067, 0xE007F, 0x20E3, '1', '#', 'a', 0x0301, 0x0338, ' ', 0x1F525, 0xD83D, 0x2640
  };

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\uD83D\uDE00", // grinning face
        "\u2764\uFE0F", // red heart
        "\u00A9\uFE0F", // copyright
        "\uD83D\uDC4D\uD83C\uDFFD", // thumbs up, medium skin
        "\uD83C\uDDE9\uD83C\uDDEA", // flag of Germany
        "1\uFE0F\u20E3", // keycap
        "\uD83D\uDC69\u200D\u2764\uFE0F\u200D\uD83D\uDC8B\u200D\uD83D\uDC68", // kiss
        "\uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67\u200D\uD83D\uDC66", // family
        "\uD83C\uDFF4\u200D\u2620\uFE0F", // pirates
        "\uD83C\uDFF4" // black flag
      })
  void CH9_each_kind_of_emoji_is_taken_as_it_is(String emoji) {
    assertThat(Emoji.read(emoji)).isEqualTo(emoji);
  }

  @Test
  void CH9_flag_of_a_part_of_a_country_is_taken() {
    var flag = new StringBuilder().appendCodePoint(0x1F3F4);
    "gbsct".chars().forEach(letter -> flag.appendCodePoint(0xE0000 + letter));
    flag.appendCodePoint(0xE007F);

    assertThat(Emoji.read(flag.toString())).isEqualTo(flag.toString());
  }

  @Test
  void CH9_equal_pictures_are_equal_texts() {
    assertThat(Emoji.read("\u2764")).isEqualTo("\u2764\uFE0F");
    assertThat(Emoji.read("1\u20E3")).isEqualTo("1\uFE0F\u20E3");
    assertThat(Emoji.read("\uD83D\uDE00\uFE0F")).isEqualTo("\uD83D\uDE00");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "a",
        "1",
        "#",
        "<b>",
        "\uD83D",
        "\uDE00",
        "\u200D",
        "\uFE0F",
        "\uD83C\uDFFD",
        "\uD83D\uDE00\uD83D\uDE00",
        "\uD83D\uDE00 ",
        "\uD83D\uDE00\u0301",
        "\uD83D\uDE00\u200D",
        "\uD83D\uDE00\uD83C\uDFFD",
        "\uD83C\uDDE9",
        "\uD83C\uDDE9\uD83C\uDDEA\uD83C\uDDE9",
        "\u2764\uFE0E",
        "\u2764\uFE0F\uFE0F",
        "\u202E\uD83D\uDE00"
      })
  void CH9_anything_else_is_no_emoji(String text) {
    assertThat(Emoji.read(text)).isNull();
  }

  @Test
  void CH9_floods_are_no_emoji() {
    assertThat(Emoji.read("\uD83D\uDE00" + "\u0301".repeat(10_000))).isNull();
    assertThat(Emoji.read("\uD83D\uDE00\u200D".repeat(2_000) + "\uD83D\uDE00")).isNull();
    assertThat(Emoji.read("\uD83D\uDE00\u200D".repeat(5) + "\uD83D\uDE00")).isNull();
    assertThat(Emoji.read("\uD83C\uDFF4" + "\uDB40\uDC67".repeat(20) + "\uDB40\uDC7F")).isNull();
  }

  @Test
  void CH9_whatever_is_taken_is_one_bounded_cluster_in_its_normal_form() {
    Property.check(choices -> {
      var text = new StringBuilder();
      int points = choices.draw(Generators.integers(1, 12));
      for (int i = 0; i < points; i++) {
        text.appendCodePoint(POINTS[choices.draw(Generators.integers(0, POINTS.length - 1))]);
      }
      String emoji = Emoji.read(text.toString());
      if (emoji != null) {
        assertThat(GraphemeClusters.count(emoji)).isEqualTo(1);
        assertThat(Normalizer.isNormalized(emoji, Normalizer.Form.NFC)).isTrue();
        assertThat(emoji.codePointCount(0, emoji.length())).isLessThanOrEqualTo(10);
        assertThat(emoji.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(40);
        assertThat(Emoji.read(emoji)).isEqualTo(emoji);
      }
    });
  }
}
