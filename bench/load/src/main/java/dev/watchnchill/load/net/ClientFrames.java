package dev.watchnchill.load.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;

/** Encodes a client's frames, with a mask of zeros, which costs nothing. */
final class ClientFrames {
  private static final int FINAL_TEXT = 0x81;
  private static final int FINAL_PONG = 0x8a;
  private static final int MASKED = 0x80;
  private static final int ONE_BYTE_MAX = 125;
  private static final int TWO_BYTES = 126;
  private static final int TWO_BYTES_MAX = 65_535;

  private ClientFrames() {}

  static ByteBuf text(ByteBufAllocator memory, CharSequence text) {
    int length = ByteBufUtil.utf8Bytes(text);
    ByteBuf frame = header(memory, FINAL_TEXT, length);
    ByteBufUtil.writeUtf8(frame, text);
    return frame;
  }

  static ByteBuf pong(ByteBufAllocator memory, byte[] payload) {
    return header(memory, FINAL_PONG, payload.length).writeBytes(payload);
  }

  private static ByteBuf header(ByteBufAllocator memory, int first, int length) {
    if (length > TWO_BYTES_MAX) {
      throw new IllegalArgumentException("a message of " + length + " bytes");
    }
    ByteBuf frame = memory.directBuffer(length + 8).writeByte(first);
    if (length <= ONE_BYTE_MAX) {
      frame.writeByte(MASKED | length);
    } else {
      frame.writeByte(MASKED | TWO_BYTES).writeShort(length);
    }
    return frame.writeInt(0);
  }
}
