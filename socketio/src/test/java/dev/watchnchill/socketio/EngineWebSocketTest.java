package dev.watchnchill.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.socketio.engine.CloseReason;
import dev.watchnchill.socketio.support.EngineIoRequests;
import dev.watchnchill.socketio.support.RawHttp;
import dev.watchnchill.socketio.support.RawWebSocket;
import dev.watchnchill.socketio.support.SocketIoTestServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Packets over websocket, and violations of the websocket protocol. */
class EngineWebSocketTest {
  private static final int FINAL = 0x80;

  private SocketIoTestServer server;
  private RawWebSocket socket;

  @BeforeEach
  void start() throws IOException {
    server = SocketIoTestServer.start(config -> config.maxPayloadBytes(10_000));
    socket = RawWebSocket.connect(server.port());
  }

  @AfterEach
  void stop() throws IOException {
    socket.close();
    server.awaitSessions(0);
    server.close();
  }

  private long closes(CloseReason reason) {
    return server.metrics().closes().getOrDefault(reason, 0L);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void EIO7_text_message_is_echoed() throws IOException {
    socket.sendText("42[\"echo\",\"hello\"]");
    assertThat(socket.readText()).isEqualTo("42[\"echoed\",\"hello\"]");
  }

  @Test
  void EIO7_binary_message_is_sent_as_a_binary_frame() throws IOException {
    socket.sendText("451-[\"echo\",{\"_placeholder\":true,\"num\":0}]");
    socket.sendBinary(new byte[] {1, 2, 3, 4});
    assertThat(socket.readText()).isEqualTo("451-[\"echoed\",{\"_placeholder\":true,\"num\":0}]");
    assertThat(socket.readBinary()).containsExactly(1, 2, 3, 4);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 110, 111, 112, 113, 200, 9_000})
  void EIO7_messages_of_every_length_class_are_echoed(int length) throws IOException {
    String text = "x".repeat(length);
    socket.sendText("42[\"echo\",\"" + text + "\"]");
    assertThat(socket.readText()).isEqualTo("42[\"echoed\",\"" + text + "\"]");
  }

  @Test
  void EIO7_message_length_over_16_bits_is_encoded_correctly() throws IOException {
    server.main().on("big", (client, args, ack) -> client.emit("big", "y".repeat(70_000)));
    socket.sendText("42[\"big\"]");
    assertThat(socket.readText()).hasSize(70_000 + "42[\"big\",\"\"]".length());
  }

  @Test
  void EIO7_fragments_are_joined_around_a_ping() throws IOException {
    socket.send(RawWebSocket.TEXT, utf8("42[\"ec"));
    socket.send(FINAL | RawWebSocket.PING, utf8("hi"));
    socket.send(RawWebSocket.CONTINUATION, utf8("ho\","));
    socket.send(FINAL | RawWebSocket.CONTINUATION, utf8("7]"));
    RawWebSocket.Frame pong = socket.read();
    assertThat(pong.opcode()).isEqualTo(RawWebSocket.PONG);
    assertThat(pong.text()).isEqualTo("hi");
    assertThat(socket.readText()).isEqualTo("42[\"echoed\",7]");
  }

  @Test
  void EIO7_character_split_by_fragments_is_valid() throws IOException {
    byte[] whole = utf8("42[\"echo\",\"é\"]");
    int cut = utf8("42[\"echo\",\"").length + 1;
    socket.send(RawWebSocket.TEXT, java.util.Arrays.copyOf(whole, cut));
    socket.send(
        FINAL | RawWebSocket.CONTINUATION, java.util.Arrays.copyOfRange(whole, cut, whole.length));
    assertThat(socket.readText()).isEqualTo("42[\"echoed\",\"é\"]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"abc", "", "8", "4", "4abc", "49"})
  void EIO5_message_that_is_not_a_packet_closes_the_session(String message) throws IOException {
    socket.sendText(message);
    assertThat(socket.readClose()).isEqualTo(1000);
    server.awaitSessions(0);
    assertThat(closes(CloseReason.PARSE_ERROR)).isEqualTo(1);
  }

  @Test
  void EIO8_invalid_utf8_closes_with_1007() throws IOException {
    socket.send(FINAL | RawWebSocket.TEXT, new byte[] {'4', '2', (byte) 0xC3, 0x28});
    assertThat(socket.readClose()).isEqualTo(1007);
  }

  @Test
  void EIO6_frame_over_the_limit_closes_with_1009() throws IOException {
    socket.sendText("4" + "x".repeat(10_000));
    assertThat(socket.readClose()).isEqualTo(1009);
  }

  @Test
  void EIO6_fragments_over_the_limit_together_close_with_1009() throws IOException {
    socket.send(RawWebSocket.TEXT, utf8("4" + "x".repeat(6_000)));
    socket.send(FINAL | RawWebSocket.CONTINUATION, utf8("x".repeat(6_000)));
    assertThat(socket.readClose()).isEqualTo(1009);
  }

  @Test
  void EIO8_unmasked_frame_closes_with_1002() throws IOException {
    socket.http().send(new byte[] {(byte) 0x81, 1, '3'});
    assertThat(socket.readClose()).isEqualTo(1002);
    server.awaitSessions(0);
    assertThat(closes(CloseReason.TRANSPORT_ERROR)).isEqualTo(1);
  }

  @Test
  void EIO8_reserved_bits_and_opcodes_close_with_1002() throws IOException {
    for (int firstByte : new int[] {0xC1, 0xA1, 0x91, 0x83, 0x8B}) {
      try (RawWebSocket other = RawWebSocket.connect(server.port())) {
        other.send(firstByte, utf8("3"));
        assertThat(other.readClose()).as(Integer.toHexString(firstByte)).isEqualTo(1002);
      }
    }
  }

  @Test
  void EIO8_unexpected_continuation_closes_with_1002() throws IOException {
    socket.send(FINAL | RawWebSocket.CONTINUATION, utf8("4"));
    assertThat(socket.readClose()).isEqualTo(1002);
  }

  @Test
  void EIO8_new_message_inside_a_fragmented_one_closes_with_1002() throws IOException {
    socket.send(RawWebSocket.TEXT, utf8("42["));
    socket.send(FINAL | RawWebSocket.TEXT, utf8("3"));
    assertThat(socket.readClose()).isEqualTo(1002);
  }

  @Test
  void EIO12_close_packet_ends_the_session() throws IOException {
    socket.sendText("1");
    assertThat(socket.readClose()).isEqualTo(1000);
    server.awaitSessions(0);
    assertThat(closes(CloseReason.TRANSPORT_CLOSE)).isEqualTo(1);
  }

  @Test
  void EIO12_close_frame_is_answered_and_ends_the_session() throws IOException {
    socket.send(FINAL | RawWebSocket.CLOSE, new byte[] {3, (byte) 0xE8});
    assertThat(socket.readClose()).isEqualTo(1000);
    server.awaitSessions(0);
    assertThat(closes(CloseReason.TRANSPORT_CLOSE)).isEqualTo(1);
  }

  @Test
  void EIO12_reset_connection_ends_the_session() throws IOException {
    socket.http().socket().setSoLinger(true, 0);
    socket.close();
    server.awaitSessions(0);
    assertThat(closes(CloseReason.TRANSPORT_CLOSE) + closes(CloseReason.TRANSPORT_ERROR))
        .isEqualTo(1);
  }

  @Test
  void EIO12_half_closed_connection_ends_the_session() throws IOException {
    socket.http().socket().shutdownOutput();
    server.awaitSessions(0);
    assertThat(closes(CloseReason.TRANSPORT_CLOSE)).isEqualTo(1);
  }

  @Test
  void EIO2_polling_request_to_a_websocket_session_is_rejected() throws IOException {
    try (RawWebSocket other = RawWebSocket.open(server.port(), EngineIoRequests.WEBSOCKET)) {
      String sid = EngineIoRequests.json(other.readText(), 1).get("sid").stringValue();
      RawHttp.Response response = EngineIoRequests.poll(server.port(), sid);
      assertThat(response.status()).isEqualTo(400);
      assertThat(response.body()).isEqualTo("{\"code\":3,\"message\":\"Bad request\"}");
      other.sendText("40");
      assertThat(other.readText()).startsWith("40{");
    }
  }
}
