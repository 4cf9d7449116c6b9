package dev.watchnchill.socketio.packet;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.BinaryNode;
import tools.jackson.databind.node.ObjectNode;

/** A binary packet whose attachments are still arriving. */
public final class PacketAssembler {
  private final Packet packet;
  private final int length;
  private final int bytesMax;

  /** The attachments that have come; null for one that a placeholder has taken. */
  private final List<@Nullable BinaryNode> parts = new ArrayList<>(2);

  private int bytes;

  /**
   * Waits for the attachments of this packet.
   *
   * @param length characters of the packet
   * @param bytesMax most bytes of all of them
   */
  public PacketAssembler(Packet packet, int length, int bytesMax) {
    this.packet = packet;
    this.length = length;
    this.bytesMax = bytesMax;
  }

  /** Adds the next attachment; true when it was the last. */
  public boolean add(byte[] part) throws PacketFormatException {
    if (part.length > bytesMax - bytes) {
      throw new PacketFormatException("attachments too large");
    }
    bytes += part.length;
    parts.add(BinaryNode.valueOf(part));
    return parts.size() == packet.attachments();
  }

  /** Returns the characters of the packet and the bytes of the attachments that have come. */
  public int size() {
    return length + bytes;
  }

  /** The packet with its attachments in place. */
  public Packet complete() throws PacketFormatException {
    return packet.withData(fill(packet.data()));
  }

  /** A binary packet that announces no attachments, checked for placeholders that point nowhere. */
  public static Packet withoutAttachments(Packet packet) throws PacketFormatException {
    return new PacketAssembler(packet, 0, 0).complete();
  }

  private JsonNode fill(JsonNode node) throws PacketFormatException {
    if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        array.set(i, fill(array.get(i)));
      }
    } else if (node instanceof ObjectNode object) {
      JsonNode mark = object.get("_placeholder");
      if (mark != null && mark.isBoolean() && mark.booleanValue()) {
        return part(object);
      }
      for (var entry : object.properties()) {
        entry.setValue(fill(entry.getValue()));
      }
    }
    return node;
  }

  /** An attachment stands in one place: else a small packet could be answered by a huge one. */
  private BinaryNode part(ObjectNode placeholder) throws PacketFormatException {
    JsonNode num = placeholder.get("num");
    if (num == null || !num.isInt() || num.intValue() < 0 || num.intValue() >= parts.size()) {
      throw new PacketFormatException("placeholder without attachment");
    }
    BinaryNode part = parts.set(num.intValue(), null);
    if (part == null) {
      throw new PacketFormatException("two placeholders for one attachment");
    }
    return part;
  }
}
