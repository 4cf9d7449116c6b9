package dev.watchnchill.party.playback;

import static dev.watchnchill.party.generate.Generators.anyStrings;
import static dev.watchnchill.party.generate.Generators.booleans;
import static dev.watchnchill.party.generate.Generators.strings;
import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.generate.Property;
import dev.watchnchill.party.link.WebAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules FR5, MD1 and MD2, beside the corpus of links that the server module reads. */
class MediaTest {
  private static final String ID = "dQw4w9WgXcQ";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTPS://Films.example/a%20film.MP4?sig=a%2Fb&x=[1]#t=10",
        "https://films.example/a/../b.mp4",
        "https://my_bucket.s3.amazonaws.com/a.mp4",
        "http://nas:3311/film.mp4",
        "https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=90"
      })
  void MD2_link_that_everybody_reads_alike_is_kept_as_it_was_given(String link) {
    assertThat(Media.parse(link).orElseThrow().url()).isEqualTo(link);
  }

  @ParameterizedTest
  @CsvSource({
    "https://films.example/A Film.mp4, https://films.example/A%20Film.mp4",
    "https://films.example\\a.mp4, https://films.example/a.mp4",
    "https:films.example/a.mp4, https://films.example/a.mp4",
    "https://films.example:443/a.mp4, https://films.example/a.mp4",
    "https://bücher.example/a.mp4, https://xn--bcher-kva.example/a.mp4",
    "https://ex%61mple.com/a.mp4, https://example.com/a.mp4",
    "http://0x7f.1/a.mp4, http://127.0.0.1/a.mp4",
    "https://@films.example/a.mp4, https://films.example/a.mp4",
    "<https://films.example/a.mp4>, https://films.example/a.mp4"
  })
  void MD2_link_that_readers_could_take_differently_has_its_normal_form(
      String link, String normal) {
    assertThat(Media.parse(link).orElseThrow().url()).isEqualTo(normal);
  }

  @Test
  void FR5_space_around_a_link_does_not_belong_to_it() {
    assertThat(Media.parse(" https://films.example/a.mp4\n").orElseThrow().url())
        .isEqualTo("https://films.example/a.mp4");
  }

  @Test
  void MD2_link_of_4096_characters_is_accepted_and_a_longer_one_rejected() {
    assertThat(Media.URL_LENGTH_MAX).isEqualTo(4_096);
    String start = "https://films.example/";
    String fits = start + "a".repeat(Media.URL_LENGTH_MAX - start.length() - 4) + ".mp4";

    assertThat(Media.parse(fits)).isPresent();
    assertThat(Media.parse(fits.replace(".mp4", "a.mp4"))).isEmpty();
    assertThat(Media.parse("https://films.example/" + "%".repeat(1_000_000))).isEmpty();
  }

  @Test
  void RB1_no_text_at_all_makes_the_reader_throw() {
    Property.check(choices -> readsAnyText(choices.draw(anyStrings(255))));
  }

  private static void readsAnyText(String text) {
    assertThat(Media.parse(text)).isNotNull();
    assertThat(Media.parse("https://" + text + "/a.mp4")).isNotNull();
    assertThat(Media.parse("https://films.example/" + text)).isNotNull();
  }

  @Test
  void RB1_no_combination_of_link_parts_makes_the_parser_throw() {
    Property.check(choices -> readsAnyMixture(choices.draw(strings(":/?#[]@%\\.a2 |", 0, 24))));
  }

  private static void readsAnyMixture(String text) {
    assertThat(Media.parse("http:" + text)).isNotNull();
    assertThat(Media.parse("https://e" + text + ".mp4")).isNotNull();
  }

  @Test
  void MD1_only_the_exact_hosts_are_youtube() {
    Property.check(choices ->
        onlyExactHostsAreYoutube(
            choices.draw(strings("a-.@:1%/\\?#", 1, 4)), choices.draw(booleans())));
  }

  private static void onlyExactHostsAreYoutube(String extra, boolean before) {
    String host = before ? extra + "youtube.com" : "www.youtube.com" + extra;
    String link = "https://" + host + "/watch?v=" + ID;

    boolean youtube =
        Media.parse(link).filter(media -> media.kind() == VideoKind.YOUTUBE).isPresent();

    // The letters, digits and dots of the extra text belong to the host, unless a slash, a user
    // name or a port takes them.
    boolean otherHost = extra.matches("[a.1-]+");
    assertThat(youtube && otherHost).isFalse();
    if (youtube) {
      assertThat(hostOf(link)).isIn("youtube.com", "www.youtube.com");
    }
  }

  private static String hostOf(String link) {
    return WebAddress.parse(link).map(WebAddress::host).orElse("");
  }
}
