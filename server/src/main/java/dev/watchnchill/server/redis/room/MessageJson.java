package dev.watchnchill.server.redis.room;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes JSON out of values that are encoded already. */
final class MessageJson {
  private MessageJson() {}

  /** Writes text as it is. */
  static void text(ByteArrayOutputStream out, String text) {
    out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Writes a field.
   *
   * @param begin all that comes before the value
   */
  static void field(ByteArrayOutputStream out, String begin, byte[] json) {
    text(out, begin);
    out.writeBytes(json);
  }

  /** Writes a list of texts that need no escapes. */
  static void names(ByteArrayOutputStream out, List<String> names) {
    array(out, names.stream().map(name -> bytes('"' + name + '"')).toList());
  }

  /** Writes a list. */
  static void array(ByteArrayOutputStream out, List<byte[]> elements) {
    String before = "[";
    for (byte[] element : elements) {
      field(out, before, element);
      before = ",";
    }
    text(out, elements.isEmpty() ? "[]" : "]");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
