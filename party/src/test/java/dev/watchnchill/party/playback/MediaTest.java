package dev.watchnchill.party.playback;

import static dev.watchnchill.party.generate.Generators.anyStrings;
import static dev.watchnchill.party.generate.Generators.booleans;
import static dev.watchnchill.party.generate.Generators.strings;
import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.generate.Property;
import dev.watchnchill.party.link.WebAddress;
import dev.watchnchill.party.provider.LinkProblem;
import dev.watchnchill.party.provider.ProviderVideo;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules FR5, MD1 to MD3 and MD6, beside the corpus of links that the server module reads. */
class MediaTest {
  private static final String ID = "dQw4w9WgXcQ";
  private static final List<String> KNOWN_HOSTS =
      List.of(
          "youtu.be",
          "www.youtube.com",
          "vimeo.com",
          "player.vimeo.com",
          "www.twitch.tv",
          "player.twitch.tv",
          "clips.twitch.tv",
          "www.dailymotion.com",
          "dai.ly",
          "www.dropbox.com",
          "drive.google.com",
          "tube.example");

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
  void RB1_no_path_or_query_of_a_known_site_makes_the_parser_throw() {
    Property.check(choices -> readsAnyPath(choices.draw(strings("/?#&=_;%vw09ax.-", 0, 24))));
  }

  private static void readsAnyPath(String text) {
    for (String host : KNOWN_HOSTS) {
      LinkReading reading = Media.read("https://" + host + "/" + text);
      if (reading instanceof LinkReading.Film(Media media)) {
        assertThat(media.startSeconds()).isNotNegative();
        assertThat(media.providerVideo()).isNotNull();
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "https://vimeo.com/76979871/8272103f6e#t=1m, VIMEO, 60",
    "https://www.twitch.tv/videos/2057790113?t=1h2m3s, TWITCH, 3723",
    "https://dai.ly/x84sh87?start=90, DAILYMOTION, 90",
    "https://tube.example/w/kkGMgK9ZtnKfYAgnEtQxbv?start=1m2s, PEERTUBE, 62"
  })
  void MD3_video_of_a_provider_starts_where_its_link_says(
      String link, VideoKind kind, double seconds) {
    Media media = Media.parse(link).orElseThrow();
    assertThat(media).isEqualTo(new Media(link, kind));
    assertThat(media.startSeconds()).isEqualTo(seconds);
  }

  @Test
  void MD1_parts_of_a_link_identify_the_video() {
    assertThat(videoOf("https://vimeo.com/76979871/8272103f6e"))
        .isEqualTo(new ProviderVideo.Vimeo("76979871", "8272103f6e"));
    assertThat(videoOf("https://www.twitch.tv/MonsterCat"))
        .isEqualTo(new ProviderVideo.Twitch(ProviderVideo.Twitch.Type.CHANNEL, "monstercat"));
    assertThat(Media.parse("https://films.example/a.mp4").orElseThrow().providerVideo()).isEmpty();
  }

  private static ProviderVideo videoOf(String link) {
    return Media.parse(link).flatMap(Media::providerVideo).orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({
    "films.example/a.mp4, NOT_A_LINK",
    "https://, NOT_A_LINK",
    "ftp://films.example/a.mp4, OTHER_SCHEME",
    "https://user@films.example/a.mp4, CREDENTIALS",
    "https://www.youtube.com/playlist?list=PL1, PLAYLIST_ONLY",
    "https://drive.google.com/file/d/1AbC/view, NEEDS_DIRECT_LINK"
  })
  void MD6_rejected_link_has_a_reason(String link, LinkProblem problem) {
    assertThat(Media.read(link)).isEqualTo(new LinkReading.Rejected(problem));
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
