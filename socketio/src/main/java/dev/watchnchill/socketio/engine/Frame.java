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
 * One outgoing Engine.IO packet with the binary packets that follow it, or several such packets
 * that go together; encoded once for any number of recipients.
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
  private final List<Packet> packets;

  /** Where in the bytes a packet's text is, and the binary packets that follow it. */
  private record Packet(int textOffset, int textLength, List<byte[]> attachments) {
    Packet behind(int bytes) {
      return new Packet(bytes + textOffset, textLength, attachments);
    }
  }

  private Frame(ByteBuf wire, Packet packet) {
    this(wire, List.of(packet));
  }

  private Frame(ByteBuf wire, List<Packet> packets) {
    this.wire = wire;
    this.packets = packets;
  }

  /** The packets of these frames, in that order, as one. They keep their references. */
  public static Frame together(List<Frame> frames) {
    int size = 0;
    for (Frame frame : frames) {
      size += frame.size();
    }
    ByteBuf wire = ByteBufAllocator.DEFAULT.directBuffer(size, size);
    var packets = new ArrayList<Packet>(frames.size());
    for (Frame frame : frames) {
      for (Packet packet : frame.packets) {
        packets.add(packet.behind(wire.writerIndex()));
      }
      wire.writeBytes(frame.wire, frame.wire.readerIndex(), frame.size());
    }
    return new Frame(wire, List.copyOf(packets));
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
    return new Frame(wire, new Packet(textOffset, textLength, attachments));
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
    return new Frame(wire, new Packet(0, 0, List.of(data)));
  }

  private static Frame constant(String packet) {
    byte[] text = packet.getBytes(StandardCharsets.UTF_8);
    ByteBuf wire = Unpooled.directBuffer(2 + text.length);
    writeHeader(wire, TEXT_FINAL, text.length);
    wire.writeBytes(text);
    return new Frame(
        Unpooled.unreleasableBuffer(wire.asReadOnly()), new Packet(2, text.length, List.of()));
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

  /** How many packets it is, binary ones not counted. */
  int packets() {
    return packets.size();
  }

  /** Appends the packets in the polling format, binary as base64 and all separated. */
  void appendTo(ByteBuf payload) {
    boolean first = true;
    for (Packet packet : packets) {
      if (packet.textLength() > 0) {
        separate(payload, first);
        payload.writeBytes(wire, wire.readerIndex() + packet.textOffset(), packet.textLength());
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
      payload.writeByte(Payloads.SEPARATOR);
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
