package dev.watchnchill.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reads the headers about files. */
final class AcceptEncodingTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "br|true",
        "gzip, br|true",
        "gzip,BR;q=1.0|true",
        "br;q=0.001|true",
        "br ; q = 0.5|true",
        "br;level=3|true",
        "gzip, br;q=0|false",
        "br;q=0.000|false",
        "br ; Q=0.|false",
        "brx|false",
        "x br|false",
        "''|false",
        "*|false",
        ",,;,br|true"
      })
  void TR11_coding_is_accepted_when_it_is_named_with_a_weight(String header, boolean accepted) {
    assertThat(AcceptEncoding.accepts(header, "br")).isEqualTo(accepted);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "\"abc\"|true",
        "W/\"abc\"|true",
        "\"x\", \"abc\"|true",
        "\"x\",W/\"abc\" , \"y\"|true",
        "*|true",
        " * |true",
        "\"abcd\"|false",
        "abc|false",
        "\"abc|false",
        "\"x\" \"y|false",
        "w/\"abc\"|false",
        "W/|false",
        "\"a,b\", \"abc\"|true",
        "''|false"
      })
  void TR11_tag_is_found_in_a_list_by_weak_comparison(String list, boolean found) {
    assertThat(EntityTags.match(list, "\"abc\"")).isEqualTo(found);
  }
}
