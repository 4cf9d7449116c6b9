package dev.watchnchill.socketio.packet;

import dev.watchnchill.socketio.engine.EncodedFrame;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Encodes Socket.IO packets as frames. The caller owns one reference to each returned frame. */
public final class PacketEncoder {
  private PacketEncoder() {}

  /**
   * Encodes an EVENT or BINARY_EVENT.
   *
   * @param offset recovery offset, appended as the last argument; null for none
   * @throws IllegalArgumentException if the name is reserved or an argument cannot be written as
   *     JSON
   */
  public static EncodedFrame event(
      String namespace,
      long ackId,
      String event,
      @Nullable Object[] args,
      @Nullable String offset) {
    if (ReservedEvents.contains(event)) {
      throw new IllegalArgumentException("\"" + event + "\" is a reserved event name");
    }
    List<byte[]> attachments = new ArrayList<>(0);
    byte[] json = PacketJson.write(event, args, offset, attachments);
    PacketType type = attachments.isEmpty() ? PacketType.EVENT : PacketType.BINARY_EVENT;
    return frame(type, namespace, ackId, json, attachments);
  }

  /** Encodes an ACK or BINARY_ACK. */
  public static EncodedFrame ack(String namespace, long ackId, @Nullable Object[] args) {
    List<byte[]> attachments = new ArrayList<>(0);
    byte[] json = PacketJson.write(null, args, null, attachments);
    PacketType type = attachments.isEmpty() ? PacketType.ACK : PacketType.BINARY_ACK;
    return frame(type, namespace, ackId, json, attachments);
  }

  /** Encodes a CONNECT, CONNECT_ERROR or DISCONNECT. */
  public static EncodedFrame control(PacketType type, String namespace, @Nullable JsonNode data) {
    byte[] json = data == null ? new byte[0] : PacketJson.write(data);
    return frame(type, namespace, Packet.NO_ACK, json, List.of());
  }

  private static EncodedFrame frame(
      PacketType type, String namespace, long ackId, byte[] json, List<byte[]> attachments) {
    var head = new StringBuilder(24).append('4').append(type.digit());
    if (type.binary()) {
      head.append(attachments.size()).append('-');
    }
    if (!namespace.equals("/")) {
      head.append(namespace).append(',');
    }
    if (ackId != Packet.NO_ACK) {
      head.append(ackId);
    }
    return EncodedFrame.message(
        head.toString().getBytes(StandardCharsets.UTF_8), json, attachments);
  }
}
