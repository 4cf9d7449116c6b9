package dev.watchnchill.socketio.engine;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The payload format of long-polling: packets joined by the record separator. */
final class PollingPayload {
  /** ASCII record separator, U+001E. */
  static final char SEPARATOR = '\u001e';

  /**
   * Most packets of one payload, so that a payload of separators does not become a list of a
   * million strings.
   */
  private static final int PACKETS_MAX = 100_000;

  private PollingPayload() {}

  /**
   * Returns the packets of a payload, or null when it is not valid UTF-8 or has too many packets.
   */
  static @Nullable List<String> split(ByteBuf body) {
    if (!ByteBufUtil.isText(body, StandardCharsets.UTF_8)) {
      return null;
    }
    String text = body.toString(StandardCharsets.UTF_8);
    List<String> packets = new ArrayList<>();
    int from = 0;
    int end = text.indexOf(SEPARATOR);
    while (end >= 0) {
      packets.add(text.substring(from, end));
      if (packets.size() >= PACKETS_MAX) {
        return null;
      }
      from = end + 1;
      end = text.indexOf(SEPARATOR, from);
    }
    packets.add(text.substring(from));
    return packets;
  }

  /**
   * Returns the bytes of a binary packet ({@code b} and base64), or null when it is not base64.
   * Line breaks are ignored, because the official Java client inserts them.
   */
  static byte @Nullable [] binary(String packet) {
    String base64 = packet.substring(1);
    if (base64.indexOf('\n') >= 0) {
      base64 = base64.replace("\r", "").replace("\n", "");
    }
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
