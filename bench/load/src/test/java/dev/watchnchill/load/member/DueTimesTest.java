package dev.watchnchill.load.member;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.load.net.JsonScanner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DueTimesTest {
  @ParameterizedTest
  @ValueSource(longs = {0, 1, 999_999, 1_000_000, 61_234_567, 2_399_999_999L, 86_400_000_001L})
  void due_time_is_read_as_it_was_written(long due) {
    assertThat(text("{\"message\":{\"id\":\"x\",\"message\":\"" + DueTimes.text(due) + "\"}}"))
        .isEqualTo(due);
    assertThat(position(",{\"currentTime\":" + DueTimes.position(due) + ",\"timestamp\":1}]"))
        .isEqualTo(due);
    assertThat(report(",{\"timestamp\":" + DueTimes.timestamp(due) + "}]")).isEqualTo(due);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 61_234_567, 2_399_999_999L})
  void due_time_is_read_from_other_notations_of_a_number(long due) {
    double position = Double.parseDouble(DueTimes.position(due));
    double timestamp = Double.parseDouble(DueTimes.timestamp(due));
    assertThat(position("{\"currentTime\":" + position + "}")).isEqualTo(due);
    assertThat(report("{\"timestamp\":" + timestamp + "}")).isEqualTo(due);
  }

  @Test
  void other_events_have_no_due_time() {
    assertThat(text("{\"message\":{\"message\":\"hello\"}}")).isEqualTo(DueTimes.NONE);
    assertThat(position("{\"videoUrl\":\"x\"}")).isEqualTo(DueTimes.NONE);
    assertThat(position("{\"currentTime\":null}")).isEqualTo(DueTimes.NONE);
  }

  private static long text(String json) {
    byte[] in = JsonScanner.of(json);
    return DueTimes.ofText(in, 0, in.length);
  }

  private static long position(String json) {
    byte[] in = JsonScanner.of(json);
    return DueTimes.ofPosition(in, 0, in.length);
  }

  private static long report(String json) {
    byte[] in = JsonScanner.of(json);
    return DueTimes.ofTimestamp(in, 0, in.length);
  }
}
