package dev.watchnchill.party.playback;

import static dev.watchnchill.party.generate.Generators.anyStrings;
import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.generate.Property;
import dev.watchnchill.party.provider.LinkProblem;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The links of films that each viewer plays from its own disk (rules OC1 and OC2). */
class OwnCopyTest {
  private static final String HASHES = "a".repeat(64) + "." + "b".repeat(64) + "." + "0".repeat(64);
  private static final String LINK =
      "local:name=Big%20Film%20%281999%29.mkv&size=1234567890&duration=5400.25&sha256=" + HASHES;

  private static String link(String name, String size, String duration, String sha256) {
    return "local:name=" + name + "&size=" + size + "&duration=" + duration + "&sha256=" + sha256;
  }

  @Test
  void OC1_link_is_a_film_of_the_kind_local_and_names_no_site() {
    Media media = Media.parse(LINK).orElseThrow();
    assertThat(media).isEqualTo(new Media(LINK, VideoKind.LOCAL));
    assertThat(media.providerVideo()).isEmpty();
    assertThat(media.startSeconds()).isZero();
    assertThat(OwnCopy.parse(LINK))
        .contains(new OwnCopy("Big Film (1999).mkv", 1_234_567_890L, 5_400_250, HASHES));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "LOCAL:sha256=H&duration=5400.250&size=1234567890&name=Big+Film+(1999).mkv",
        "local:name=%20Big%20Film%0A(1999).mkv&size=01234567890&duration=5400.2501&sha256=H&x=1",
        "<local:name=Big%20Film%20%281999%29.mkv&size=1234567890&duration=5400.25&sha256=H>"
      })
  void OC2_same_description_in_another_form_is_the_same_link(String link) {
    String given = link.replace("H", HASHES.toUpperCase(Locale.ROOT));
    assertThat(Media.parse(given).orElseThrow().url()).isEqualTo(LINK);
  }

  @Test
  void OC2_name_has_the_characters_of_a_title_and_at_most_200() {
    String hostile = "%E2%80%AE%00" + "%F0%9F%8E%AC".repeat(300);
    OwnCopy copy = OwnCopy.parse(link(hostile, "1", "1", HASHES)).orElseThrow();
    assertThat(copy.name()).isEqualTo("🎬".repeat(200));
    assertThat(copy.link().length()).isLessThan(Media.URL_LENGTH_MAX);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "local:",
        "local:name",
        "local:name=a&size=1&duration=1",
        "local:name=&size=1&duration=1&sha256=H",
        "local:name=%20%00&size=1&duration=1&sha256=H",
        "local:name=a&size=0&duration=1&sha256=H",
        "local:name=a&size=-1&duration=1&sha256=H",
        "local:name=a&size=1e3&duration=1&sha256=H",
        "local:name=a&size=9007199254740992&duration=1&sha256=H",
        "local:name=a&size=99999999999999999999&duration=1&sha256=H",
        "local:name=a&size=1&duration=0&sha256=H",
        "local:name=a&size=1&duration=0.0004&sha256=H",
        "local:name=a&size=1&duration=NaN&sha256=H",
        "local:name=a&size=1&duration=1e5&sha256=H",
        "local:name=a&size=1&duration=604801&sha256=H",
        "local:name=a&size=1&duration=1&sha256=abc",
        "local:name=a&size=1&duration=1&sha256=H.H",
        "local:name=a&size=1&duration=1&sha256=H0"
      })
  void OC2_other_description_is_no_film(String link) {
    assertThat(Media.read(link.replace("H", HASHES)))
        .isEqualTo(new LinkReading.Rejected(LinkProblem.NOT_A_LINK));
  }

  @Test
  void OC2_every_text_is_read_and_a_normal_form_stays() {
    Property.check(choices -> {
      String name = choices.draw(anyStrings(255));
      Media.parse(link(name, "77", "1.5", HASHES))
          .ifPresent(media -> assertThat(Media.parse(media.url())).contains(media));
    });
  }
}
