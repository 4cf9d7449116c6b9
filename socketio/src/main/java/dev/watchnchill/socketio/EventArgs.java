package dev.watchnchill.socketio;

import dev.watchnchill.socketio.packet.Json;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * The arguments of a received event, without its name. Binary ones are {@code BinaryNode}s.
 *
 * @param list the arguments in order, unmodifiable; a JSON null is a {@code NullNode}
 */
public record EventArgs(List<JsonNode> list) {
  /** How many there are. */
  public int size() {
    return list.size();
  }

  /** The argument at this place, or a missing node when the client sent fewer. */
  public JsonNode get(int index) {
    return index >= 0 && index < list.size() ? list.get(index) : MissingNode.getInstance();
  }

  /**
   * The argument at this place as a Java value.
   *
   * @throws IllegalArgumentException if it cannot be read as one
   */
  public <T> T get(int index, Class<T> type) {
    return Json.convert(get(index), type);
  }
}
