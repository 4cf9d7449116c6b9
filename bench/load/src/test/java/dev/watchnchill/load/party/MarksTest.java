package dev.watchnchill.load.party;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.load.net.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MarksTest {
  @ParameterizedTest
  @ValueSource(longs = {0, 1, 999_999, 1_000_000, 61_234_567, 2_399_999_999L, 86_400_000_001L})
  void a_mark_comes_back_as_it_went(long due) {
    assertThat(text("{\"message\":{\"id\":\"x\",\"message\":\"" + Marks.text(due) + "\"}}"))
        .isEqualTo(due);
    assertThat(position(",{\"currentTime\":" + Marks.position(due) + ",\"timestamp\":1}]"))
        .isEqualTo(due);
    assertThat(report(",{\"timestamp\":" + Marks.timestamp(due) + "}]")).isEqualTo(due);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 61_234_567, 2_399_999_999L})
  void a_server_may_write_a_number_in_its_own_way(long due) {
    double position = Double.parseDouble(Marks.position(due));
    double timestamp = Double.parseDouble(Marks.timestamp(due));
    assertThat(position("{\"currentTime\":" + position + "}")).isEqualTo(due);
    assertThat(report("{\"timestamp\":" + timestamp + "}")).isEqualTo(due);
  }

  @Test
  void what_others_say_has_no_mark() {
    assertThat(text("{\"message\":{\"message\":\"hello\"}}")).isEqualTo(Marks.NONE);
    assertThat(position("{\"videoUrl\":\"x\"}")).isEqualTo(Marks.NONE);
    assertThat(position("{\"currentTime\":null}")).isEqualTo(Marks.NONE);
  }

  private static long text(String json) {
    byte[] in = Bytes.of(json);
    return Marks.ofText(in, 0, in.length);
  }

  private static long position(String json) {
    byte[] in = Bytes.of(json);
    return Marks.ofPosition(in, 0, in.length);
  }

  private static long report(String json) {
    byte[] in = Bytes.of(json);
    return Marks.ofTimestamp(in, 0, in.length);
  }
}
