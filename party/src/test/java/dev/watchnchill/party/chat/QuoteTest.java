package dev.watchnchill.party.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.generate.Generators;
import dev.watchnchill.party.generate.Property;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Rule CH6: quotes of messages. */
class QuoteTest {
  private static final Pattern SPOILER = Pattern.compile("\\|\\|(.+?)\\|\\|");

  @Test
  void CH6_short_text_is_quoted_whole() {
    String text = "||a|| b ".repeat(15);
    assertThat(text).hasSize(120);
    assertThat(Quote.of(text)).isEqualTo(text);
    assertThat(Quote.of("odd ||")).isEqualTo("odd ||");
  }

  @Test
  void CH6_cut_keeps_clusters_whole() {
    String family = "\uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67";
    assertThat(Quote.of("a".repeat(115) + family + "b")).isEqualTo("a".repeat(115));
    assertThat(Quote.of("a".repeat(119) + "\uD83D\uDE00")).isEqualTo("a".repeat(119));
  }

  @Test
  void CH6_cluster_that_is_longer_than_a_quote_is_cut_between_code_points() {
    String flood = "a" + "\u0301".repeat(999);
    assertThat(Quote.of(flood)).isEqualTo(flood.substring(0, 120));
    String high = "\uD83D\uDC68" + "\u200D\uD83D\uDC68".repeat(300);
    assertThat(Quote.of(high)).hasSizeBetween(118, 120);
    assertThat(Character.isHighSurrogate(Quote.of(high).charAt(Quote.of(high).length() - 1)))
        .isFalse();
  }

  @Test
  void CH6_spoiler_that_is_cut_is_closed() {
    assertThat(Quote.of("||" + "x".repeat(200) + "||")).isEqualTo("||" + "x".repeat(118) + "||");
  }

  @Test
  void CH6_spoilers_in_spoilers_and_marks_in_code_reveal_nothing() {
    for (String text :
        List.of(
            "||||secret" + "x".repeat(200) + "||",
            "`||` ||secret" + "x".repeat(200) + "||",
            "|||||secret" + "x".repeat(200) + "|||||",
            "||a `||` secret" + "x".repeat(200) + "||")) {
      assertThat(SPOILER.matcher(Quote.of(text)).replaceAll("")).doesNotContain("secret");
    }
  }

  @Test
  void CH6_whatever_the_text_its_quote_shows_nothing_that_it_hides() {
    Property.check(choices -> {
      var text = new StringBuilder();
      int parts = choices.draw(Generators.integers(1, 60));
      for (int i = 0; i < parts; i++) {
        text.append(
            choices.draw(Generators.oneOf("||", "|", "word ", "x", "\uD83D\uDE00", "e\u0301")));
      }
      String whole = text.toString();
      String quote = Quote.of(whole);
      assertThat(quote.length()).isLessThanOrEqualTo(122);
      if (whole.length() > 120) {
        // Everything that a reader of the quote sees is seen by a reader of the whole text.
        assertThat(seen(whole)).startsWith(seen(quote));
      }
    });
  }

  private static String seen(String text) {
    return SPOILER.matcher(text).replaceAll("").replace("|", "");
  }
}
