package dev.watchnchill.load;

import dev.watchnchill.load.net.Target;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The servers as they are after a restart. Whoever has started the generator restarts them: asked
 * by a line on the output, answered by a line on the input.
 */
public record Restart(List<Target> targets, List<Long> pids) {
  /** Asks for it, and waits until it is done. */
  public static Restart ask() {
    System.out.println("{\"event\":\"restart\"}");
    System.out.flush();
    try {
      String line =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
      return parse(line == null ? "" : line);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Lists may be arrays, or words with commas between them. */
  static Restart parse(String line) {
    JsonNode answer = JsonMapper.shared().readTree(line);
    if (!answer.path("go").asBoolean(false)) {
      throw new IllegalStateException("nobody has restarted the server: " + line);
    }
    return new Restart(
        words(answer.path("url")).map(Target::of).toList(),
        words(answer.path("pid")).map(Long::parseLong).toList());
  }

  private static Stream<String> words(JsonNode node) {
    return node.isArray()
        ? node.valueStream().map(JsonNode::asString)
        : Arrays.stream(node.asString().split(",", -1)).filter(word -> !word.isEmpty());
  }
}
