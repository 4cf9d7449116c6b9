package dev.watchnchill.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.socketio.support.RawWebSocket;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BinaryNode;

/** Packets with binary attachments. */
class AttachmentProtocolTest extends SocketIoProtocolFixture {
  @Test
  void SIO7_attachments_fill_nested_placeholders() throws Exception {
    Socket accepted = connect();
    var got = new LinkedBlockingQueue<EventArgs>();
    accepted.on("bin", (args, ack) -> got.add(args));
    socket.sendText(
        "452-[\"bin\",{\"a\":[{\"_placeholder\":true,\"num\":1}],\"b\":{\"_placeholder\":true,\"num\":0}}]");
    socket.sendBinary(new byte[] {1});
    socket.sendBinary(new byte[] {2, 3});
    JsonNode value = got.take().get(0);
    assertThat(value.get("a").get(0)).isInstanceOf(BinaryNode.class);
    assertThat(value.get("a").get(0).binaryValue()).containsExactly(2, 3);
    assertThat(value.get("b").binaryValue()).containsExactly(1);
  }

  @Test
  void SIO7_nested_binary_values_are_sent_as_attachments() throws Exception {
    Socket accepted = connect();
    ByteBuffer direct = ByteBuffer.allocateDirect(2).put((byte) 5).put((byte) 6).flip();
    accepted.emit(
        "bin",
        new byte[] {1},
        ByteBuffer.wrap(new byte[] {0, 2, 0}, 1, 1),
        Map.of("deep", List.of(BinaryNode.valueOf(new byte[] {3, 4}))),
        direct);
    assertThat(socket.readText())
        .isEqualTo(
            "454-[\"bin\",{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":1},"
                + "{\"deep\":[{\"_placeholder\":true,\"num\":2}]},{\"_placeholder\":true,\"num\":3}]");
    assertThat(socket.readBinary()).containsExactly(1);
    assertThat(socket.readBinary()).containsExactly(2);
    assertThat(socket.readBinary()).containsExactly(3, 4);
    assertThat(socket.readBinary()).containsExactly(5, 6);
  }

  @Test
  void SIO7_acknowledgement_with_binary_is_a_binary_ack() throws Exception {
    connect();
    socket.sendText("451-7[\"ask\",{\"_placeholder\":true,\"num\":0}]");
    socket.sendBinary(new byte[] {8});
    assertThat(socket.readText()).isEqualTo("461-7[{\"_placeholder\":true,\"num\":0}]");
    assertThat(socket.readBinary()).containsExactly(8);
  }

  @Test
  void SIO7_attachment_without_a_packet_closes_the_session() throws Exception {
    connect();
    socket.sendBinary(new byte[] {1});
    assertThat(socket.readClose()).isEqualTo(1000);
  }

  @Test
  void SIO7_text_in_place_of_an_attachment_closes_the_session() throws Exception {
    connect();
    socket.sendText("451-[\"echo\",{\"_placeholder\":true,\"num\":0}]");
    assertClosedAfter("42[\"echo\"]");
  }

  @Test
  void SIO7_invalid_placeholder_closes_the_session() throws Exception {
    for (String num : List.of("1", "-1", "0.5", "\"0\"", "null", "99999999999")) {
      try (RawWebSocket other = RawWebSocket.connect(server.port())) {
        other.sendText("451-[\"echo\",{\"_placeholder\":true,\"num\":" + num + "}]");
        other.sendBinary(new byte[] {1});
        assertThat(other.readClose()).as(num).isEqualTo(1000);
      }
    }
  }
}
