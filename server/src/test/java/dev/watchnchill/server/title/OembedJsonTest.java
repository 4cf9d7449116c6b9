package dev.watchnchill.server.title;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.server.runtime.port.FilmDescription;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

final class OembedJsonTest {
  private static Optional<FilmDescription> read(OembedProvider provider, String json) {
    return OembedJson.read(json.getBytes(StandardCharsets.UTF_8), provider);
  }

  private static FilmDescription youtube(String json) {
    return read(OembedProvider.YOUTUBE, json).orElseThrow();
  }

  @Test
  void MD14_answers_of_the_providers_are_read() {
    assertThat(youtube(OembedReplies.youtube("aqz-KE-bpKQ", "Big Buck Bunny").toString()))
        .isEqualTo(
            new FilmDescription(
                "Big Buck Bunny", "https://i.ytimg.com/vi/aqz-KE-bpKQ/hqdefault.jpg", 0));
    assertThat(read(OembedProvider.VIMEO, OembedReplies.vimeo("76979871", "A film", 62).toString()))
        .contains(
            new FilmDescription(
                "A film", "https://i.vimeocdn.com/video/452001751-8216e0571c251a09-d_295x166", 62));
    assertThat(
            read(
                OembedProvider.DAILYMOTION,
                OembedReplies.dailymotion("Uffie - Difficult").toString()))
        .contains(
            new FilmDescription(
                "Uffie - Difficult", "https://s2.dmcdn.net/v/63aD1au2tjDf9rTG/x240", 0));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://i.ytimg.com.example.org/a.jpg",
        "https://example.org/i.ytimg.com/a.jpg",
        "https://i.ytimg.com@example.org/a.jpg",
        "https://user@i.ytimg.com/a.jpg",
        "https://i.ytimg.com:8443/a.jpg",
        "https://127.0.0.1/a.jpg",
        "https://i.vimeocdn.com/a.jpg",
        "http://i.ytimg.com/a.jpg",
        "//i.ytimg.com/a.jpg",
        "/a.jpg",
        "javascript:alert(1)//i.ytimg.com",
        "data:image/png;base64,AAAA",
        ""
      })
  void MD14_poster_is_a_picture_at_the_provider_over_tls_or_none(String address) {
    ObjectNode answer = OembedReplies.youtube("aqz-KE-bpKQ", "A film");
    answer.put("thumbnail_url", address);
    assertThat(youtube(answer.toString())).isEqualTo(new FilmDescription("A film", null, 0));
  }

  @Test
  void MD14_poster_has_its_normal_form_and_a_bound() {
    ObjectNode answer = OembedReplies.youtube("aqz-KE-bpKQ", "A film");
    answer.put("thumbnail_url", "HTTPS://I.YTIMG.COM:443/a\"><script>.jpg");
    assertThat(youtube(answer.toString()).posterUrl())
        .isEqualTo("https://i.ytimg.com/a%22%3E%3Cscript%3E.jpg");
    answer.put("thumbnail_url", "https://i.ytimg.com/" + "a".repeat(480));
    assertThat(youtube(answer.toString()).posterUrl()).hasSize(500);
    answer.put("thumbnail_url", "https://i.ytimg.com/" + "a".repeat(481));
    assertThat(youtube(answer.toString()).posterUrl()).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "62;62",
        "62.5;62.5",
        "604800;604800",
        "604801;0",
        "0;0",
        "-1;0",
        "1e999999;0",
        "9999999999999999999999999999;0",
        "\"62\";0",
        "null;0",
        "[62];0",
        "{\"seconds\":62};0"
      })
  void MD14_duration_is_a_number_of_seconds_up_to_a_week(String json, double seconds) {
    assertThat(
            read(OembedProvider.VIMEO, "{\"duration\":" + json + "}")
                .orElseThrow()
                .durationSeconds())
        .isEqualTo(seconds);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "none",
      value = {
        "\"<b>Film</b> &amp; more\"|<b>Film</b> &amp; more",
        "\"a\\u202eb\\u2066c\\u0000d\\n\\te\"|abcd e",
        "\"half \\ud83d of a pair\"|half of a pair",
        "\" \\u200b\\u202e\\u3164 \"|none",
        "\"\"|none",
        "42|none",
        "[\"Film\"]|none",
        "{\"text\":\"Film\"}|none",
        "null|none"
      })
  void MD14_title_is_visible_text_or_none(String json, @Nullable String title) {
    assertThat(youtube("{\"title\":" + json + "}")).isEqualTo(new FilmDescription(title, null, 0));
  }

  @Test
  void MD14_title_is_cut_at_200_code_points() {
    ObjectNode answer = OembedReplies.youtube("aqz-KE-bpKQ", "x".repeat(60_000));
    assertThat(youtube(answer.toString()).title()).isEqualTo("x".repeat(200));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "null",
        "[]",
        "\"title\"",
        "{",
        "{\"title\":\"a\"} trailing",
        "{\"title\":\"a\"}{}",
        "<html></html>",
        "{title:'a'}"
      })
  void MD14_anything_but_one_json_object_is_no_description(String body) {
    assertThat(read(OembedProvider.YOUTUBE, body)).isEmpty();
  }

  @Test
  void RB1_deep_json_and_long_numbers_are_no_description() {
    assertThat(read(OembedProvider.YOUTUBE, "{\"a\":" + "[".repeat(30_000))).isEmpty();
    assertThat(read(OembedProvider.YOUTUBE, "{\"a\":".repeat(9) + "1" + "}".repeat(9))).isEmpty();
    assertThat(read(OembedProvider.YOUTUBE, "{\"duration\":" + "9".repeat(60_000) + "}")).isEmpty();
  }

  @Test
  void RB1_no_bytes_at_all_make_the_reader_throw() {
    byte[] answer =
        OembedReplies.youtube("aqz-KE-bpKQ", "A film").toString().getBytes(StandardCharsets.UTF_8);
    var random = new Random(20_261_129);
    for (int i = 0; i < 20_000; i++) {
      byte[] damaged = answer.clone();
      for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      }
      assertThat(OembedJson.read(damaged, OembedProvider.YOUTUBE)).isNotNull();
    }
  }
}
