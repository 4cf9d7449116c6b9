package dev.watchnchill.server.runtime.subtitle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.watchnchill.party.subtitle.SubtitleTrack;
import java.util.Arrays;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** Tests of the stored form of subtitle texts (rules SB2, SB5). */
final class SubtitleTextTest {
  private static String read(byte[] stored) {
    SubtitleText text = SubtitleText.read(stored);
    var whole = new StringBuilder();
    for (int i = 0; i < text.size().parts(); i++) {
      Object json = Objects.requireNonNull(text.part(i));
      whole.append(JsonMapper.shared().readTree(json.toString()).stringValue());
    }
    return whole.toString();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x",
        "1\r\n00:00:01,000 --> \"\\\u0000",
        "\u5b57\u5e55",
        "\ud83c\udf7f\ud83c\udf7f"
      })
  void SB5_text_is_read_as_it_was(String text) {
    for (int partLength : new int[] {2, 3, 16_000}) {
      assertThat(read(SubtitleText.of(text, partLength).stored())).isEqualTo(text);
    }
  }

  @Test
  void SB2_size_is_that_of_the_parts_in_utf8() {
    assertThat(SubtitleText.of("\u00e9x\ud83c\udf7f", 2).size())
        .isEqualTo(new SubtitleTrack.Text(2, 7));
  }

  @Test
  void SB2_half_of_a_character_becomes_a_question_mark() {
    assertThat(read(SubtitleText.of("a\ud83c", 16_000).stored())).isEqualTo("a?");
  }

  @Test
  void SB5_text_takes_less_room_than_it_has_bytes() {
    String text = "1\n00:00:01,000 --> 00:00:02,000\nHello there.\n\n".repeat(300);
    assertThat(SubtitleText.of(text, 16_000).stored().length).isLessThan(text.length() / 3);
  }

  @Test
  void SB5_damaged_texts_are_errors_and_never_larger_than_a_part() {
    byte[] stored = SubtitleText.of("Hello there. ".repeat(200), 1_000).stored();
    var random = new Random(1);
    for (int i = 0; i < 2_000; i++) {
      byte[] damaged = Arrays.copyOf(stored, 1 + random.nextInt(stored.length));
      damaged[random.nextInt(damaged.length)] ^= (byte) (1 + random.nextInt(255));
      try {
        assertThat(read(damaged)).hasSizeLessThan(100 * (1 << 16));
      } catch (IllegalArgumentException e) {
        assertThat(e).hasMessageStartingWith("a stored text");
      }
    }
    assertThatIllegalArgumentException().isThrownBy(() -> SubtitleText.read(new byte[] {2}));
  }
}
