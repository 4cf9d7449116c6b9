package dev.watchnchill.socketio.packet;

import tools.jackson.databind.JsonNode;

/**
 * One received Socket.IO packet.
 *
 * @param type its type
 * @param namespace its namespace, beginning with a slash
 * @param ackId its acknowledgement id, or {@link #NO_ACK}
 * @param data its JSON; a missing node when there is none
 * @param attachments how many binary attachments follow it
 */
public record Packet(
    PacketType type, String namespace, long ackId, JsonNode data, int attachments) {
  /** Stands for the absence of an acknowledgement id. */
  public static final long NO_ACK = -1;

  /** The largest acknowledgement id: 2^53 - 1, the largest integer JavaScript counts exactly. */
  public static final long ACK_ID_MAX = (1L << 53) - 1;

  /** The same packet with its attachments put in place of the placeholders. */
  Packet withData(JsonNode complete) {
    return new Packet(type, namespace, ackId, complete, 0);
  }
}
