package dev.watchnchill.socketio.engine;

import static dev.watchnchill.socketio.support.ParserCost.assertLinear;

import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Growth of the cost of reading long-polling payloads that are hard to parse. */
class PollingPayloadGrowthTest {
  @Test
  void RL22_bodies_are_split_in_linear_time() {
    for (String part : List.of("\u001e", "42\u001e", "x", "\u00e4", "\ud83c\udf7f", "b", "4")) {
      assertLinear(
          part,
          n -> Unpooled.copiedBuffer(part.repeat(n / part.length()), StandardCharsets.UTF_8),
          PollingPayload::split);
    }
    assertLinear(
        "not UTF-8",
        n -> Unpooled.wrappedBuffer(new byte[n]).setByte(n - 1, 0xC3),
        PollingPayload::split);
  }

  @Test
  void RL22_binary_packets_are_read_in_linear_time() {
    for (String part : List.of("AQID", "AQID\r\n", "\n", "=", "A===", "*")) {
      assertLinear(part, n -> "b" + part.repeat(n / part.length()), PollingPayload::binary);
    }
  }
}
