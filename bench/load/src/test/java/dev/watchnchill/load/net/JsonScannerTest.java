package dev.watchnchill.load.net;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonScannerTest {
  @Test
  void a_search_ends_after_its_match_and_within_its_bounds() {
    byte[] in = JsonScanner.of("aabaabc");
    assertThat(JsonScanner.after(JsonScanner.of("aabc"), in, 0, in.length)).isEqualTo(7);
    assertThat(JsonScanner.after(JsonScanner.of("aabc"), in, 0, 6)).isEqualTo(-1);
    assertThat(JsonScanner.after(JsonScanner.of("aab"), in, 1, in.length)).isEqualTo(6);
  }

  @Test
  void a_whole_number_ends_with_its_digits() {
    byte[] in = JsonScanner.of("x123456789012 y");
    assertThat(JsonScanner.number(in, 1, in.length)).isEqualTo(123_456_789_012L);
    assertThat(JsonScanner.number(in, 0, in.length)).isEqualTo(-1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "12",
        "12.345678",
        "0.000001",
        "1.2345678E2",
        "1.764E12",
        "1763859134123.456",
        "12.345678000000001",
        "-3.5",
        "99999.999999"
      })
  void a_number_is_read_as_JSON_writes_it(String number) {
    byte[] in = JsonScanner.of(":" + number + ",\"more\":1}");
    assertThat(JsonScanner.decimal(in, 1, in.length)).isEqualTo(Double.parseDouble(number));
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "\"1\"", "}", "1.2.3"})
  void text_that_is_no_number_is_nan(String text) {
    byte[] in = JsonScanner.of(text);
    assertThat(JsonScanner.decimal(in, 0, in.length)).isNaN();
  }
}
