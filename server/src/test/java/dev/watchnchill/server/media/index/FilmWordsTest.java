package dev.watchnchill.server.media.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FilmWordsTest {
  @ParameterizedTest
  @CsvSource({
    "Blade.Runner_1982 (1080p).mkv, ' blade runner 1982 1080p mkv'",
    "'Amélie  de Montmartre', ' amelie de montmartre'",
    "Schindler's List, ' schindlers list'",
    "Schindler’s List, ' schindlers list'",
    "Straße, ' strasse'",
    "Łódź Øre Þór, ' lodz ore thor'",
    "ＦＵＬＬ　ｗｉｄｔｈ, ' full width'",
    "'--- ... ---', ''"
  })
  void LB4_case_accents_and_separators_are_equal(String name, String words) {
    assertThat(FilmWords.of(name)).isEqualTo(words);
  }

  @Test
  void LB4_words_of_other_scripts_are_kept() {
    assertThat(FilmWords.of("千と千尋の神隠し.mkv")).isEqualTo(" 千と千尋の神隠し mkv");
    assertThat(FilmWords.of("Сталкер 1979")).isEqualTo(" сталкер 1979");
  }

  @Test
  void LB4_query_has_a_bounded_number_of_different_words() {
    assertThat(FilmWords.ofQuery("a b a c.d e f g h i j k l m")).hasSize(10).startsWith("a", "b");
    assertThat(FilmWords.ofQuery(" ...  ")).isEmpty();
  }

  @Test
  void LB2_names_are_sorted_with_their_numbers_as_numbers() {
    assertThat(
            Stream.of("Part 10", "part 9.mp4", "Part 2", "Älpha", "beta")
                .sorted(java.util.Comparator.comparing(FilmWords::sortKey))
                .toList())
        .isEqualTo(List.of("Älpha", "beta", "Part 2", "part 9.mp4", "Part 10"));
  }
}
