package dev.watchnchill.socketio.packet;

import dev.watchnchill.socketio.engine.Frame;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Writes Socket.IO packets as frames. The caller owns one reference to each frame it gets. */
public final class PacketEncoder {
  private PacketEncoder() {}

  /**
   * An EVENT or BINARY_EVENT.
   *
   * @param offset the recovery offset to append as the last argument; null for none
   * @throws IllegalArgumentException if the name is reserved or an argument is not JSON
   */
  public static Frame event(
      String namespace,
      long ackId,
      String event,
      @Nullable Object[] args,
      @Nullable String offset) {
    if (ReservedEvents.contains(event)) {
      throw new IllegalArgumentException("\"" + event + "\" is a reserved event name");
    }
    List<byte[]> attachments = new ArrayList<>(0);
    byte[] json = Json.write(event, args, offset, attachments);
    PacketType type = attachments.isEmpty() ? PacketType.EVENT : PacketType.BINARY_EVENT;
    return frame(type, namespace, ackId, json, attachments);
  }

  /** An ACK or BINARY_ACK. */
  public static Frame ack(String namespace, long ackId, @Nullable Object[] args) {
    List<byte[]> attachments = new ArrayList<>(0);
    byte[] json = Json.write(null, args, null, attachments);
    PacketType type = attachments.isEmpty() ? PacketType.ACK : PacketType.BINARY_ACK;
    return frame(type, namespace, ackId, json, attachments);
  }

  /** A CONNECT, CONNECT_ERROR or DISCONNECT. */
  public static Frame control(PacketType type, String namespace, @Nullable JsonNode data) {
    byte[] json = data == null ? new byte[0] : Json.write(data);
    return frame(type, namespace, Packet.NO_ACK, json, List.of());
  }

  private static Frame frame(
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
    return Frame.message(head.toString().getBytes(StandardCharsets.UTF_8), json, attachments);
  }
}
