package dev.watchnchill.socketio.packet;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.BinaryNode;
import tools.jackson.databind.node.ObjectNode;

/** A binary packet whose attachments are still arriving. */
public final class PacketAssembler {
  private final Packet packet;
  private final List<BinaryNode> parts = new ArrayList<>();

  /** Waits for the attachments of this packet. */
  public PacketAssembler(Packet packet) {
    this.packet = packet;
  }

  /** Adds the next attachment; true when it was the last. */
  public boolean add(byte[] part) {
    parts.add(BinaryNode.valueOf(part));
    return parts.size() == packet.attachments();
  }

  /** The packet with its attachments in place. */
  public Packet complete() throws PacketFormatException {
    return packet.withData(fill(packet.data()));
  }

  /** A binary packet that announces no attachments, checked for placeholders that point nowhere. */
  public static Packet withoutAttachments(Packet packet) throws PacketFormatException {
    return new PacketAssembler(packet).complete();
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

  private BinaryNode part(ObjectNode placeholder) throws PacketFormatException {
    JsonNode num = placeholder.get("num");
    if (num == null || !num.isInt() || num.intValue() < 0 || num.intValue() >= parts.size()) {
      throw new PacketFormatException("placeholder without attachment");
    }
    return parts.get(num.intValue());
  }
}
