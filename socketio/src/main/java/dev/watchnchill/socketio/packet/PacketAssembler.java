package dev.watchnchill.socketio.packet;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.BinaryNode;
import tools.jackson.databind.node.ObjectNode;

/** Collects the attachments of a binary packet. */
public final class PacketAssembler {
  private final Packet packet;
  private final int length;
  private final int bytesMax;

  /** Received attachments; null for one that has replaced its placeholder. */
  private final List<@Nullable BinaryNode> parts = new ArrayList<>(2);

  private int bytes;

  /**
   * Creates an assembler for the attachments of a packet.
   *
   * @param length characters of the packet
   * @param bytesMax most bytes of all attachments together
   */
  public PacketAssembler(Packet packet, int length, int bytesMax) {
    this.packet = packet;
    this.length = length;
    this.bytesMax = bytesMax;
  }

  /** Adds the next attachment; returns whether it was the last. */
  public boolean add(byte[] part) throws PacketFormatException {
    if (part.length > bytesMax - bytes) {
      throw new PacketFormatException("attachments too large");
    }
    bytes += part.length;
    parts.add(BinaryNode.valueOf(part));
    return parts.size() == packet.attachments();
  }

  /** Returns the characters of the packet and the bytes of the received attachments. */
  public int size() {
    return length + bytes;
  }

  /** Returns the packet with its attachments in place. */
  public Packet complete() throws PacketFormatException {
    return packet.withData(fill(packet.data()));
  }

  /**
   * Returns a binary packet that announces no attachments, after checking that it has no
   * placeholder.
   */
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

  /**
   * Returns the attachment of a placeholder. Each attachment is used once, because otherwise a
   * small packet could cause a huge response.
   */
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
