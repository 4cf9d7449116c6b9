package dev.watchnchill.socketio.engine;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * One or several outgoing Engine.IO packets with their binary attachments, encoded once for any
 * number of recipients.
 *
 * <p>The bytes are finished websocket frames, which a server sends unmasked and therefore equal to
 * all clients. The polling format is derived from them. Reference-counted: the count of the buffer
 * is the count of the frame.
 */
public final class EncodedFrame {
  private static final int TEXT_FINAL = 0x81;
  private static final int BINARY_FINAL = 0x82;

  /** Packets of the engine itself, shared by all sessions and never released. */
  static final EncodedFrame PING = constant("2");

  static final EncodedFrame PONG_PROBE = constant("3probe");

  private final ByteBuf bytes;
  private final List<Packet> packets;

  /** Position of a packet's text in the bytes, and the binary attachments that follow it. */
  private record Packet(int textOffset, int textLength, List<byte[]> attachments) {
    Packet shiftedBy(int bytes) {
      return new Packet(bytes + textOffset, textLength, attachments);
    }
  }

  private EncodedFrame(ByteBuf bytes, Packet packet) {
    this(bytes, List.of(packet));
  }

  private EncodedFrame(ByteBuf bytes, List<Packet> packets) {
    this.bytes = bytes;
    this.packets = packets;
  }

  /**
   * Returns one frame with the packets of several frames, in order. The given frames keep their
   * references.
   */
  public static EncodedFrame concat(List<EncodedFrame> frames) {
    int size = 0;
    for (EncodedFrame frame : frames) {
      size += frame.size();
    }
    ByteBuf bytes = ByteBufAllocator.DEFAULT.directBuffer(size, size);
    var packets = new ArrayList<Packet>(frames.size());
    for (EncodedFrame frame : frames) {
      for (Packet packet : frame.packets) {
        packets.add(packet.shiftedBy(bytes.writerIndex()));
      }
      bytes.writeBytes(frame.bytes, frame.bytes.readerIndex(), frame.size());
    }
    return new EncodedFrame(bytes, List.copyOf(packets));
  }

  /**
   * Encodes a text packet with its attachments.
   *
   * @param head start of the packet
   * @param body rest of the packet
   */
  public static EncodedFrame message(byte[] head, byte[] body, List<byte[]> attachments) {
    int textLength = head.length + body.length;
    int size = headerLength(textLength) + textLength;
    for (byte[] attachment : attachments) {
      size += headerLength(attachment.length) + attachment.length;
    }
    ByteBuf bytes = ByteBufAllocator.DEFAULT.directBuffer(size, size);
    writeHeader(bytes, TEXT_FINAL, textLength);
    int textOffset = bytes.writerIndex();
    bytes.writeBytes(head).writeBytes(body);
    for (byte[] attachment : attachments) {
      writeHeader(bytes, BINARY_FINAL, attachment.length);
      bytes.writeBytes(attachment);
    }
    return new EncodedFrame(bytes, new Packet(textOffset, textLength, attachments));
  }

  /** Encodes a text packet. */
  public static EncodedFrame text(String packet) {
    return message(packet.getBytes(StandardCharsets.UTF_8), new byte[0], List.of());
  }

  /** Encodes a single binary packet. */
  public static EncodedFrame binary(byte[] data) {
    ByteBuf bytes = ByteBufAllocator.DEFAULT.directBuffer(headerLength(data.length) + data.length);
    writeHeader(bytes, BINARY_FINAL, data.length);
    bytes.writeBytes(data);
    return new EncodedFrame(bytes, new Packet(0, 0, List.of(data)));
  }

  private static EncodedFrame constant(String packet) {
    byte[] text = packet.getBytes(StandardCharsets.UTF_8);
    ByteBuf bytes = Unpooled.directBuffer(2 + text.length);
    writeHeader(bytes, TEXT_FINAL, text.length);
    bytes.writeBytes(text);
    return new EncodedFrame(
        Unpooled.unreleasableBuffer(bytes.asReadOnly()), new Packet(2, text.length, List.of()));
  }

  /** Returns the size on a websocket in bytes. */
  public int size() {
    return bytes.readableBytes();
  }

  /** Adds a reference. */
  public void retain() {
    bytes.retain();
  }

  /** Releases a reference. */
  public void release() {
    bytes.release();
  }

  /** Returns the websocket frames, with a reference of their own. */
  ByteBuf websocketBytes() {
    return bytes.retainedDuplicate();
  }

  /**
   * Writes the websocket frames to a socket; returns the number of bytes that the kernel has taken.
   */
  int sendTo(Socket socket) throws IOException {
    return bytes.hasMemoryAddress()
        ? socket.sendAddress(bytes.memoryAddress(), bytes.readerIndex(), bytes.writerIndex())
        : 0;
  }

  /** Returns the number of packets, attachments not counted. */
  int packets() {
    return packets.size();
  }

  /** Appends the packets in the polling format: separated, and binary as base64. */
  void appendTo(ByteBuf payload) {
    boolean first = true;
    for (Packet packet : packets) {
      if (packet.textLength() > 0) {
        separate(payload, first);
        payload.writeBytes(bytes, bytes.readerIndex() + packet.textOffset(), packet.textLength());
        first = false;
      }
      for (byte[] attachment : packet.attachments()) {
        separate(payload, first);
        payload.writeByte('b').writeBytes(Base64.getEncoder().encode(attachment));
        first = false;
      }
    }
  }

  private static void separate(ByteBuf payload, boolean first) {
    if (!first) {
      payload.writeByte(PollingPayload.SEPARATOR);
    }
  }

  private static int headerLength(int length) {
    if (length < 126) {
      return 2;
    }
    return length <= 0xFFFF ? 4 : 10;
  }

  private static void writeHeader(ByteBuf out, int opcode, int length) {
    out.writeByte(opcode);
    if (length < 126) {
      out.writeByte(length);
    } else if (length <= 0xFFFF) {
      out.writeByte(126).writeShort(length);
    } else {
      out.writeByte(127).writeLong(length);
    }
  }

  /** Returns a websocket close frame. */
  static ByteBuf closeFrame(int status) {
    return Unpooled.buffer(4).writeByte(0x88).writeByte(2).writeShort(status);
  }

  /** Returns a websocket pong with the payload of a ping, which has at most 125 bytes. */
  static ByteBuf pongFrame(ByteBuf payload) {
    ByteBuf pong = Unpooled.buffer(2 + payload.readableBytes());
    pong.writeByte(0x8A).writeByte(payload.readableBytes());
    pong.writeBytes(payload, payload.readerIndex(), payload.readableBytes());
    return pong;
  }
}
