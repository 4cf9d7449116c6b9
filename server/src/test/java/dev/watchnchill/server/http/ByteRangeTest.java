package dev.watchnchill.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ByteRangeTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "|whole",
        "''|whole",
        "bytes=0-|0-999",
        "bytes=0-0|0-0",
        "bytes=500-|500-999",
        "bytes=500-5000|500-999",
        "bytes=999-|999-999",
        "bytes=-1|999-999",
        "bytes=-5000|0-999",
        "bytes=1000-|none",
        "bytes=1000-2000|none",
        "bytes=-0|none",
        "bytes=5-3|whole",
        "bytes=-|whole",
        "bytes=|whole",
        "bytes=a-b|whole",
        "bytes=0-1,5-6|whole",
        "items=0-5|whole",
        "bytes=999999999999999999-|none",
        "bytes=9999999999999999999999-|whole",
        "bytes=0-999999999999999999|0-999",
        "bytes=-999999999999999999|0-999",
        "bytes=--5|whole",
        "' bytes=1-2 '|1-2"
      })
  void TR7_ranges_are_read_as_RFC_9110_says(String header, String outcome) {
    String read =
        switch (ByteRange.of(header, 1_000)) {
          case ByteRange.Outcome.Whole _ -> "whole";
          case ByteRange.Outcome.Unsatisfiable _ -> "none";
          case ByteRange.Outcome.Part(ByteRange range) -> range.start() + "-" + range.end();
        };
    assertThat(read).isEqualTo(outcome);
  }
}
