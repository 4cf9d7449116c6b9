package dev.watchnchill.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Holds what was resolved against the oldest versions without known vulnerabilities. */
final class MinimumVersionsTest {
  private static final Path ROOT = root();
  private static final Pattern JAR = Pattern.compile("(.+?)-(\\d[\\w.]*?)(?:-linux-x86_64)?\\.jar");

  /** One line of the list. */
  record Minimum(String ecosystem, String name, String version, String reason) {
    static Minimum of(String line) {
      String[] fields = line.split("\\s+", 4);
      assertThat(fields).as(line).hasSize(4);
      return new Minimum(fields[0], fields[1], fields[2], fields[3]);
    }
  }

  /** The folder of the project: Maven starts tests in their module's, an editor in this one. */
  private static Path root() {
    Path here = Path.of("").toAbsolutePath();
    return Files.isDirectory(here.resolve("dependencies")) ? here : here.resolve("..").normalize();
  }

  static Stream<Minimum> minimums() throws IOException {
    return Files.readAllLines(ROOT.resolve("dependencies/minimum-versions.txt")).stream()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .map(Minimum::of);
  }

  @ParameterizedTest
  @MethodSource("minimums")
  void TR18_resolved_version_is_not_below_its_minimum(Minimum minimum) throws IOException {
    List<String> resolved =
        switch (minimum.ecosystem()) {
          case "maven" -> jars(minimum.name().substring(minimum.name().indexOf(':') + 1));
          case "npm" -> packages(minimum.name());
          default -> List.of();
        };
    assertThat(resolved).as("nothing resolves to " + minimum.name()).isNotEmpty();
    assertThat(resolved)
        .allSatisfy(version ->
            assertThat(compare(version, minimum.version()))
                .as("%s %s: %s", minimum.name(), version, minimum.reason())
                .isNotNegative());
  }

  private static List<String> jars(String artifact) {
    var versions = new ArrayList<String>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      var jar = JAR.matcher(entry.substring(entry.lastIndexOf(File.separatorChar) + 1));
      if (jar.matches() && jar.group(1).equals(artifact)) {
        versions.add(jar.group(2));
      }
    }
    return versions;
  }

  private static List<String> packages(String name) throws IOException {
    var versions = new ArrayList<String>();
    for (String folder :
        List.of("web", "bench/peer-node", "server/src/test/js", "socketio/src/test/js")) {
      JsonNode lock =
          JsonMapper.shared()
              .readTree(Files.readString(ROOT.resolve(folder).resolve("package-lock.json")));
      for (Map.Entry<String, JsonNode> entry : lock.path("packages").properties()) {
        if (entry.getKey().endsWith("node_modules/" + name)) {
          versions.add(entry.getValue().path("version").stringValue());
        }
      }
    }
    return versions;
  }

  @Test
  void TR18_every_lock_file_is_read() throws IOException {
    try (Stream<Path> files =
        Files.find(
            ROOT,
            5,
            (path, _) ->
                path.endsWith("package-lock.json") && !path.toString().contains("node_modules"))) {
      assertThat(files.map(file -> ROOT.relativize(file.getParent()).toString()))
          .containsExactlyInAnyOrder(
              "web", "bench/peer-node", "server/src/test/js", "socketio/src/test/js");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1.5.20,1.6.3,-1",
    "1.6.10,1.6.3,1",
    "4.2.18.Final,4.2.18,0",
    "7.7.0.RELEASE,7.7.1,-1",
    "5.0,5.0.0,0"
  })
  void TR18_versions_are_compared_by_their_numbers(String one, String other, int sign) {
    assertThat(Integer.signum(compare(one, other))).isEqualTo(sign);
  }

  private static int compare(String one, String other) {
    int[] left = numbers(one);
    int[] right = numbers(other);
    for (int i = 0; i < Math.max(left.length, right.length); i++) {
      int difference =
          Integer.compare(i < left.length ? left[i] : 0, i < right.length ? right[i] : 0);
      if (difference != 0) {
        return difference;
      }
    }
    return 0;
  }

  private static int[] numbers(String version) {
    return Stream.of(version.split("[.-]", -1))
        .takeWhile(part -> part.chars().allMatch(Character::isDigit))
        .mapToInt(Integer::parseInt)
        .toArray();
  }
}
