package dev.watchnchill.socketio.packet;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * Decodes the text of a Socket.IO packet: {@code <type>[<attachments>-][<namespace>,][<ack
 * id>][<JSON>]}.
 *
 * <p>Stateless and shared. {@link PacketAssembler} joins a packet with its attachments.
 */
public final class PacketDecoder {
  private static final int NAMESPACE_LENGTH_MAX = 256;

  /** Checks the head of a packet before its JSON is parsed. */
  @FunctionalInterface
  public interface HeadCheck {
    /**
     * Rejects a packet by throwing.
     *
     * @param jsonLength number of characters after the head
     */
    void check(PacketType type, String namespace, int jsonLength) throws PacketFormatException;
  }

  private final PacketJson json;
  private final int attachmentsMax;

  /** Creates a decoder with these limits. */
  public PacketDecoder(PacketJson json, int attachmentsMax) {
    this.json = json;
    this.attachmentsMax = attachmentsMax;
  }

  /** Decodes one packet. */
  public Packet decode(String text, HeadCheck headCheck) throws PacketFormatException {
    if (text.isEmpty()) {
      throw new PacketFormatException("empty packet");
    }
    PacketType type = PacketType.of(text.charAt(0));
    int at = 1;
    int attachments = 0;
    if (type.binary()) {
      int dash = digitsEnd(text, at);
      if (dash == at || dash - at > 5 || dash >= text.length() || text.charAt(dash) != '-') {
        throw new PacketFormatException("bad attachment count");
      }
      attachments = Integer.parseInt(text, at, dash, 10);
      if (attachments > attachmentsMax) {
        throw new PacketFormatException("too many attachments");
      }
      at = dash + 1;
    }
    String namespace = "/";
    if (at < text.length() && text.charAt(at) == '/') {
      int comma = text.indexOf(',', at);
      int end = comma < 0 ? text.length() : comma;
      if (end - at > NAMESPACE_LENGTH_MAX) {
        throw new PacketFormatException("namespace too long");
      }
      namespace = text.substring(at, end);
      at = comma < 0 ? end : end + 1;
    }
    long ackId = Packet.NO_ACK;
    int digitsEnd = digitsEnd(text, at);
    if (digitsEnd > at) {
      if (digitsEnd - at > 16) {
        throw new PacketFormatException("bad acknowledgement id");
      }
      ackId = Long.parseLong(text, at, digitsEnd, 10);
      if (ackId > Packet.ACK_ID_MAX) {
        throw new PacketFormatException("bad acknowledgement id");
      }
      at = digitsEnd;
    }
    headCheck.check(type, namespace, text.length() - at);
    JsonNode data = at < text.length() ? json.parse(text.substring(at)) : MissingNode.getInstance();
    check(type, ackId, data);
    return new Packet(type, namespace, ackId, data, attachments);
  }

  private static int digitsEnd(String text, int from) {
    int at = from;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    return at;
  }

  private static void check(PacketType type, long ackId, JsonNode data)
      throws PacketFormatException {
    boolean valid =
        switch (type) {
          case CONNECT -> ackId == Packet.NO_ACK && (data.isMissingNode() || data.isObject());
          case DISCONNECT -> ackId == Packet.NO_ACK && data.isMissingNode();
          case EVENT, BINARY_EVENT -> data.isArray() && !data.isEmpty() && validName(data.get(0));
          case ACK, BINARY_ACK -> ackId != Packet.NO_ACK && data.isArray();
          case CONNECT_ERROR -> false;
        };
    if (!valid) {
      throw new PacketFormatException("wrong payload for a packet of type " + type);
    }
  }

  private static boolean validName(JsonNode name) {
    return name.isNumber() || (name.isString() && !ReservedEvents.contains(name.stringValue()));
  }
}
