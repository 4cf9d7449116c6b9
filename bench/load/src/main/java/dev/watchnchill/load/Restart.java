package dev.watchnchill.load;

import dev.watchnchill.load.net.Target;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** The servers as they are after a restart. Whoever has started the generator restarts them. */
public record Restart(List<Target> targets, List<Long> pids) {
  /**
   * Asks for it, and waits until it is done. The answer's lists may be arrays, or words with commas
   * between them.
   */
  public static Restart ask(Exchange exchange) {
    JsonNode answer = exchange.ask("restart", Map.of());
    if (!answer.path("go").asBoolean(false)) {
      throw new IllegalStateException("nobody has restarted the server: " + answer);
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
