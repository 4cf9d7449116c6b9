package dev.watchnchill.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Rule numbers in the names of tests. */
class RuleNumbersTest {
  private static final Path TESTS = Path.of("src", "test", "java");
  private static final Path README = Path.of("README.md");

  /** Rules of the whole product, of which this module implements some. */
  private static final Path CONTRACT = Path.of("..", "docs", "CONTRACT.md");

  private static final Pattern CITED = Pattern.compile("\\bvoid ([A-Z]+[0-9]+)_");
  private static final Pattern PREFIX_ALONE = Pattern.compile("\\bvoid ([A-Z]+)_");
  private static final Pattern DEFINED = Pattern.compile("^\\| ([A-Z]+[0-9]+) \\|");

  private static Set<String> matches(Pattern pattern, Stream<String> lines) {
    return lines
        .flatMap(line -> pattern.matcher(line).results())
        .map(match -> match.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static List<String> testLines() throws IOException {
    try (Stream<Path> files = Files.walk(TESTS)) {
      return files
          .filter(file -> file.toString().endsWith("Test.java"))
          .flatMap(file -> lines(file).stream())
          .toList();
    }
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void every_cited_rule_is_defined() throws IOException {
    Set<String> defined = matches(DEFINED, lines(README).stream());
    defined.addAll(matches(DEFINED, lines(CONTRACT).stream()));
    assertThat(defined).containsAll(matches(CITED, testLines().stream()));
  }

  @Test
  void every_rule_of_the_readme_has_a_test() throws IOException {
    assertThat(matches(CITED, testLines().stream()))
        .containsAll(matches(DEFINED, lines(README).stream()));
  }

  @Test
  void every_rule_prefix_has_a_number() throws IOException {
    assertThat(matches(PREFIX_ALONE, testLines().stream())).isEmpty();
  }
}
