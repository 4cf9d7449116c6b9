package dev.watchnchill.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every test that docs/THREATS.md names is there. */
final class ThreatsPageTest {
  private static final Path ROOT = Path.of("..");
  private static final Pattern NAMED = Pattern.compile("`(\\w+Test)\\.(\\w+)`");

  @Test
  void tests_that_the_page_names_are_there() throws IOException {
    String page = Files.readString(ROOT.resolve("docs/THREATS.md"));
    List<MatchResult> named = NAMED.matcher(page).results().toList();
    assertThat(named).hasSizeGreaterThan(50);
    for (MatchResult test : named) {
      assertThat(sources(test.group(1)))
          .as(test.group())
          .anyMatch(source -> source.contains("void " + test.group(2) + "("));
    }
  }

  private static List<String> sources(String testClass) {
    return Stream.of("party", "socketio", "server")
        .map(module -> ROOT.resolve(module).resolve("src/test/java"))
        .flatMap(ThreatsPageTest::walk)
        .filter(file -> file.getFileName().toString().equals(testClass + ".java"))
        .map(ThreatsPageTest::read)
        .toList();
  }

  private static Stream<Path> walk(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
