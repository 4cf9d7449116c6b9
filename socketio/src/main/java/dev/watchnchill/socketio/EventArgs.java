package dev.watchnchill.socketio;

import dev.watchnchill.socketio.packet.PacketJson;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * Arguments of a received event, without its name. Binary arguments are {@code BinaryNode}s.
 *
 * @param list the arguments in order, unmodifiable; a JSON null is a {@code NullNode}
 */
public record EventArgs(List<JsonNode> list) {
  /** Returns the number of arguments. */
  public int size() {
    return list.size();
  }

  /** Returns the argument at an index, or a missing node when the client sent fewer. */
  public JsonNode get(int index) {
    return index >= 0 && index < list.size() ? list.get(index) : MissingNode.getInstance();
  }

  /**
   * Returns the argument at an index, converted to a Java type.
   *
   * @throws IllegalArgumentException if the argument cannot be converted
   */
  public <T> T get(int index, Class<T> type) {
    return PacketJson.convert(get(index), type);
  }
}
