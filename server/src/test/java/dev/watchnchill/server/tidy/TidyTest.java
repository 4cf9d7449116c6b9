package dev.watchnchill.server.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Checks how the sources of the whole project read; CONTRIBUTING.md gives the rules. */
final class TidyTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final int LINES_MAX = 400;

  private static final Set<String> SKIPPED =
      Set.of(".git", "target", "node_modules", "dist", "results", "testdata");

  private static final Pattern CODE = Pattern.compile(".*\\.(java|ts|tsx|mjs|js|lua|css)");

  /** Words that say less than the field's terms, in names and comments; the glossary has others. */
  private static final Pattern BANNED =
      Pattern.compile(
          "(?i)\\b(wish(es)?|whoever|told|halls?|crowds?|the house|evenings?)\\b|"
              + "(?-i)(?<=[a-z])(Wish|Told|Hall|Crowd|Evening)|\\b(Wish|Told|Hall|Crowd|Evening)(?=[A-Z])");

  /** The name of a benchmark scenario, which the command line and its help use. */
  private static final Pattern SCENARIO = Pattern.compile("\\bhall\\b");

  /** Texts that a viewer reads, and the lists of words of the tests themselves. */
  private static final Set<String> FREE =
      Set.of(
          "web/src/ui/root.tsx",
          "web/src/ui/shortcut-list.tsx",
          "web/e2e/players.e2e.ts",
          "server/src/test/java/dev/watchnchill/server/docs/DocumentationTest.java",
          "server/src/test/java/dev/watchnchill/server/tidy/TidyTest.java");

  private static final Pattern BARE_OPENING =
      Pattern.compile("^(That|It|This|These|Those|The same|What|Who|Whoever|Whose|How)\\b");

  private static List<Path> code = List.of();
  private static @Nullable JavaSource java;

  @BeforeAll
  static void read() throws IOException {
    code = files(ROOT).filter(file -> CODE.matcher(file.toString()).matches()).toList();
    java = JavaSource.parse(ROOT, code.stream().filter(TidyTest::isJava).toList());
  }

  private static Stream<Path> files(Path folder) throws IOException {
    var found = new ArrayList<Path>();
    try (Stream<Path> entries = Files.list(folder)) {
      for (Path entry : entries.sorted().toList()) {
        if (Files.isDirectory(entry)) {
          if (!SKIPPED.contains(entry.getFileName().toString())) {
            found.addAll(files(entry).toList());
          }
        } else {
          found.add(entry);
        }
      }
    }
    return found.stream();
  }

  private static JavaSource sources() {
    return Objects.requireNonNull(java);
  }

  private static boolean isJava(Path file) {
    return file.toString().endsWith(".java");
  }

  @Test
  void sources_were_found() {
    assertThat(code).hasSizeGreaterThan(800);
    assertThat(sources().documentation()).hasSizeGreaterThan(1_000);
  }

  @Test
  void no_file_has_more_than_400_lines() throws IOException {
    var long_ = new ArrayList<String>();
    for (Path file : code) {
      long lines = Files.readAllLines(file).size();
      if (lines > LINES_MAX) {
        long_.add(ROOT.relativize(file) + ": " + lines);
      }
    }
    assertThat(long_).isEmpty();
  }

  @Test
  void no_simple_class_name_is_used_twice() {
    Map<String, List<Path>> named =
        code.stream()
            .filter(TidyTest::isJava)
            .filter(file -> !file.toString().endsWith("-info.java"))
            .collect(Collectors.groupingBy(file -> file.getFileName().toString()));
    assertThat(named.values().stream().filter(same -> same.size() > 1)).isEmpty();
  }

  @Test
  void documentation_opens_with_a_definition() {
    assertThat(
            sources().documentation().stream()
                .filter(comment -> BARE_OPENING.matcher(comment.text()).find())
                .map(comment -> comment.place() + ": " + firstLine(comment.text())))
        .isEmpty();
  }

  private static String firstLine(String text) {
    return text.lines().findFirst().orElse("");
  }

  @Test
  void switches_over_sealed_types_have_no_default() {
    // Tests may ignore the cases that they do not check.
    assertThat(sources().defaultsOverSealedTypes())
        .filteredOn(place -> !place.contains("/src/test/"))
        .isEmpty();
  }

  @Test
  void code_uses_the_terms_of_the_field() throws IOException {
    var found = new ArrayList<String>();
    for (Path file : code) {
      String name = ROOT.relativize(file).toString();
      boolean bench = name.startsWith("bench/");
      int number = 0;
      for (String line : FREE.contains(name) ? List.<String>of() : Files.readAllLines(file)) {
        number++;
        String words = line.replace('_', ' ');
        Matcher banned = BANNED.matcher(bench ? SCENARIO.matcher(words).replaceAll("") : words);
        if (banned.find()) {
          found.add(name + ":" + number + ": " + banned.group());
        }
      }
    }
    assertThat(found).isEmpty();
  }
}
