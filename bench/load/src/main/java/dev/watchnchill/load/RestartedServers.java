package dev.watchnchill.load;

import dev.watchnchill.load.net.ServerAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** The servers after a restart by the process that has started the generator. */
public record RestartedServers(List<ServerAddress> targets, List<Long> pids) {
  /**
   * Requests the restart and waits until it is done. The lists of the answer are arrays, or texts
   * with commas.
   */
  public static RestartedServers ask(ControlChannel channel) {
    JsonNode answer = channel.ask("restart", Map.of());
    if (!answer.path("go").asBoolean(false)) {
      throw new IllegalStateException("the server was not restarted: " + answer);
    }
    return new RestartedServers(
        words(answer.path("url")).map(ServerAddress::of).toList(),
        words(answer.path("pid")).map(Long::parseLong).toList());
  }

  private static Stream<String> words(JsonNode node) {
    return node.isArray()
        ? node.valueStream().map(JsonNode::asString)
        : Arrays.stream(node.asString().split(",", -1)).filter(word -> !word.isEmpty());
  }
}
