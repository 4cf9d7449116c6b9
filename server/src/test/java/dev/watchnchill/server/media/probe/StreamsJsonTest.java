package dev.watchnchill.server.media.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.server.json.BoundedJson;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Hostile texts and numbers in the output of ffprobe (rule LB10). */
final class StreamsJsonTest {
  private static @Nullable FilmStreams read(String json) {
    JsonNode answer = BoundedJson.object(json.getBytes(StandardCharsets.UTF_8));
    return answer == null ? null : StreamsJson.read(answer);
  }

  private static FilmStreams film(String format, String streams) {
    return Objects.requireNonNull(
        read("{\"format\":{\"format_name\":\"avi\"" + format + "},\"streams\":" + streams + "}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{",
        "{}",
        "{\"format\":{}}",
        "{\"format\":{\"format_name\":\"\"}}",
        "{\"format\":{\"format_name\":\"a\\nb\"}}",
        "{\"format\":{\"format_name\":\"avi\"}} {}",
        "[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]"
      })
  void LB10_what_describes_no_film_is_none(String json) {
    assertThat(read(json)).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "12.5, 12.5",
    "0, 0",
    "-1, 0",
    "NaN, 0",
    "Infinity, 0",
    "1e308, 0",
    "604801, 0",
    "0x1p3, 8",
    "N/A, 0"
  })
  void LB10_duration_is_sane(String text, double duration) {
    assertThat(film(",\"duration\":\"" + text + "\"", "[]").duration()).isEqualTo(duration);
  }

  @Test
  void LB10_numbers_of_a_picture_are_sane() {
    FilmStreams.Video video =
        film(
                "",
                "[{\"index\":0,\"codec_type\":\"video\",\"codec_name\":\"h264\\u0000\",\"width\":-5,"
                    + "\"height\":99999999999999999999,\"avg_frame_rate\":\"1/0\","
                    + "\"pix_fmt\":[\"yuv420p\"],\"profile\":{}}]")
            .video();
    assertThat(video).isEqualTo(new FilmStreams.Video(0, "", "", "", 0, 0, 0, 1));
  }

  @Test
  void LB10_streams_without_a_sane_index_are_left_out() {
    FilmStreams found =
        film(
            "",
            "[{\"codec_type\":\"audio\"},{\"index\":-1,\"codec_type\":\"audio\"},"
                + "{\"index\":1e3,\"codec_type\":\"audio\"},{\"index\":\"2\",\"codec_type\":\"audio\"},"
                + "{\"index\":99999,\"codec_type\":\"audio\"},7,null,"
                + "{\"index\":3,\"codec_type\":\"audio\",\"codec_name\":\"AAC\",\"channels\":1e9}]");
    assertThat(found.audio()).containsExactly(new FilmStreams.Audio(3, "aac", 0, "und", "", false));
  }

  @Test
  void LB10_tracks_and_titles_are_bounded() {
    String track =
        "{\"index\":1,\"codec_type\":\"audio\",\"tags\":{\"language\":\"../..\",\"title\":\""
            + "\\u202e\\n<b>"
            + "x".repeat(500)
            + "\"}}";
    FilmStreams found = film("", "[" + (track + ",").repeat(2_000) + track + "]");
    assertThat(found.audio()).hasSize(32);
    FilmStreams.Audio first = found.audio().getFirst();
    assertThat(first.language()).isEqualTo("und");
    assertThat(first.title()).startsWith("<b>xx").hasSize(100);
  }

  @ParameterizedTest
  @CsvSource({
    "ger, de",
    "deu, de",
    "eng, en",
    "EN, en",
    "pt-br, pt-BR",
    "zh_Hant, zh-Hant",
    "chi, zh",
    "haw, haw",
    "und, und",
    "qqq, und",
    "english, und",
    "'', und",
    "e, und",
    "en-, und",
    "en-x, und"
  })
  void LB10_languages_are_tags(String code, String tag) {
    assertThat(LanguageTags.of(code)).isEqualTo(tag);
  }
}
