package dev.watchnchill.socketio.packet;

import tools.jackson.databind.JsonNode;

/**
 * A received Socket.IO packet.
 *
 * @param type type of the packet
 * @param namespace namespace, which begins with a slash
 * @param ackId acknowledgement id, or {@link #NO_ACK}
 * @param data JSON data; a missing node when there is none
 * @param attachments number of binary attachments that follow
 */
public record Packet(
    PacketType type, String namespace, long ackId, JsonNode data, int attachments) {
  /** Value of the acknowledgement id when there is none. */
  public static final long NO_ACK = -1;

  /**
   * Largest acknowledgement id: 2^53 - 1, the largest integer that JavaScript represents exactly.
   */
  public static final long ACK_ID_MAX = (1L << 53) - 1;

  /** Returns this packet with its attachments in place of the placeholders. */
  Packet withData(JsonNode complete) {
    return new Packet(type, namespace, ackId, complete, 0);
  }
}
