package dev.watchnchill.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Compares the tables of environment variables in docs/OPERATING.md with what is read. */
final class EnvironmentTableTest {
  private static final Path ROOT = Path.of("..");
  private static final Config.CommandLineOptions NO_OPTIONS =
      new Config.CommandLineOptions("", -1, false, "", "");
  private static final Pattern NAME = Pattern.compile("`([A-Z][A-Z0-9_]+)`");
  private static final Pattern OPTION = Pattern.compile("`(--[a-z-]+)`");
  private static final Pattern LITERAL = Pattern.compile(" `([^`]*)` ");
  private static final Pattern READ_BY_SHELL = Pattern.compile("\\$\\{([A-Z][A-Z0-9_]+):-");

  /** Variables of every shell, which need no explanation. */
  private static final Set<String> STANDARD = Set.of("HOME", "PATH", "TMPDIR");

  /** An environment that records which names are asked for. */
  private static final class RecordingEnvironment extends HashMap<String, String> {
    private static final long serialVersionUID = 1L;
    private final transient Set<String> asked = new TreeSet<>();

    @Override
    public @Nullable String get(@Nullable Object name) {
      asked.add(String.valueOf(name));
      return super.get(name);
    }
  }

  /** Returns the rows of the table below a heading, by the name in their first cell. */
  private static Map<String, String[]> table(String heading) throws IOException {
    String page = Files.readString(ROOT.resolve("docs/OPERATING.md"));
    int from = page.indexOf("\n" + heading + "\n");
    assertThat(from).as(heading).isPositive();
    int to = page.indexOf("\n## ", from + 1);
    int below = page.indexOf("\n### ", from + 1);
    to = below < 0 ? to : Math.min(to, below);
    Map<String, String[]> rows = new LinkedHashMap<>();
    for (String line : page.substring(from, to).lines().toList()) {
      String[] cells = line.split("(?<!\\\\)\\|", -1);
      if (cells.length > 3) {
        NAME.matcher(cells[1]).results().forEach(name -> rows.put(name.group(1), cells));
      }
    }
    return rows;
  }

  private static Map<String, String[]> server() throws IOException {
    return table("### Variables of the server");
  }

  @Test
  void server_reads_what_the_table_documents_and_nothing_else() throws IOException {
    var environment = new RecordingEnvironment();
    Config.from(environment, NO_OPTIONS);
    environment.put("NODE_ENV", "production");
    Config.from(environment, NO_OPTIONS);
    assertThat(environment.asked).isEqualTo(new TreeSet<>(server().keySet()));
  }

  @Test
  void nothing_but_the_command_line_reads_the_environment() throws IOException {
    try (Stream<Path> sources = Files.walk(ROOT.resolve("server/src/main/java"))) {
      List<String> readers =
          sources
              .filter(Files::isRegularFile)
              .filter(file -> read(file).contains("getenv"))
              .map(file -> file.getFileName().toString())
              .toList();
      assertThat(readers).containsExactly("Main.java");
    }
  }

  @Test
  void documented_defaults_are_those_of_production() throws IOException {
    Config expected = Config.from(Map.of("NODE_ENV", "production"), NO_OPTIONS);
    int literals = 0;
    for (Map.Entry<String, String[]> row : server().entrySet()) {
      Matcher literal = LITERAL.matcher(row.getValue()[2]);
      if (!literal.matches()) {
        continue;
      }
      literals++;
      Config given =
          Config.from(Map.of("NODE_ENV", "production", row.getKey(), literal.group(1)), NO_OPTIONS);
      assertThat(given).as(row.getKey()).isEqualTo(expected);
    }
    assertThat(literals).isGreaterThan(20);
  }

  @Test
  void options_of_the_table_are_those_of_the_command_line() throws IOException {
    Set<String> options =
        Stream.of(Arguments.Option.values())
            .map(Arguments.Option::longName)
            .collect(Collectors.toSet());
    for (String[] row : server().values()) {
      assertThat(options)
          .containsAll(OPTION.matcher(row[4]).results().map(o -> o.group(1)).toList());
    }
  }

  @Test
  void launchers_read_what_their_table_documents_and_nothing_else() throws IOException {
    var found = new TreeSet<String>();
    for (String launcher :
        List.of("watchnchill", "deploy/runtime/start", "deploy/runtime/healthy")) {
      READ_BY_SHELL
          .matcher(Files.readString(ROOT.resolve(launcher)))
          .results()
          .forEach(name -> found.add(name.group(1)));
    }
    found.removeAll(STANDARD);
    found.removeAll(server().keySet());
    assertThat(found).isEqualTo(new TreeSet<>(table("### Variables of the launchers").keySet()));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
