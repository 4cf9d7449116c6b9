package dev.watchnchill.socketio.engine;

import static dev.watchnchill.socketio.support.Growth.assertLinear;

import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Bodies of long-polling of the worst kinds, up to a million characters. */
class PayloadsGrowthTest {
  @Test
  void RL22_bodies_are_split_in_linear_time() {
    for (String part : List.of("\u001e", "42\u001e", "x", "\u00e4", "\ud83c\udf7f", "b", "4")) {
      assertLinear(
          part,
          n -> Unpooled.copiedBuffer(part.repeat(n / part.length()), StandardCharsets.UTF_8),
          Payloads::split);
    }
    assertLinear(
        "not UTF-8",
        n -> Unpooled.wrappedBuffer(new byte[n]).setByte(n - 1, 0xC3),
        Payloads::split);
  }

  @Test
  void RL22_binary_packets_are_read_in_linear_time() {
    for (String part : List.of("AQID", "AQID\r\n", "\n", "=", "A===", "*")) {
      assertLinear(part, n -> "b" + part.repeat(n / part.length()), Payloads::binary);
    }
  }
}
