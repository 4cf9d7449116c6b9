package dev.watchnchill.party.playback;

import static dev.watchnchill.party.generate.Generators.anyStrings;
import static dev.watchnchill.party.generate.Generators.booleans;
import static dev.watchnchill.party.generate.Generators.strings;
import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.generate.Property;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** Rules FR5 and MD1; the links stand in {@code links.csv}. */
class MediaTest {
  private static final String ID = "dQw4w9WgXcQ";

  @ParameterizedTest(name = "{0} -> {1}")
  @CsvFileSource(resources = "/links.csv", delimiter = '|')
  void MD1_link_is_of_its_kind_or_refused(String link, String kind) {
    String found = Media.parse(unescaped(link)).map(media -> media.kind().name()).orElse("REFUSED");

    assertThat(found).isEqualTo(kind);
  }

  @Test
  void FR5_link_is_kept_as_it_was_given() {
    String link = "HTTPS://Films.example/A Film.MP4?sig=a%2Fb&x=[1]#t=10";

    assertThat(Media.parse(link)).contains(new Media(link, VideoKind.VIDEO));
  }

  @Test
  void FR5_space_around_a_link_does_not_belong_to_it() {
    assertThat(Media.parse(" https://films.example/a.mp4\n").orElseThrow().url())
        .isEqualTo("https://films.example/a.mp4");
  }

  @Test
  void FR5_over_long_link_is_refused() {
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
  void RB1_no_mixture_of_what_means_something_in_a_link_makes_it_throw() {
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
    boolean sameHost = !before && "/?#:".indexOf(extra.charAt(0)) >= 0;

    boolean youtube =
        Media.parse("https://" + host + "/watch?v=" + ID)
            .filter(media -> media.kind() == VideoKind.YOUTUBE)
            .isPresent();

    assertThat(youtube && !sameHost).isFalse();
  }

  /** CSV cannot show every character: {@code {u0000}} stands for it. */
  private static String unescaped(String link) {
    return Pattern.compile("\\{u([0-9A-F]{4})}")
        .matcher(link)
        .replaceAll(match ->
            Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(match.group(1), 16))));
  }
}
