package dev.watchnchill.socketio.engine;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/**
 * One outgoing Engine.IO packet with the binary packets that follow it, encoded once for any number
 * of recipients.
 *
 * <p>It is kept as finished websocket frames, which a server sends unmasked and so alike to all;
 * what polling needs is a part of the same bytes. Reference-counted: the buffer's count is the
 * frame's.
 */
public final class Frame {
  private static final int TEXT_FINAL = 0x81;
  private static final int BINARY_FINAL = 0x82;

  /** The engine's own packets, shared by all sessions of all servers for ever. */
  static final Frame PING = constant("2");

  static final Frame PONG_PROBE = constant("3probe");

  private final ByteBuf wire;
  private final int textOffset;
  private final int textLength;
  private final List<byte[]> attachments;

  private Frame(ByteBuf wire, int textOffset, int textLength, List<byte[]> attachments) {
    this.wire = wire;
    this.textOffset = textOffset;
    this.textLength = textLength;
    this.attachments = attachments;
  }

  /** A text packet (head and body follow each other on the wire) and its attachments. */
  public static Frame message(byte[] head, byte[] body, List<byte[]> attachments) {
    int textLength = head.length + body.length;
    int size = headerLength(textLength) + textLength;
    for (byte[] attachment : attachments) {
      size += headerLength(attachment.length) + attachment.length;
    }
    ByteBuf wire = ByteBufAllocator.DEFAULT.directBuffer(size, size);
    writeHeader(wire, TEXT_FINAL, textLength);
    int textOffset = wire.writerIndex();
    wire.writeBytes(head).writeBytes(body);
    for (byte[] attachment : attachments) {
      writeHeader(wire, BINARY_FINAL, attachment.length);
      wire.writeBytes(attachment);
    }
    return new Frame(wire, textOffset, textLength, attachments);
  }

  /** A text packet. */
  public static Frame text(String packet) {
    return message(packet.getBytes(StandardCharsets.UTF_8), new byte[0], List.of());
  }

  /** A binary packet on its own. */
  public static Frame binary(byte[] data) {
    ByteBuf wire = ByteBufAllocator.DEFAULT.directBuffer(headerLength(data.length) + data.length);
    writeHeader(wire, BINARY_FINAL, data.length);
    wire.writeBytes(data);
    return new Frame(wire, 0, 0, List.of(data));
  }

  private static Frame constant(String packet) {
    byte[] text = packet.getBytes(StandardCharsets.UTF_8);
    ByteBuf wire = Unpooled.directBuffer(2 + text.length);
    writeHeader(wire, TEXT_FINAL, text.length);
    wire.writeBytes(text);
    return new Frame(Unpooled.unreleasableBuffer(wire.asReadOnly()), 2, text.length, List.of());
  }

  /** Its size on a websocket, in bytes. */
  public int size() {
    return wire.readableBytes();
  }

  /** Adds a reference. */
  public void retain() {
    wire.retain();
  }

  /** Gives a reference back. */
  public void release() {
    wire.release();
  }

  /** The websocket frames, with a reference of their own. */
  ByteBuf websocketBytes() {
    return wire.retainedDuplicate();
  }

  /** Hands the websocket frames to the kernel; gives how many of the bytes it has taken. */
  int sendTo(Socket socket) throws IOException {
    return wire.hasMemoryAddress()
        ? socket.sendAddress(wire.memoryAddress(), wire.readerIndex(), wire.writerIndex())
        : 0;
  }

  /** Appends the packet in the polling format, binary as base64 and packets separated. */
  void appendTo(ByteBuf payload) {
    if (textLength > 0) {
      payload.writeBytes(wire, wire.readerIndex() + textOffset, textLength);
    }
    for (int i = 0; i < attachments.size(); i++) {
      if (i > 0 || textLength > 0) {
        payload.writeByte(Payloads.SEPARATOR);
      }
      payload.writeByte('b').writeBytes(Base64.getEncoder().encode(attachments.get(i)));
    }
  }

  /** The text packet, for tests and for the handshake answer. */
  String textPacket() {
    return wire.toString(wire.readerIndex() + textOffset, textLength, StandardCharsets.UTF_8);
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

  /** A websocket close frame. */
  static ByteBuf closeFrame(int status) {
    return Unpooled.buffer(4).writeByte(0x88).writeByte(2).writeShort(status);
  }

  /** A websocket pong that echoes this payload of at most 125 bytes. */
  static ByteBuf pongFrame(ByteBuf payload) {
    ByteBuf pong = Unpooled.buffer(2 + payload.readableBytes());
    pong.writeByte(0x8A).writeByte(payload.readableBytes());
    pong.writeBytes(payload, payload.readerIndex(), payload.readableBytes());
    return pong;
  }
}
